package org.sallyport.policy;

/** A {@code schema.table} pattern; {@code *} in either part stands for any run of characters. */
public record RelationPattern(String schema, String table) {

    public boolean matches(String schemaName, String tableName) {
        return Wildcard.matches(schema, schemaName) && Wildcard.matches(table, tableName);
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
