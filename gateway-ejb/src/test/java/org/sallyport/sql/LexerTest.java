package org.sallyport.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.sql.Token.Kind;

class LexerTest {

    @Test
    void nestsComments() {
        assertThat(texts("select/* a /* b */ ' */1--x\n+2")).containsExactly("select", "1", "+", "2");
    }

    @Test
    void foldsOnlyAsciiAndOnlyUnquotedNames() {
        assertThat(texts("ABC \"ABC\" ÄÖ")).containsExactly("abc", "ABC", "ÄÖ");
    }

    @Test
    void cutsNamesAt63Bytes() {
        assertThat(texts("a" + "b".repeat(80))).containsExactly("a" + "b".repeat(62));
        assertThat(texts("a" + "é".repeat(40))).containsExactly("a" + "é".repeat(31));
    }

    @Test
    void keepsBackslashesOfPlainStrings() {
        assertThat(texts("'a\\' ; 'b'")).containsExactly("a\\", ";", "b");
    }

    @Test
    void decodesEscapeStrings() {
        assertThat(texts("E'a\\'b\\n\\x41\\101\\u0042\\\\' ; x")).containsExactly("a'b\nAAB\\", ";", "x");
    }

    @Test
    void decodesUnicodeNamesAndStrings() {
        assertThat(Lexer.tokens("U&\"\\0073sn\"")).containsExactly(new Token(Kind.QUOTED, "ssn", 0, 11));
        assertThat(texts("U&\"!0073sn\" UESCAPE '!' , u&'\\+000041'")).containsExactly("ssn", ",", "A");
    }

    @Test
    void joinsStringsOverNewlinesOnly() {
        assertThat(texts("'a'\n'b'")).containsExactly("ab");
        assertThat(texts("'a' -- c\n 'b'")).containsExactly("ab");
        assertThat(texts("'a' 'b'")).containsExactly("a", "b");
    }

    @Test
    void readsDollarQuotes() {
        assertThat(texts("$$a'b;$$ $x$ $$ $y$ $x$ a$b$ $1")).containsExactly("a'b;", " $$ $y$ ", "a$b$", "$1");
    }

    @Test
    void splitsOperatorsAsTheServerDoes() {
        assertThat(texts("a=-1")).containsExactly("a", "=", "-", "1");
        assertThat(texts("a@-b")).containsExactly("a", "@-", "b");
        assertThat(texts("a<>/*x*/b+--c")).containsExactly("a", "<>", "b", "+");
        assertThat(texts("a::b:=c=>d 1..2")).containsExactly("a", "::", "b", ":=", "c", "=>", "d", "1", "..", "2");
    }

    @Test
    void readsNumbers() {
        assertThat(texts("1.5 .5 1. 1e10 1_000 0xFF 1.5e-3"))
                .containsExactly("1.5", ".5", "1.", "1e10", "1_000", "0xFF", "1.5e-3");
    }

    @Test
    void takesNationalStringsAsTypedOnes() {
        assertThat(texts("N'x'")).containsExactly("nchar", "x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a",
                "\"a",
                "/* a /* b */",
                "$$a",
                "$x$a$X$",
                "E'a\\'",
                "\"\"",
                "123abc",
                "$1a",
                "$ 1",
                "{",
                "\\",
                "a\0b",
                "B'012'",
                "X'0g'",
                "U&'\\00'",
                "U&'\\d800'",
                "U&\"a\" UESCAPE 'a'",
                "U&\"a\" UESCAPE E'!'",
                "E'\\xff'",
                "'a\0b'"
            })
    void refusesWhatTheServerWouldNotReadOrWeDoNot(String sql) {
        assertThatThrownBy(() -> Lexer.tokens(sql)).isInstanceOf(UnreadableSql.class);
    }

    @Test
    void splitsWhatWasJoinedWhateverThePieces() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            List<String> pieces = random.ints(1 + random.nextInt(5), 0, Integer.MAX_VALUE)
                    .mapToObj(n -> piece(new Random(n)))
                    .toList();
            Script script = SqlReader.read(String.join(";", pieces));

            assertThat(script.unreadable()).as("seed %d: %s", seed, pieces).isEmpty();
            assertThat(script.statements().stream().map(Statement::tokens).map(LexerTest::texts))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(
                            pieces.stream().map(LexerTest::texts).toList());
        }
    }

    private static String piece(Random random) {
        List<String> parts = List.of(
                "select",
                "';'",
                "E'\\';'",
                "\";\"\"\"",
                "$$;'$$",
                "$a$;$$;$a$",
                "/*;/*'*/\"*/",
                "--;'\n+",
                "(",
                ")",
                "a",
                "1.5",
                "$1",
                "<>",
                "N';'",
                "U&'\\003b'",
                "B'01'",
                "x'ab;'".replace(";", ""),
                "a$b$");
        StringBuilder piece = new StringBuilder("select ");
        int open = 0;
        for (int i = 0; i < random.nextInt(12); i++) {
            String part = parts.get(random.nextInt(parts.size()));
            if (part.equals(")") && open == 0) {
                continue;
            }
            open += part.equals("(") ? 1 : part.equals(")") ? -1 : 0;
            piece.append(' ').append(part);
        }
        return piece.append(" )".repeat(open)).append('\n').toString();
    }

    private static List<String> texts(String sql) {
        return texts(Lexer.tokens(sql));
    }

    private static List<String> texts(List<Token> tokens) {
        return tokens.stream().map(Token::text).collect(Collectors.toList());
    }
}
