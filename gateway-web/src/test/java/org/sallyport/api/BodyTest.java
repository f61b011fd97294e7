package org.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
    private static final UUID ID = UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f");

    @Test
    void readsWhatIsThere() throws IOException {
        Body body = read("{\"session\":\"" + ID + "\",\"connection\":\"shop\",\"before\":\"2026-11-26T10:00:00Z\"}");

        assertThat(body.id("session")).contains(ID);
        assertThat(body.name("connection")).contains("shop");
        assertThat(body.time("before")).contains(Instant.parse("2026-11-26T10:00:00Z"));
        assertThat(read("{}").id("session")).isEmpty();
        assertThat(read("{}").name("connection")).isEmpty();
        assertThat(read("{}").time("before")).isEmpty();
    }

    /** A name that is taken for none would stand for all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"connections\":\"shop\"}",
                "{\"connection\":null}",
                "{\"connection\":[\"shop\"]}",
                "{\"connection\":\"\"}",
                "{\"connection\":\" \"}",
                "{\"connection\":\"a\\u0000\"}",
                "{\"session\":\"\"}",
                "{\"session\":\"all\"}",
                "{\"before\":\"yesterday\"}",
                "{\"before\":1}",
            })
    void refusesWhatItDoesNotUnderstand(String text) {
        assertThatThrownBy(() -> {
                    Body body = read(text);
                    body.id("session");
                    body.name("connection");
                    body.time("before");
                })
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.kind()).isEqualTo(ProblemKind.INVALID));
    }

    private static Body read(String text) throws IOException {
        return Body.read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                Set.of("session", "connection", "before"));
    }
}
