package org.sallyport.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** CREATE TABLE and ALTER TABLE. */
final class TableDefinition {

    private static final Set<String> HARMLESS_ACTIONS = Set.of("add", "drop", "alter", "validate");

    private final Cursor cursor;
    private final List<Token> tokens;

    /** @param cursor after the first word */
    TableDefinition(Cursor cursor, List<Token> tokens) {
        this.cursor = cursor;
        this.tokens = tokens;
    }

    Outline create() {
        cursor.accept("unlogged");
        if (!cursor.accept("table")) {
            throw new UnreadableSql("CREATE TABLE in a form that is not known here");
        }
        cursor.accept("if", "not", "exists");
        ObjectName table = cursor.name();
        if (cursor.accept("partition", "of")) {
            ObjectName parent = cursor.name();
            return Outline.of(definition(both(table, parent), Set.of()));
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
        return Outline.of(definition(Set.of(table), references()));
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
        return ahead.isAt("as");
    }

    Reading alter() {
        if (!cursor.accept("table")) {
            throw new UnreadableSql("ALTER TABLE in a form that is not known here");
        }
        cursor.accept("if", "exists");
        cursor.accept("only");
        ObjectName table = cursor.name();
        if (cursor.accept("rename")) {
            return rename(table);
        }
        checkActions();
        return definition(Set.of(table), references());
    }

    private Reading rename(ObjectName table) {
        boolean ofTable = cursor.accept("to");
        if (!ofTable) {
            return definition(Set.of(table), Set.of());
        }
        ObjectName renamed = new ObjectName(table.schema(), cursor.simpleName());
        cursor.expectEnd();
        return definition(both(table, renamed), Set.of());
    }

    /** The two may be one. */
    private static Set<ObjectName> both(ObjectName one, ObjectName other) {
        return new HashSet<>(List.of(one, other));
    }

    private void checkActions() {
        int depth = 0;
        boolean starts = true;
        for (Token token : cursor.rest()) {
            if (depth == 0 && starts && !HARMLESS_ACTIONS.contains(token.text())) {
                throw new UnreadableSql("ALTER TABLE with an action that is not known here");
            }
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            starts = depth == 0 && token.isSymbol(",");
        }
    }

    /** Tables named by REFERENCES and LIKE. */
    private Set<ObjectName> references() {
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
        Set<String> explained = new HashSet<>();
        defines.forEach(name -> explained.add(name.name()));
        reads.forEach(name -> explained.add(name.name()));
        return Definitions.definition(defines, reads, Calls.of(tokens, explained));
    }
}
