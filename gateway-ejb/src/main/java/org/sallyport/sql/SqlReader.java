package org.sallyport.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a query string into its statements. Stateless and total: whatever the text, there is an answer. */
public final class SqlReader {

    private static final Set<String> QUERIES = Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE");
    private static final Set<String> TRANSACTIONS = Set.of(
            "BEGIN",
            "COMMIT",
            "ROLLBACK",
            "ROLLBACK TO",
            "SAVEPOINT",
            "RELEASE",
            "SET TRANSACTION",
            "SET SESSION CHARACTERISTICS",
            "SET CONSTRAINTS");

    private SqlReader() {}

    public static Script read(String sql) {
        try {
            List<Statement> statements = new ArrayList<>();
            for (List<Token> tokens : Splitter.split(Lexer.tokens(sql))) {
                statements.add(statement(sql, tokens));
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
    public static List<QueryText> queries(String sql) {
        try {
            List<QueryText> queries = new ArrayList<>();
            for (List<Token> tokens : Splitter.split(Lexer.tokens(sql))) {
                String kind = StatementKinds.of(tokens).get(0);
                QueryText.of(sql, tokens, kind).ifPresent(queries::add);
            }
            return queries;
        } catch (UnreadableSql e) {
            return List.of();
        }
    }

    private static Statement statement(String sql, List<Token> tokens) {
        List<String> kinds = StatementKinds.of(tokens);
        Reading reading = reading(kinds.get(0), tokens);
        Optional<QueryText> query = QueryText.of(sql, tokens, kinds.get(0));
        return new Statement(kinds, tokens, query, reading, unbounded(kinds, tokens, reading));
    }

    private static boolean unbounded(List<String> kinds, List<Token> tokens, Reading reading) {
        if (!kinds.contains("UPDATE") && !kinds.contains("DELETE")) {
            return false;
        }
        boolean known = reading instanceof Reading.Query query && !query.facts().unbounded();
        boolean otherRows = StatementKinds.updatesByQuery(tokens)
                || (kinds.contains("MERGE") && tokens.stream().anyMatch(token -> token.isWord("source")));
        return !known || otherRows;
    }

    private static Reading reading(String kind, List<Token> tokens) {
        try {
            if (tokens.stream().anyMatch(token -> token.isSymbol(";"))) {
                throw new UnreadableSql("statement that holds others");
            }
            if (TRANSACTIONS.contains(kind)) {
                return new Reading.Transaction();
            }
            if (QUERIES.contains(kind)) {
                return Queries.read(tokens);
            }
            return switch (kind) {
                case "EXPLAIN" -> explain(tokens);
                case "SET", "SHOW", "RESET" -> Settings.read(tokens);
                case "COPY FROM", "COPY TO" -> CopyCommand.read(tokens);
                case "DEALLOCATE" -> deallocate(tokens);
                default -> Definitions.read(kind, tokens);
            };
        } catch (UnreadableSql e) {
            return new Reading.Unreadable(e.reason());
        }
    }

    private static Reading explain(List<Token> tokens) {
        List<Token> inner = explained(tokens);
        if (inner.isEmpty() || !QUERIES.contains(StatementKinds.of(inner).get(0))) {
            throw new UnreadableSql("EXPLAIN of something else than a query");
        }
        Reading.Query query = Queries.read(inner);
        return new Reading.Query(query.facts(), Optional.empty(), "EXPLAIN");
    }

    /** The statement that an EXPLAIN is about. */
    static List<Token> explained(List<Token> tokens) {
        Cursor cursor = new Cursor(tokens);
        cursor.next();
        if (cursor.isAtSymbol("(") && isOptionList(tokens)) {
            cursor.skipParenthesis();
        } else {
            if (!cursor.accept("analyze")) {
                cursor.accept("analyse");
            }
            cursor.accept("verbose");
        }
        return cursor.rest();
    }

    private static boolean isOptionList(List<Token> tokens) {
        Token first = tokens.size() > 2 ? tokens.get(2) : tokens.get(0);
        return !first.isSymbol("(") && !first.isWord("select") && !first.isWord("with") && !first.isWord("values");
    }

    private static Reading deallocate(List<Token> tokens) {
        Cursor cursor = new Cursor(tokens);
        cursor.next();
        cursor.accept("prepare");
        if (!cursor.accept("all")) {
            throw new UnreadableSql("DEALLOCATE of one statement");
        }
        cursor.expectEnd();
        return new Reading.Harmless();
    }
}
