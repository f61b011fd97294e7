package org.sallyport.policy;

import java.util.List;
import org.sallyport.contract.Mask;

/**
 * A name for what some columns hold, and the mask of those columns.
 *
 * @param columns     the columns that carry it
 * @param mask        what others see of them than those who may see them in the clear
 * @param followsKeys whether columns carry it, too, that refer to one of them by a foreign key
 */
public record Label(String name, List<ColumnPattern> columns, Mask mask, boolean followsKeys) {

    public Label {
        columns = List.copyOf(columns);
    }

    /** One of these columns only. */
    public Label(String name, List<ColumnPattern> columns, Mask mask) {
        this(name, columns, mask, false);
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
