package org.sallyport.meaning;

import java.sql.SQLException;

/** Knows which columns cannot be null. */
@FunctionalInterface
interface NotNull {
    boolean column(int relation, int attribute) throws SQLException;
}
