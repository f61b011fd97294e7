package org.sallyport.sql;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stays of a text when its values are taken out of it: texts with equal fingerprints are decided alike.
 *
 * <p>Only a literal that is free to vary is taken out, in a query: the right operand of a plain comparison, a cell of VALUES,
 * a member of an IN list. Its kind stays, and of a number the size that decides its type. Everywhere else a value may mean something:
 * {@code ORDER BY 1}, a LIMIT, an argument, a typed literal, a setting.
 *
 * <p>Where rows are changed, whether two values are the same may decide whether a condition chooses among them, as in
 * {@code WHERE (a = 1) = (a = 2)}. There only what is given to or compared with a column, and is part of nothing greater, is free.
 */
public final class Fingerprint {
    private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", ">", "<=", ">=");

    /** Words behind an operand: no operator, cast or subscript goes on with it. */
    private static final Set<String> BEHIND = Set.of(
            ("and or from where group having order limit offset fetch for returning then else end union intersect except when"
                            + " join left inner")
                    .split(" "));

    private static final Set<String> SUMS = Set.of("+", "-");

    private static final Set<String> DEPENDING = Set.of("set_config", "current_setting", "update", "delete", "merge");

    /** Before a column with which an assignment or a condition begins. */
    private static final Set<String> BEFORE_COLUMN = Set.of("set", "where", "and", "or");

    private final List<Token> tokens;
    private final boolean changes;
    private final BitSet free = new BitSet();

    private Fingerprint(List<Token> tokens) {
        this.tokens = tokens;
        this.changes = changes();
    }

    /** Empty where the text cannot be split into statements. */
    public static Optional<String> of(String sql) {
        try {
            StringBuilder text = new StringBuilder(sql.length() + 64);
            for (List<Token> statement : Splitter.split(Lexer.tokens(sql))) {
                Fingerprint fingerprint = new Fingerprint(statement);
                if (Outline.QUERIES.contains(StatementKinds.of(statement).get(0)) && !fingerprint.dependsOnValues()) {
                    fingerprint.findFree();
                }
                fingerprint.putTo(text);
            }
            return Optional.of(text.toString());
        } catch (UnreadableSql e) {
            return Optional.empty();
        }
    }

    /** Which setting is set or shown decides, and its name may stand anywhere; a change inside another query is not looked at. */
    private boolean dependsOnValues() {
        for (int i = isChange(0) ? 1 : 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean depending = token.isName() && DEPENDING.contains(token.text()) && !isOnlyNamedUpdate(i);
            if (depending || (changes && token.isWord("case"))) {
                return true;
            }
        }
        return false;
    }

    private boolean changes() {
        boolean updates = false;
        for (int i = 1; i < tokens.size(); i++) {
            updates |= isBehind(i, "do", "update");
        }
        return updates || isChange(0);
    }

    private boolean isChange(int at) {
        return tokens.get(at).isWord("update") || tokens.get(at).isWord("delete");
    }

    /** FOR UPDATE, FOR NO KEY UPDATE and DO UPDATE: but for the reserved words anything may stand before an UPDATE (SEARCH … SET key UPDATE …). */
    private boolean isOnlyNamedUpdate(int at) {
        return isBehind(at, "for", "update")
                || isBehind(at, "do", "update")
                || isBehind(at, "for", "no", "key", "update");
    }

    /** Whether these words stand there, the last of them at this place. */
    private boolean isBehind(int at, String... words) {
        int first = at - words.length + 1;
        boolean found = first >= 0;
        for (int i = 0; found && i < words.length; i++) {
            found = tokens.get(first + i).isWord(words[i]);
        }
        return found;
    }

