package org.sallyport.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** CREATE, ALTER, DROP and what else the right to define gives, by their tokens: which reader knows what. */
final class Definitions {

    private Definitions() {}

    static Outline read(String kind, List<Token> tokens) {
        Cursor cursor = new Cursor(tokens);
        cursor.next();
        return switch (kind) {
            case "CREATE TABLE" -> new TableDefinition(cursor, tokens).create();
            case "CREATE VIEW" -> view(cursor);
            case "CREATE MATERIALIZED VIEW" -> materializedView(cursor);
            case "CREATE INDEX" -> Outline.of(index(cursor, tokens));
            default -> Outline.of(exact(kind, cursor));
        };
    }

    private static Reading exact(String kind, Cursor cursor) {
        return switch (kind) {
            case "ALTER TABLE" -> new TableAlteration(cursor).read();
            case "ALTER INDEX", "ALTER VIEW", "ALTER MATERIALIZED VIEW" -> Renames.read(cursor);
            case "CREATE SEQUENCE" -> new SequenceDefinition(cursor).create();
            case "ALTER SEQUENCE" -> new SequenceDefinition(cursor).alter();
            case "CREATE SCHEMA" -> schema(cursor);
            case "CREATE TYPE", "CREATE DOMAIN", "ALTER TYPE" -> TypeDefinition.read(kind, cursor);
            case "REFRESH MATERIALIZED VIEW" -> refresh(cursor);
            case "TRUNCATE" -> Drops.truncate(cursor);
            case "COMMENT" -> Comments.read(cursor);
            case "LOCK" -> Upkeep.lock(cursor);
            case "ANALYZE" -> Upkeep.analyze(cursor);
            case "VACUUM" -> Upkeep.vacuum(cursor);
            case "REINDEX" -> Upkeep.reindex(cursor);
            default -> Drops.read(kind, cursor);
        };
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
        Set<String> explained = new HashSet<>(List.of(table.name(), method));
        FreeForm.check(tokens);
        return new Reading.Definition(Set.of(table), Set.of(), Calls.of(tokens, explained));
    }

    private static Outline view(Cursor cursor) {
        cursor.accept("or", "replace");
        if (!cursor.accept("view")) {
            throw new UnreadableSql("CREATE VIEW in a form that is not known here");
        }
        ObjectName view = cursor.name();
        if (view.schema().filter(schema -> schema.startsWith("pg_temp")).isPresent()) {
            // It would hide a table of its name: what is judged as a change of that would be one of what the view
            // shows.
            throw new UnreadableSql("temporary view");
        }
        return asQuery(cursor, view, List.of("check", "option"));
    }

    private static Outline materializedView(Cursor cursor) {
        cursor.accept("materialized", "view");
        cursor.accept("if", "not", "exists");
        return asQuery(cursor, cursor.name(), List.of("data"));
    }

    /**
     * {@code [(column, …)] [USING method] [WITH (option, …)] [ON COMMIT …] AS query [WITH … ending]}.
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
        TableDefinition.acceptOnCommit(cursor);
        if (!cursor.accept("as")) {
            throw new UnreadableSql("definition with a clause that is not known here");
        }
        FreeForm.check(cursor.taken());
        return Outline.of(Reading.Definition.of(defined), withoutEnding(cursor.rest(), ending));
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
        return Reading.Definition.of(view);
    }

    /** AUTHORIZATION would give it to somebody, and what may stand behind the name is whole statements. */
    private static Reading schema(Cursor cursor) {
        cursor.next();
        cursor.accept("if", "not", "exists");
        ObjectName schema = ObjectName.of(cursor.simpleName());
        cursor.expectEnd();
        return Reading.Definition.of(Reading.Sort.SCHEMA, schema);
    }
}
