package org.sallyport.sql;

import java.util.List;
import java.util.random.RandomGenerator;

/** Makes texts in which quotes, comments and semicolons stand where a reader might misunderstand them. */
final class HostileText {
    private static final List<String> LITERALS = List.of(
            "'a'",
            "''",
            "'it''s; -- not a comment'",
            "'\\'",
            "'\\\\'",
            "E'\\''",
            "e'\\\\'",
            "E'\\x41\\u0042\\103\\n;'",
            "E'a\\\nb'",
            "'a'\n'b'",
            "'a' -- c\n 'b'",
            "'a'\n--c\n'b'",
            "E'a'\n'\\''",
            "U&'\\0041\\+000042'",
            "u&'!0041;' UESCAPE '!'",
            "U&'a' /* c */ UESCAPE /* ; */ '+'",
            "U&'d\\\\e'",
            "N'n;'",
            "B'01'",
            "b''",
            "X'1fF'",
            "$$a;'b$$",
            "$a$ $$ ; $b$ $a$",
            "$é$;$é$",
            "$_1$';$_1$",
            "1",
            "1.",
            ".5e-3",
            "1e10",
            "0",
            "1.5",
            "1-- c\n",
            "1/* ; */",
            "\"a;b\"",
            "\"a\"\"b\"",
            "\"A -- b\"",
            "U&\"d\\0061t\\+000061\"",
            "U&\"d!0061t\" UESCAPE '!'",
            "a$b",
            "ünï",
            "A",
            "null",
            "($1)");

    /** What PostgreSQL does not take, at least not there. */
    private static final List<String> BROKEN = List.of(
            "'a' 'b'",
            "'a'/* c */'b'",
            "E'\\'",
            "'open",
            "\"open",
            "$open$",
            "/* open",
            "B'2'",
            "U&'\\00g1'",
            "1a",
            "$1a");

    private static final List<String> BETWEEN = List.of(
            " ",
            "\n",
            "\t",
            "\f",
            "\r",
            "\u000b",
            " -- ' ; \n",
            " -- /* \n",
            " --\r",
            " /* ' ; */ ",
            " /* /* ; */ ' */ ",
            " /* -- */ ",
            " /**/ ",
            " /* \n */ ",
            "\u00a0");

    private static final List<String> OPERATORS = List.of(
            ",",
            "+",
            "-",
            "*",
            "=",
            "<>",
            "||",
            "@>",
            "=-",
            "+-",
            "@-",
            "<-",
            "*/",
            "->",
            "->>",
            "#>>",
            "::",
            "..",
            ":=",
            "=>",
            "?",
            "?|",
            "%",
            "^",
            "!=",
            "<=",
            "~*",
            "/ -- ' \n",
            "-/* ; */",
            "@--\n",
            "+/**/");

    private static final List<String> ENDS = List.of(";", " ; ", ";;", ";--;\n", "; /* ; */ ;", ";\n", " ");

    private static final List<String> STATEMENTS = List.of(
            "BEGIN",
            "COMMIT",
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
            "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END",
            "CREATE PROCEDURE p() BEGIN ATOMIC END",
            "CREATE FUNCTION f() RETURNS int RETURN (SELECT 1)",
            "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)",
            "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM t; ; SELECT ';')",
            "DO $$ begin null; end $$",
            "CREATE FUNCTION f() RETURNS int AS $f$ select 1; $f$ LANGUAGE sql",
            "SELECT atomic FROM begin",
            "SELECT begin atomic",
            "SELECT (1;2)",
            "END",
            "");

    private final RandomGenerator random;

    HostileText(RandomGenerator random) {
        this.random = random;
    }

    /** One text of up to four statements, most of which PostgreSQL takes. */
    String next() {
        StringBuilder text = new StringBuilder(blank());
        int statements = 1 + random.nextInt(4);
        for (int i = 0; i < statements; i++) {
            if (i > 0 || random.nextInt(8) == 0) {
                text.append(one(ENDS));
            }
            text.append(random.nextInt(3) == 0 ? one(STATEMENTS) : select()).append(blank());
        }
        return random.nextInt(4) == 0 ? text.append(one(ENDS)).toString() : text.toString();
    }

    private String select() {
        StringBuilder text = new StringBuilder("SELECT").append(one(BETWEEN));
        int literals = 1 + random.nextInt(4);
        for (int i = 0; i < literals; i++) {
            if (i > 0) {
                text.append(blank()).append(one(OPERATORS)).append(blank());
            }
            text.append(one(random.nextInt(40) == 0 ? BROKEN : LITERALS));
        }
        return text.toString();
    }

    private String blank() {
        return random.nextInt(3) == 0 ? one(BETWEEN) : "";
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
