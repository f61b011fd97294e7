package org.sallyport.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralsTest {
    private static final long SEED = new Random().nextLong(1L << 40);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                SELECT 'a', 1 FROM t WHERE b = $1         | SELECT '?', ? FROM t WHERE b = $1
                SELECT E'it\\'s', U&'d\\0061', B'01', N'x' | SELECT '?', '?', '?', N'?'
                SELECT $q$ 'in' $q$, $$x$$                | SELECT '?', '?'
                SELECT 1.5e3, 0x1F, 1_000 AS "1"          | SELECT ?, ?, ? AS "1"
                SELECT 'a''b', "quoted 'name'"            | SELECT '?', "quoted 'name'"
                SELECT /* 'a' */ 1 -- 123-45-6789         | SELECT /* … */ ? /* … */
                /* sallyport: unmask pii.ssn */ SELECT 1  | /* sallyport: unmask pii.ssn */ /* … */ SELECT ?
                SELECT 'never closed                      | [unreadable, with values that may carry a label: 20 characters]
                """)
    void hidesEveryValue(String sql, String hidden) {
        assertThat(Literals.hidden(sql, value -> "?").strip().replaceAll("\\s+", " "))
                .isEqualTo(hidden);
    }

    @Test
    void theSameValueLooksTheSameHoweverItIsWritten() {
        List<String> values = new ArrayList<>();
        String unused = Literals.hidden("'it''s' E'it\\'s' $$it's$$ U&'it''\\0073'", value -> {
            values.add(value);
            return "";
        });
        assertThat(values).containsExactly("it's", "it's", "it's", "it's");
    }

    /** Whatever is around it, what is in quotes is gone, and all else is as it was. */
    @Test
    void nothingOfAValueIsLeft() {
        Random random = new Random(SEED);
        int readable = 0;
        List<String> pieces = List.of(
                "'x S x'",
                "E'S\\n'",
                "$$S$$",
                "$a$S$a$",
                "U&'S'",
                "B'0'",
                "-- S\n",
                "/* S /* S */ */",
                "12345",
                "1.5",
                "name",
                "\"a name\"",
                "=",
                "(",
                ")",
                ",",
                "$1",
                "::text",
                " ",
                "\n",
                ";");
        for (int round = 0; round < 3000; round++) {
            StringBuilder sql = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                sql.append(pieces.get(random.nextInt(pieces.size()))).append(random.nextBoolean() ? " " : "\n");
            }
            String hidden = Literals.hidden(sql.toString(), value -> "[hidden]");
            assertThat(hidden)
                    .as("seed %d: %s", SEED, sql)
                    .doesNotContain("S")
                    .doesNotContain("2345")
                    .doesNotContain("1.5");
            if (!hidden.startsWith("[unreadable")) {
                assertThat(words(hidden)).as("seed %d: %s", SEED, sql).isEqualTo(words(sql.toString()));
                readable++;
            }
        }
        assertThat(readable).isGreaterThan(2000);
    }

    private static List<String> words(String sql) {
        return Lexer.tokens(sql.replace("[hidden]", "0")).stream()
                .filter(token ->
                        token.isName() || token.kind() == Token.Kind.SYMBOL || token.kind() == Token.Kind.PARAMETER)
                .map(Token::text)
                .toList();
    }
}
