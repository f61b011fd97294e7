package org.sallyport.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.contract.Parameter;

class TranscriptTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER ROLE bob PASSWORD 'sesame'",
                "alter role bob with encrypted password  'sesame' valid until 'x'",
                "ALTER ROLE bob PASSWORD/* a /* nested */ comment */'sesame'",
                "ALTER ROLE bob PASSWORD -- it's\n 'sesame'",
                "ALTER ROLE bob PASSWORD E'\\'sesame'",
                "ALTER ROLE bob PASSWORD 'it''s sesame'",
                "ALTER ROLE bob PASSWORD U&'sesame'",
                "ALTER ROLE bob PASSWORD $$sesame$$",
                "ALTER ROLE bob PASSWORD $a$ses$$ame sesame$a$",
                "ALTER ROLE bob PASSWORD 'sesame",
                "CREATE USER MAPPING FOR bob SERVER s OPTIONS (user 'bob', password 'sesame')",
                "CREATE USER MAPPING FOR bob SERVER s OPTIONS (user 'bob', \"password\" 'sesame')",
                "CREATE SUBSCRIPTION s CONNECTION 'host=h password=sesame dbname=d' PUBLICATION p",
                "SELECT dblink('postgresql://bob:sesame@host/db', 'x')",
            })
    void hidesPasswords(String sql) {
        assertThat(Transcript.of(sql)).doesNotContain("sesame").contains("***");
    }

    @Test
    void keepsTheRestAsItIs() {
        String sql = "SELECT password, 'x' FROM \"accounts\" -- $1\n";

        assertThat(Transcript.of(sql)).isEqualTo(sql);
        assertThat(Transcript.of("ALTER ROLE a PASSWORD 'x'; ALTER ROLE b PASSWORD 'y' LOGIN"))
                .isEqualTo("ALTER ROLE a PASSWORD '***'; ALTER ROLE b PASSWORD '***' LOGIN");
    }

    @Test
    void readsHostileTextsOnce() {
        int times = 200_000;
        for (String piece : List.of("password ", "password/*", "password'", "password=", "://a:", "''", "password$a")) {
            assertThat(Transcript.of(piece.repeat(times)).length()).isPositive();
        }
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
