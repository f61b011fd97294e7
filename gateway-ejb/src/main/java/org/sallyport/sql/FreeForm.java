package org.sallyport.sql;

import java.util.List;
import java.util.Set;

/** What must not stand in the parts of a definition that are not read word for word: columns, checks, bounds, options. */
final class FreeForm {

    /** Reach or make what is not named, or run what no text tells. A column of such a name is refused with them. */
    private static final Set<String> FORBIDDEN = Set.of("cascade", "tablespace", "operator", "inherits", "select");

    /** Symbols under which PostgreSQL has operators of its own; behind others there is always somebody's function. */
    static final Set<String> OPERATORS = Set.of(
            ("+ - * / % ^ < > = <= >= <> != ~ ~* !~ !~* ~~ !~~ ~~* !~~* || && @> <@ -> ->> #> #>> ? ?| ?& << >> &"
                            + " &< &> &<| |&> <<| |>> -|- | # @ @@ @? <-> ^@ |/ ||/ ~= ~<~ ~<=~ ~>~ ~>=~ <<= >>=")
                    .split(" "));

    /** An expression follows, or goes on. */
    private static final Set<String> BEFORE_EXPRESSIONS = Set.of(
            "default",
            "check",
            "using",
            "when",
            "then",
            "else",
            "and",
            "or",
            "not",
            "case",
            "between",
            "in",
            "is",
            "like",
            "ilike",
            "from",
            "where",
            "as",
            "any",
            "all",
            "distinct");

    /** As PostgreSQL writes them back, and as people write them. */
    private static final Set<String> BUILT_IN_TYPES = Set.of(
            ("text varchar character char bpchar int int2 int4 int8 integer smallint bigint numeric decimal real double float4"
                            + " float8 float boolean bool date time timetz timestamp timestamptz interval uuid json jsonb bytea"
                            + " inet cidr macaddr tsvector tsquery bit varbit oid name xml money")
                    .split(" "));

    private FreeForm() {}

    static void check(List<Token> tokens) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean allowed = isOfRows(tokens, i) || (depth == 0 && isInheritance(tokens, i));
            if (token.kind() == Token.Kind.WORD && FORBIDDEN.contains(token.text()) && !allowed) {
                throw new UnreadableSql("definition with " + token.text());
            }
            checkName(tokens, i);
            checkCast(tokens, i);
            if (token.kind() == Token.Kind.OPERATOR && !OPERATORS.contains(token.text())) {
                throw new UnreadableSql("definition with an operator that is not built in");
            }
        }
    }

    /** {@code t.f} and {@code (t).f} call {@code f(t)} where there is no such column; a type, a table and a call have a schema. */
    private static void checkName(List<Token> tokens, int point) {
        if (!tokens.get(point).isSymbol(".")) {
            return;
        }
        Token schema = point > 0 ? tokens.get(point - 1) : tokens.get(point);
        boolean called = point + 2 < tokens.size() && tokens.get(point + 2).isSymbol("(");
        boolean named = point == 1
                || isParent(tokens, point - 2)
                || (point > 1
                        && (tokens.get(point - 2).isSymbol("::")
                                || (tokens.get(point - 2).isName() && isBeforeName(tokens.get(point - 2)))));
        if (!schema.isName() || !(called || named)) {
            throw new UnreadableSql("definition with a qualified name in an expression");
        }
    }

    /** In the list behind INHERITS. */
    private static boolean isParent(List<Token> tokens, int before) {
        int i = before;
        while (i > 0 && !tokens.get(i).isSymbol("(")) {
            boolean list = tokens.get(i).isName()
                    || tokens.get(i).isSymbol(".")
                    || tokens.get(i).isSymbol(",");
            if (!list) {
                return false;
            }
            i--;
        }
        return i > 0 && tokens.get(i - 1).isWord("inherits");
    }

    /** A column's name stands before its type. */
    private static boolean isBeforeName(Token token) {
        return token.kind() == Token.Kind.QUOTED || !BEFORE_EXPRESSIONS.contains(token.text());
    }

    /** To a text's type: a value that is given as a text is read by that type itself, another one by somebody's function. */
    private static void checkCast(List<Token> tokens, int i) {
        boolean cast = tokens.get(i).isSymbol("::") && i > 0 && i + 1 < tokens.size();
        boolean ofText = cast && tokens.get(i - 1).kind() == Token.Kind.STRING;
        if (cast && !ofText && !BUILT_IN_TYPES.contains(tokens.get(i + 1).text())) {
            throw new UnreadableSql("definition with a cast that may call a function");
        }
        if (tokens.get(i).isWord("cast")
                && i + 1 < tokens.size()
                && tokens.get(i + 1).isSymbol("(")) {
            throw new UnreadableSql("definition with a cast that may call a function");
        }
    }

    /** ON DELETE CASCADE is about rows; everything else that cascades reaches objects nobody named. */
    private static boolean isOfRows(List<Token> tokens, int i) {
        return i > 1
                && tokens.get(i).isWord("cascade")
                && (tokens.get(i - 1).isWord("delete") || tokens.get(i - 1).isWord("update"))
                && tokens.get(i - 2).isWord("on");
    }

    /** Behind the columns, where {@link TableDefinition} reads it. */
    private static boolean isInheritance(List<Token> tokens, int i) {
        return i > 1 && tokens.get(i).isWord("inherits") && tokens.get(i - 1).isSymbol(")");
    }
}
