package org.sallyport.policy;

import java.util.List;
import org.sallyport.contract.Mask;

/**
 * A name for what some columns hold, and the mask of those columns.
 *
 * @param columns the columns that carry it
 * @param mask    what others see of them than those who may see them in the clear
 */
public record Label(String name, List<ColumnPattern> columns, Mask mask) {

    public Label {
        columns = List.copyOf(columns);
    }

    /** {@code connection/schema.table.column}; {@code *} in any part stands for any run of characters. */
    public record ColumnPattern(String connection, String schema, String table, String column) {

        public boolean covers(String connectionName) {
            return Wildcard.matches(connection, connectionName);
        }

        public boolean matches(String connectionName, String schemaName, String tableName, String columnName) {
            return covers(connectionName)
                    && Wildcard.matches(schema, schemaName)
                    && Wildcard.matches(table, tableName)
                    && Wildcard.matches(column, columnName);
        }
    }
}
