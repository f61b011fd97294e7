package org.sallyport.catalog;

import java.sql.SQLException;
import java.sql.Statement;

/** Puts queries to a database, one after the other. Blocks. */
@FunctionalInterface
public interface Line {

    /** The caller closes the rows before it asks again. */
    Rows ask(String sql) throws SQLException;

    /** By JDBC. */
    static Line of(Statement statement) {
        return sql -> Rows.of(statement.executeQuery(sql));
    }
}
