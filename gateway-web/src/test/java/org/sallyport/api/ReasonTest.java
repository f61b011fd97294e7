package org.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonTest {

    @Test
    void readsAReason() throws IOException {
        assertThat(read("{\"reason\": \"  agreed with Ä \"}").reason()).isEqualTo("agreed with Ä");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\"agreed\"",
                "{}",
                "{\"reason\":\"\"}",
                "{\"reason\":\"  \\n \"}",
                "{\"reason\":\"a\\u0000b\"}",
                "{\"reason\":\"a\\ud800b\"}",
                "{\"reason\":\"a\\udc00\\ud800b\"}",
                "{\"reason\":null}",
                "{\"reason\":1}",
                "{\"reason\":{}}",
                "{\"Reason\":\"x\"}",
                "{\"reason\":\"x\",\"force\":true}",
            })
    void refusesEverythingElse(String body) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.kind()).isEqualTo(ProblemKind.INVALID));
    }

    @Test
    void takesTheLongestReasonAndNoLongerOne() throws IOException {
        assertThat(read("{\"reason\":\"" + "x".repeat(Reason.LONGEST) + "\"}").reason())
                .hasSize(Reason.LONGEST);
        assertThatThrownBy(() -> read("{\"reason\":\"" + "x".repeat(Reason.LONGEST + 1) + "\"}"))
                .isInstanceOf(Refused.class);
    }

    @Test
    void refusesWhatNestsDeeplyAndNumbersThatAreLong() {
        for (String body : List.of(
                "[".repeat(30_000),
                "{\"reason\":" + "[".repeat(30_000) + "]".repeat(2),
                "{\"reason\":" + "{\"a\":".repeat(4_000) + "1",
                "{\"reason\":" + "9".repeat(30_000) + "}")) {
            assertThatThrownBy(() -> read(body))
                    .isInstanceOfSatisfying(
                            Refused.class, refused -> assertThat(refused.kind()).isEqualTo(ProblemKind.INVALID));
        }
    }

    @Test
    void readsNoEndlessBody() {
        assertThatThrownBy(() -> read(" ".repeat(1_000_000)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.kind()).isEqualTo(ProblemKind.TOO_LARGE));
    }

    private static Reason read(String body) throws IOException {
        return Reason.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }
}
