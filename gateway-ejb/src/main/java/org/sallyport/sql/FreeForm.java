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
            if (token.kind() == Token.Kind.OPERATOR && !OPERATORS.contains(token.text())) {
                throw new UnreadableSql("definition with an operator that is not built in");
            }
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
