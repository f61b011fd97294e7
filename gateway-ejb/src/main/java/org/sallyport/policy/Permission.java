package org.sallyport.policy;

import java.util.Set;

/**
 * What a role gives on some relations or functions.
 *
 * @param commands the kinds of statements that it is for; empty for all
 */
public record Permission(Right right, RelationPattern on, Set<String> commands) {

    private static final String TEMPORARY = "pg_temp";

    public Permission {
        commands = Set.copyOf(commands);
    }

    /** Whether it gives the right, to statements of the kind, on something in what has the name. */
    boolean covers(Right wanted, String command, String schema, String name) {
        return right == wanted
                && (commands.isEmpty() || commands.contains(command))
                && reaches(schema)
                && on.matches(schema, name);
    }

    /** Whether it is to somebody's own temporary relation, which nobody else can have made, and so to its rows. */
    boolean coversOwn(Right wanted, String schema, String name) {
        boolean rows = wanted == Right.READ || wanted == Right.CHANGE;
        return rows && right == Right.DEFINE && schema.equals(TEMPORARY) && reaches(schema) && on.matches(schema, name);
    }

    /** Whether it gives the right on all that the schema holds or will hold. */
    boolean coversSchema(Right wanted, String command, String schema) {
        return covers(wanted, command, schema, "") && on.isWhole() && on.hasEveryName();
    }

    /** Whether it gives the right on it to statements of any kind. */
    boolean coversForSome(Right wanted, String schema, String name) {
        return right == wanted && reaches(schema) && on.matches(schema, name);
    }

    /**
     * System catalogs are never changed, and read and called only where a pattern spells their schema out; so are a session's own
     * temporary tables, which hide others of the same name.
     */
    private boolean reaches(String schema) {
        boolean system = schema.equals("information_schema") || schema.startsWith("pg_");
        boolean looks = right == Right.READ || right == Right.CALL || schema.equals(TEMPORARY);
        return !system || (looks && on.schema().equals(schema));
    }
}