    private void findFree() {
        Cells cells = new Cells(tokens, List.of());
        StringBuilder unused = new StringBuilder();
        int depth = 0;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            depth += opens(tokens.get(i)) ? 1 : closes(tokens.get(i)) ? -1 : 0;
            if (changes && depth > 0) {
                continue;
            }
            if (tokens.get(i).isWord("values") && tokens.get(i + 1).isSymbol("(")) {
                rows(i + 1, cells, unused);
            } else if (changes && !isBehindColumn(i)) {
                continue;
            } else if (tokens.get(i).isWord("in") && tokens.get(i + 1).isSymbol("(")) {
                row(i + 2, cells.row(i + 2, unused));
            } else if (isComparison(i)) {
                int operand = changes ? behindSum(i + 1) : i + 1;
                free.set(operand, isLiteral(tokens.get(operand)) && isWhole(operand));
            }
        }
    }

    private static boolean opens(Token token) {
        return token.isSymbol("(") || token.isSymbol("[");
    }

    private static boolean closes(Token token) {
        return token.isSymbol(")") || token.isSymbol("]");
    }

    /** What is added to or taken from a column that stands there; the same place where nothing is. */
    private int behindSum(int at) {
        int operator = at + 1;
        while (operator + 1 < tokens.size() && tokens.get(operator).isSymbol(".")) {
            operator += 2;
        }
        return operator + 1 < tokens.size()
                        && tokens.get(operator - 1).isName()
                        && SUMS.contains(tokens.get(operator).text())
                        && tokens.get(operator).kind() == Token.Kind.OPERATOR
                        && tokens.get(operator + 1).kind() == Token.Kind.NUMBER
                ? operator + 1
                : at;
    }

    /** Whether a column stands before it with which an assignment or a condition begins. */
    private boolean isBehindColumn(int at) {
        int first = at - 1;
        while (first > 1 && tokens.get(first - 1).isSymbol(".")) {
            first -= 2;
        }
        return first > 0
                && tokens.get(first).isName()
                && tokens.get(at - 1).isName()
                && !tokens.get(at - 1).isReserved()
                && (tokens.get(first - 1).isSymbol(",")
                        || (tokens.get(first - 1).kind() == Token.Kind.WORD
                                && BEFORE_COLUMN.contains(tokens.get(first - 1).text())));
    }

    private void rows(int first, Cells cells, StringBuilder unused) {
        int at = first;
        while (at < tokens.size() && tokens.get(at).isSymbol("(")) {
            int end = cells.row(at + 1, unused);
            row(at + 1, end);
            boolean more =
                    end > 0 && end + 1 < tokens.size() && tokens.get(end + 1).isSymbol(",");
            at = more ? end + 2 : tokens.size();
        }
    }

    /** The numbers of a type's length stand behind a parenthesis of their own, and stay. */
    private void row(int from, int end) {
        for (int i = from; i < end; i++) {
            boolean ofType = tokens.get(i - 1).isSymbol("(") && i > from;
            if (isLiteral(tokens.get(i)) && !ofType) {
                free.set(i);
            }
        }
    }

    /** With a name or a parenthesis before it. */
    private boolean isComparison(int i) {
        Token token = tokens.get(i);
        return i > 0
                && token.kind() == Token.Kind.OPERATOR
                && COMPARISONS.contains(token.text())
                && (tokens.get(i - 1).isName() || tokens.get(i - 1).isSymbol(")"));
    }

    private static boolean isLiteral(Token token) {
        return token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.NUMBER;
    }

    /** Whether the literal is the whole operand. */
    private boolean isWhole(int i) {
        if (i + 1 == tokens.size()) {
            return true;
        }
        Token behind = tokens.get(i + 1);
        return behind.isSymbol(")")
                || behind.isSymbol(",")
                || (behind.kind() == Token.Kind.WORD && BEHIND.contains(behind.text()));
    }

    /** A token that stays has its length before it, so that no text can look like two tokens. */
    private void putTo(StringBuilder text) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (free.get(i)) {
                text.append(token.kind() == Token.Kind.STRING ? "?s" : "?" + Numbers.kind(token.text()))
                        .append(' ');
            } else {
                text.append(token.kind().ordinal())
                        .append(token.text().length())
                        .append(':')
                        .append(token.text());
            }
        }
        text.append(';');
    }
}
