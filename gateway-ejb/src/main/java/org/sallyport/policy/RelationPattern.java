package org.sallyport.policy;

import java.util.Set;

/**
 * A {@code schema.table} pattern, of functions {@code schema.function}; {@code *} in either part stands for any run of characters.
 *
 * @param columns of the table; empty for all, those that are not there yet included
 */
public record RelationPattern(String schema, String table, Set<String> columns) {

    public RelationPattern {
        columns = Set.copyOf(columns);
    }

    public boolean matches(String schemaName, String tableName) {
        return Wildcard.matches(schema, schemaName) && Wildcard.matches(table, tableName);
    }

    /** Whether all names match, in the schemas that do. */
    boolean hasEveryName() {
        return table.equals("*");
    }

    /** Whether it is about rows as wholes. */
    boolean isWhole() {
        return columns.isEmpty();
    }
}
