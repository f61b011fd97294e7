package org.sallyport.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a statement's own words say, and the query that stands in it.
 *
 * @param outer what it does besides running the query
 * @param query its tokens, in the pieces in which they stand; no piece where there is no query
 */
record Outline(Reading outer, List<List<Token>> query) {

    static final Set<String> QUERIES = Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE");

    Outline {
        query = List.copyOf(query);
    }

    /** Without a query inside. */
    static Outline of(Reading reading) {
        return new Outline(reading, List.of());
    }

    static Outline of(Reading outer, List<Token> query) {
        if (query.isEmpty() || !QUERIES.contains(StatementKinds.of(query).get(0))) {
            throw new UnreadableSql("something else where a query belongs");
        }
        return new Outline(outer, List.of(query));
    }

    /** Total: what is not understood is {@link Reading.Unreadable}, with no query in it. */
    static Outline of(String kind, List<Token> tokens) {
        try {
            if (tokens.stream().anyMatch(token -> token.isSymbol(";"))) {
                throw new UnreadableSql("statement that holds others");
            }
            if (QUERIES.contains(kind)) {
                return new Outline(new Reading.Harmless(), List.of(tokens));
            }
            return switch (kind) {
                case "SELECT INTO" -> into(tokens);
                case "EXPLAIN" -> of(new Reading.Harmless(), explained(tokens));
                case "DECLARE" -> cursor(tokens);
                case "FETCH", "MOVE" -> of(new Reading.Fetch(named(tokens)));
                case "CLOSE" -> of(close(tokens));
                case "SET", "SHOW", "RESET" -> of(Settings.read(tokens));
                // They only give back what the session has taken.
                case "DISCARD", "UNLISTEN" -> of(new Reading.Harmless());
                case "COPY FROM", "COPY TO" -> CopyCommand.read(tokens);
                case "PREPARE" -> Preparing.prepare(tokens);
                case "EXECUTE" ->
                    throw new UnreadableSql("EXECUTE of what no PREPARE of this session is known to have prepared,"
                            + " beside something else, or with more than literals");
                case "DEALLOCATE" -> of(Preparing.deallocate(tokens));
                default -> isTransaction(kind) ? of(new Reading.Transaction()) : Definitions.read(kind, tokens);
            };
        } catch (UnreadableSql e) {
            return of(new Reading.Unreadable(e.reason()));
        }
    }

    /** Whether the whole statement is the query. */
    boolean isQuery(List<Token> tokens) {
        return query.size() == 1 && query.get(0).size() == tokens.size();
    }

    /** The same without what only repeats in its query; what a PREPARE calls its parameters' types is not compared. */
    Outline withoutRepetition(List<Integer> types) {
        if (outer instanceof Reading.Preparation) {
            return this;
        }
        return new Outline(
                outer,
                query.stream()
                        .flatMap(piece -> Repetition.without(piece, types).stream())
                        .toList());
    }

    List<Token> queryTokens() {
        return query.stream().flatMap(List::stream).toList();
    }

    private static boolean isTransaction(String kind) {
        return switch (kind) {
            case "BEGIN",
                    "COMMIT",
                    "ROLLBACK",
                    "ROLLBACK TO",
                    "SAVEPOINT",
                    "RELEASE",
                    "SET TRANSACTION",
                    "SET SESSION CHARACTERISTICS",
                    "SET CONSTRAINTS" -> true;
            default -> false;
        };
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

    /** {@code DECLARE name [option …] CURSOR [WITH HOLD | WITHOUT HOLD] FOR query}. */
    private static Outline cursor(List<Token> tokens) {
        Cursor cursor = new Cursor(tokens);
        cursor.next();
        String name = cursor.simpleName();
        while (!cursor.accept("cursor")) {
            cursor.next();
        }
        boolean hold = cursor.accept("with", "hold");
        if (!hold) {
            cursor.accept("without", "hold");
        }
        if (!cursor.accept("for")) {
            throw new UnreadableSql("DECLARE in a form that is not known here");
        }
        return of(new Reading.Declaration(name, hold), cursor.rest());
    }

    /** Whatever stands before it, the cursor's name comes last. */
    private static String named(List<Token> tokens) {
        Cursor cursor = new Cursor(tokens.subList(tokens.size() - 1, tokens.size()));
        if (tokens.size() < 2) {
            throw new UnreadableSql("statement that ends early");
        }
        return cursor.simpleName();
    }

    private static Reading close(List<Token> tokens) {
        boolean all = tokens.size() == 2 && tokens.get(1).isWord("all");
        return new Reading.Close(all ? Optional.empty() : Optional.of(named(tokens)));
    }

    /** {@code SELECT … INTO [TEMP | UNLOGGED] [TABLE] name …}: the query is what stands around that. */
    private static Outline into(List<Token> tokens) {
        int into = StatementKinds.into(tokens, 0);
        Cursor cursor = new Cursor(tokens.subList(into + 1, tokens.size()));
        if (cursor.isAt("local") || cursor.isAt("global")) {
            throw new UnreadableSql("temporary table");
        }
        boolean temporary = TableDefinition.acceptTemporary(cursor);
        if (!temporary) {
            cursor.accept("unlogged");
        }
        cursor.accept("table");
        ObjectName table = temporary ? TableDefinition.temporary(cursor.name()) : cursor.name();
        int behind = into + 1 + cursor.position();
        if (StatementKinds.into(tokens, behind) < tokens.size()) {
            throw new UnreadableSql("more than one INTO");
        }
        List<List<Token>> pieces = new ArrayList<>(List.of(tokens.subList(0, into)));
        if (behind < tokens.size()) {
            pieces.add(tokens.subList(behind, tokens.size()));
        }
        return new Outline(Reading.Definition.of(table), pieces);
    }
}
