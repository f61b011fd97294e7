package org.sallyport.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sallyport.contract.Parameter;

class TranscriptTest {

    @Test
    void hidesPasswords() {
        assertThat(Transcript.of("ALTER ROLE bob PASSWORD 'sesame'")).isEqualTo("ALTER ROLE bob PASSWORD '***'");
    }

    @Test
    void cutsLongTextsAndSaysSo() {
        String kept = Transcript.of("x".repeat(Transcript.LONGEST_TEXT + 1));

        assertThat(kept).hasSizeLessThan(Transcript.LONGEST_TEXT + 40).endsWith("[… 262145 characters]");
    }

    @Test
    void rendersParameters() {
        assertThat(Transcript.of(List.of(text("7"), binary(1, 255), new Parameter(0, false, null), text("a\0b"))))
                .containsExactly("7", "\\x01ff", null, "a\uFFFDb");
    }

    @Test
    void boundsParameters() {
        List<Parameter> many = Collections.nCopies(65_535, text("x".repeat(100_000)));

        assertThat(Transcript.of(many))
                .hasSize(65_535)
                .endsWith("[not kept]")
                .satisfies(kept -> assertThat(
                                kept.stream().mapToInt(String::length).sum())
                        .isLessThan(2 * Transcript.LONGEST_PARAMETERS + 65_535 * 10));
    }

    private static Parameter text(String value) {
        return new Parameter(0, false, value.getBytes(StandardCharsets.UTF_8));
    }

    private static Parameter binary(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return new Parameter(0, true, bytes);
    }
}
