package org.sallyport.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** CREATE, ALTER, DROP and TRUNCATE of tables, indexes, views and sequences, by their tokens. */
final class Definitions {

    private static final Set<String> FORBIDDEN_ANYWHERE = Set.of("cascade", "tablespace", "operator", "inherits");

    private Definitions() {}

    static Outline read(String kind, List<Token> tokens) {
        Cursor cursor = new Cursor(tokens);
        cursor.next();
        Outline outline = switch (kind) {
            case "CREATE TABLE" -> new TableDefinition(cursor, tokens).create();
            case "CREATE VIEW" -> view(cursor);
            case "CREATE MATERIALIZED VIEW" -> materializedView(cursor);
            default -> Outline.of(plain(kind, cursor, tokens));
        };
        refuseForbidden(tokens.subList(0, tokens.size() - outline.queryTokens().size()));
        return outline;
    }

    private static Reading plain(String kind, Cursor cursor, List<Token> tokens) {
        return switch (kind) {
            case "ALTER TABLE" -> new TableDefinition(cursor, tokens).alter();
            case "CREATE INDEX" -> index(cursor, tokens);
            case "CREATE SEQUENCE" -> sequence(cursor);
            case "DROP TABLE", "DROP VIEW", "DROP INDEX", "DROP SEQUENCE" -> drop(cursor);
            case "DROP MATERIALIZED VIEW" -> {
                cursor.next();
                yield drop(cursor);
            }
            case "REFRESH MATERIALIZED VIEW" -> refresh(cursor);
            case "TRUNCATE" -> truncate(cursor);
            case "COMMENT" -> comment(cursor);
            default -> throw new UnreadableSql(kind);
        };
    }

    /** ON DELETE CASCADE is about rows; everything else that cascades reaches objects nobody named. */
    private static void refuseForbidden(List<Token> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean ofRows = i > 1
                    && token.isWord("cascade")
                    && (tokens.get(i - 1).isWord("delete") || tokens.get(i - 1).isWord("update"))
                    && tokens.get(i - 2).isWord("on");
            if (token.kind() == Token.Kind.WORD && FORBIDDEN_ANYWHERE.contains(token.text()) && !ofRows) {
                throw new UnreadableSql("definition with " + token.text());
            }
        }
    }

    private static Reading index(Cursor cursor, List<Token> tokens) {
        cursor.accept("unique");
        if (!cursor.accept("index")) {
            throw new UnreadableSql("CREATE INDEX in a form that is not known here");
        }
        cursor.accept("concurrently");
        cursor.accept("if", "not", "exists");
        if (!cursor.isAt("on")) {
            cursor.simpleName();
        }
        cursor.accept("on");
        cursor.accept("only");
        ObjectName table = cursor.name();
        String method = cursor.accept("using") ? cursor.simpleName() : "";
        return definition(Set.of(table), Set.of(), Calls.of(tokens, new HashSet<>(List.of(table.name(), method))));
    }

    private static Outline view(Cursor cursor) {
        cursor.accept("or", "replace");
        if (!cursor.accept("view")) {
            throw new UnreadableSql("CREATE VIEW in a form that is not known here");
        }
        ObjectName view = cursor.name();
        return asQuery(cursor, view, List.of("check", "option"));
    }

    private static Outline materializedView(Cursor cursor) {
        cursor.accept("materialized", "view");
        cursor.accept("if", "not", "exists");
        return asQuery(cursor, cursor.name(), List.of("data"));
    }

    /**
     * {@code [(column, …)] [USING method] [WITH (option, …)] AS query [WITH … ending]}.
     *
     * @param ending of the clause that may follow the query
     */
    static Outline asQuery(Cursor cursor, ObjectName defined, List<String> ending) {
        if (cursor.isAtSymbol("(")) {
            cursor.skipParenthesis();
        }
        if (cursor.accept("using")) {
            cursor.simpleName();
        }
        if (cursor.accept("with")) {
            cursor.skipParenthesis();
        }
        if (!cursor.accept("as")) {
            throw new UnreadableSql("definition with a clause that is not known here");
        }
        return Outline.of(definition(Set.of(defined), Set.of(), Set.of()), withoutEnding(cursor.rest(), ending));
    }

    /** Without {@code WITH [NO | CASCADED | LOCAL] ending}. */
    private static List<Token> withoutEnding(List<Token> tokens, List<String> ending) {
        int at = tokens.size() - ending.size();
        for (int i = 0; i < ending.size(); i++) {
            if (at < 2 || !tokens.get(at + i).isWord(ending.get(i))) {
                return tokens;
            }
        }
        Token before = tokens.get(at - 1);
        boolean how = before.isWord("no") || before.isWord("cascaded") || before.isWord("local");
        int with = how ? at - 2 : at - 1;
        return tokens.get(with).isWord("with") ? tokens.subList(0, with) : tokens;
    }

    private static Reading refresh(Cursor cursor) {
        cursor.accept("materialized", "view");
        cursor.accept("concurrently");
        ObjectName view = cursor.name();
        if (!cursor.accept("with", "data")) {
            cursor.accept("with", "no", "data");
        }
        cursor.expectEnd();
        return definition(Set.of(view), Set.of(), Set.of());
    }

    private static Reading sequence(Cursor cursor) {
        if (!cursor.accept("sequence")) {
            throw new UnreadableSql("CREATE SEQUENCE in a form that is not known here");
        }
        cursor.accept("if", "not", "exists");
        ObjectName sequence = cursor.name();
        if (cursor.rest().stream().anyMatch(token -> token.isWord("owned"))) {
            throw new UnreadableSql("sequence owned by a column");
        }
        return definition(Set.of(sequence), Set.of(), Set.of());
    }

    private static Reading drop(Cursor cursor) {
        cursor.next();
        cursor.accept("concurrently");
        cursor.accept("if", "exists");
        Set<ObjectName> dropped = names(cursor);
        cursor.accept("restrict");
        cursor.expectEnd();
        return definition(dropped, Set.of(), Set.of());
    }

    private static Reading truncate(Cursor cursor) {
        cursor.accept("table");
        cursor.accept("only");
        Set<ObjectName> tables = names(cursor);
        if (!cursor.accept("restart", "identity")) {
            cursor.accept("continue", "identity");
        }
        cursor.accept("restrict");
        cursor.expectEnd();
        return new Reading.Truncation(tables);
    }

    private static Reading comment(Cursor cursor) {
        if (cursor.accept("on", "table") || cursor.accept("on", "view")) {
            return definition(Set.of(cursor.name()), Set.of(), Set.of());
        }
        throw new UnreadableSql("COMMENT on something else than a table or view");
    }

    private static Set<ObjectName> names(Cursor cursor) {
        Set<ObjectName> names = new HashSet<>();
        do {
            names.add(cursor.name());
        } while (cursor.acceptSymbol(","));
        return names;
    }

    static Reading.Definition definition(Set<ObjectName> defines, Set<ObjectName> reads, Set<ObjectName> functions) {
        return new Reading.Definition(defines, reads, functions);
    }
}
