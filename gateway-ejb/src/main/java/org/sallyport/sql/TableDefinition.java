package org.sallyport.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** CREATE TABLE. */
final class TableDefinition {

    /** The schema that a session's temporary tables are in, by the name that the session may use for it. */
    private static final String TEMPORARY = "pg_temp";

    private final Cursor cursor;
    private final List<Token> tokens;

    /** @param cursor after the first word */
    TableDefinition(Cursor cursor, List<Token> tokens) {
        this.cursor = cursor;
        this.tokens = tokens;
    }

    Outline create() {
        boolean temporary = acceptTemporary(cursor);
        if (!temporary) {
            cursor.accept("unlogged");
        }
        if (!cursor.accept("table")) {
            throw new UnreadableSql("CREATE TABLE in a form that is not known here");
        }
        cursor.accept("if", "not", "exists");
        ObjectName table = temporary ? temporary(cursor.name()) : cursor.name();
        if (cursor.accept("partition", "of")) {
            ObjectName parent = cursor.name();
            return Outline.of(definition(new HashSet<>(List.of(table, parent)), Set.of()));
        }
        if (cursor.isAt("of")) {
            throw new UnreadableSql("typed table");
        }
        if (isOfQuery()) {
            return Definitions.asQuery(cursor, table, List.of("data"));
        }
        if (!cursor.isAtSymbol("(")) {
            throw new UnreadableSql("CREATE TABLE in a form that is not known here");
        }
        Set<ObjectName> defines = parents();
        defines.add(table);
        return Outline.of(definition(defines, references(tokens)));
    }

    static boolean acceptTemporary(Cursor cursor) {
        if (!cursor.accept("local")) {
            cursor.accept("global");
        }
        return cursor.accept("temp") || cursor.accept("temporary");
    }

    static ObjectName temporary(ObjectName name) {
        if (name.schema().filter(schema -> !schema.equals(TEMPORARY)).isPresent()) {
            throw new UnreadableSql("temporary table in a schema");
        }
        return new ObjectName(Optional.of(TEMPORARY), name.name());
    }

    /** {@code ON COMMIT DROP | DELETE ROWS | PRESERVE ROWS}, which a temporary table may have. */
    static void acceptOnCommit(Cursor cursor) {
        if (cursor.accept("on", "commit")
                && !cursor.accept("drop")
                && !cursor.accept("delete", "rows")
                && !cursor.accept("preserve", "rows")) {
            throw new UnreadableSql("ON COMMIT in a form that is not known here");
        }
    }

    /** Whether AS comes behind the names of the columns, if there are any, and what else may stand before it. */
    private boolean isOfQuery() {
        Cursor ahead = new Cursor(cursor.rest());
        if (ahead.isAtSymbol("(")) {
            ahead.skipParenthesis();
        }
        if (ahead.accept("using")) {
            ahead.simpleName();
        }
        if (ahead.accept("with") && ahead.isAtSymbol("(")) {
            ahead.skipParenthesis();
        }
        acceptOnCommit(ahead);
        return ahead.isAt("as");
    }

    /** Of {@code (column, …) INHERITS (parent, …)}: whoever reads a parent reads its children. */
    private Set<ObjectName> parents() {
        Cursor ahead = new Cursor(cursor.rest());
        ahead.skipParenthesis();
        if (!ahead.accept("inherits")) {
            return new HashSet<>();
        }
        if (!ahead.acceptSymbol("(")) {
            throw new UnreadableSql("INHERITS in a form that is not known here");
        }
        Set<ObjectName> parents = ahead.names();
        if (!ahead.acceptSymbol(")")) {
            throw new UnreadableSql("INHERITS in a form that is not known here");
        }
        return parents;
    }

    /** Tables named by REFERENCES and LIKE. */
    static Set<ObjectName> references(List<Token> tokens) {
        Set<ObjectName> references = new HashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            boolean like = tokens.get(i).isWord("like")
                    && i > 0
                    && (tokens.get(i - 1).isSymbol("(") || tokens.get(i - 1).isSymbol(","));
            if (tokens.get(i).isWord("references") || like) {
                references.add(new Cursor(tokens.subList(i + 1, tokens.size())).name());
            }
        }
        return references;
    }

    private Reading definition(Set<ObjectName> defines, Set<ObjectName> reads) {
        FreeForm.check(tokens);
        Set<String> explained = new HashSet<>();
        defines.forEach(name -> explained.add(name.name()));
        reads.forEach(name -> explained.add(name.name()));
        return new Reading.Definition(defines, reads, Calls.of(tokens, explained));
    }
}
