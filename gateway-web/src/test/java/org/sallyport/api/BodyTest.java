package org.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
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
                "{\"before\":\"0001-01-01T00:00:00Z\"}",
                "{\"before\":\"+100000-01-01T00:00:00Z\"}",
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

    @Test
    void readsListsAndNumbers() throws IOException {
        Body body = readSome("{\"unmask\":[\"pii.ssn\",\"pii.card\"],\"seconds\":600}");

        assertThat(body.names("unmask")).containsExactly("pii.ssn", "pii.card");
        assertThat(body.number("seconds")).contains(600L);
        assertThat(readSome("{}").names("unmask")).isEmpty();
        assertThat(readSome("{}").number("seconds")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"unmask\":\"pii.ssn\"}",
                "{\"unmask\":[]}",
                "{\"unmask\":[1]}",
                "{\"unmask\":[\"\"]}",
                "{\"unmask\":[\"a\\nb\"]}",
                "{\"unmask\":[\"a\\u2028b\"]}",
                "{\"unmask\":[\"a\\u200bb\"]}",
                "{\"unmask\":[\"a\\ud800b\"]}",
                "{\"unmask\":null}",
                "{\"seconds\":0}",
                "{\"seconds\":-5}",
                "{\"seconds\":1.5}",
                "{\"seconds\":1e300}",
                "{\"seconds\":99999999999999999999}",
                "{\"seconds\":1e999999999}",
                "{\"seconds\":\"600\"}",
                "{\"minutes\":10}",
                "{\"until\":1}",
            })
    void refusesListsAndNumbersThatAreNone(String text) {
        assertThatThrownBy(() -> {
                    Body body = readSome(text);
                    body.names("unmask");
                    body.number("seconds");
                    body.time("until");
                })
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.kind()).isEqualTo(ProblemKind.INVALID));
    }

    private static Body readSome(String text) throws IOException {
        return Body.readSome(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), List.of("unmask", "seconds", "until"));
    }

    private static Body read(String text) throws IOException {
        return Body.read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                Set.of("session", "connection", "before"));
    }
}
