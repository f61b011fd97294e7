package org.sallyport.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a query string into its statements. Stateless and total: whatever the text, there is an answer. */
public final class SqlReader {

    private SqlReader() {}

    public static Script read(String sql) {
        return read(sql, List.of());
    }

    /** @param types of the parameters, as far as the client gave them: its OIDs, zero where it left one open */
    public static Script read(String sql, List<Integer> types) {
        try {
            List<Statement> statements = new ArrayList<>();
            for (List<Token> tokens : Splitter.split(Lexer.tokens(sql))) {
                statements.add(statement(sql, tokens, types));
            }
            return new Script(statements, Optional.empty());
        } catch (UnreadableSql e) {
            return new Script(List.of(), Optional.of(e.reason()));
        }
    }

    /** What {@link Script#kinds()} would say, at a fraction of the cost; empty where the text cannot even be split. */
    public static Optional<List<String>> kinds(String sql) {
        try {
            List<String> kinds = new ArrayList<>();
            for (List<Token> tokens : Splitter.split(Lexer.tokens(sql))) {
                kinds.addAll(StatementKinds.of(tokens));
            }
            return Optional.of(kinds);
        } catch (UnreadableSql e) {
            return Optional.empty();
        }
    }

    /** The {@link Statement#query()} of each statement that has one. */
    public static List<QueryText> queries(String sql, List<Integer> types) {
        try {
            List<QueryText> queries = new ArrayList<>();
            for (List<Token> tokens : Splitter.split(Lexer.tokens(sql))) {
                Outline outline =
                        Outline.of(StatementKinds.of(tokens).get(0), tokens).withoutRepetition(types);
                QueryText.of(sql, outline, types).ifPresent(queries::add);
            }
            return queries;
        } catch (UnreadableSql e) {
            return List.of();
        }
    }

    private static Statement statement(String sql, List<Token> tokens, List<Integer> types) {
        List<String> kinds = StatementKinds.of(tokens);
        Outline whole = Outline.of(kinds.get(0), tokens);
        Outline outline = whole.withoutRepetition(types);
        Reading reading = reading(outline, whole.isQuery(tokens));
        Optional<QueryText> query = QueryText.of(sql, outline, types);
        return new Statement(kinds, tokens, query, reading, unbounded(kinds, tokens, reading));
    }

    private static boolean unbounded(List<String> kinds, List<Token> tokens, Reading reading) {
        if (!kinds.contains("UPDATE") && !kinds.contains("DELETE")) {
            return false;
        }
        boolean known = reading.query().isPresent() && !reading.query().get().unbounded();
        boolean otherRows = ContainedKinds.updatesByQuery(tokens)
                || (kinds.contains("MERGE") && tokens.stream().anyMatch(token -> token.isWord("source")));
        return !known || otherRows;
    }

    private static Reading reading(Outline outline, boolean plain) {
        if (outline.query().isEmpty()) {
            return outline.outer();
        }
        Reading query = query(outline.queryTokens());
        return plain ? query : new Reading.Containing(outline.outer(), query);
    }

    private static Reading query(List<Token> tokens) {
        try {
            return Queries.read(tokens);
        } catch (UnreadableSql e) {
            return new Reading.Unreadable(e.reason());
        }
    }
}
