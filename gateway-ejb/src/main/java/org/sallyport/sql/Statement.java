package org.sallyport.sql;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One statement of a script.
 *
 * @param kinds     its kind first, then the kinds of the statements inside it
 * @param tokens    without the semicolon
 * @param query     its text, where PostgreSQL analyses it as a query and so can say what it means
 * @param unbounded whether it may hold an UPDATE or DELETE of all rows
 */
public record Statement(
        List<String> kinds, List<Token> tokens, Optional<QueryText> query, Reading reading, boolean unbounded) {

    public Statement {
        kinds = List.copyOf(kinds);
        tokens = List.copyOf(tokens);
    }

    public String kind() {
        return kinds.get(0);
    }

    /** Whether it is a query itself, and stands in nothing else. */
    public boolean isQuery() {
        return query.filter(inside -> inside.kind().equals(kind())).isPresent();
    }

    /** Whether it is a query itself, or does nothing with one but show its rows, now or later. */
    public boolean showsItsQuery() {
        return isQuery()
                || (reading instanceof Reading.Containing containing
                        && (containing.outer() instanceof Reading.CopyOfQuery
                                || containing.outer() instanceof Reading.Declaration
                                || prepares()
                                || executes()));
    }

    /** Whether it is a PREPARE whose query is known. */
    public boolean prepares() {
        return reading instanceof Reading.Containing containing && containing.outer() instanceof Reading.Preparation;
    }

    /** Whether it is an EXECUTE whose query is known. */
    public boolean executes() {
        return reading instanceof Reading.Containing containing && containing.outer() instanceof Reading.Execution;
    }

    /** Whether the catalog may be another afterwards; an EXECUTE may do anything where it is not known what it runs. */
    public boolean defines() {
        return kinds.stream()
                .filter(kind -> !(executes() && kind.equals("EXECUTE")))
                .anyMatch(StatementKinds::defines);
    }

    /** Whether PostgreSQL has an operator of this name itself; behind another one is always somebody's function. */
    public static boolean isBuiltIn(String operator) {
        return FreeForm.OPERATORS.contains(operator);
    }

    /**
     * The statement in a database that does not keep names in UTF-8: where one is not of ASCII, which it is there nobody but the server
     * can say, and of a query it says so.
     */
    public Statement inAnotherEncoding() {
        boolean path = reading instanceof Reading.Setting;
        boolean plain = tokens.stream()
                .filter(token -> token.isName() || (path && token.kind() == Token.Kind.STRING))
                .allMatch(token -> Characters.isAscii(token.text()));
        return plain
                ? this
                : new Statement(
                        kinds,
                        tokens,
                        query.filter(itself -> itself.kind().equals(kind())),
                        new Reading.Unreadable("name not of ASCII, in a database whose encoding is not UTF8"),
                        unbounded);
    }

    /**
     * The statement with what the server says that it does to rows, in place of what its words look like.
     *
     * @param changes among INSERT, UPDATE, DELETE and MERGE
     */
    public Statement told(Set<String> changes, boolean unboundedly) {
        Set<String> all = new LinkedHashSet<>();
        for (String kind : kinds) {
            if (kind.equals(kind()) || !StatementKinds.changesRows(kind) || changes.contains(kind)) {
                all.add(kind);
            }
        }
        // An EXPLAIN that does not ANALYZE has no other kind: it changes nothing.
        if (!kind().equals("EXPLAIN") || kinds.size() > 1) {
            changes.stream().sorted().forEach(all::add);
        }
        return new Statement(List.copyOf(all), tokens, query, reading, unboundedly);
    }
}
