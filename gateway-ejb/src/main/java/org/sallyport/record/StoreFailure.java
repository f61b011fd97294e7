package org.sallyport.record;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what a failed write says about the store from what it says about the rows. */
final class StoreFailure {
    /**
     * Classes of SQLSTATE that speak of the rows: cardinality, data, integrity, program limits. Not 42: a table that is not there,
     * or is closed to the gateway, is mended and then takes the rows.
     */
    private static final Set<String> OF_ROWS = Set.of("21", "22", "23", "54");

    /** That COPY's format or a value's binary one is wrong says that a table is not as it was made: it would refuse every row. */
    private static final Set<String> OF_TABLES = Set.of("22P03", "22P04");

    private StoreFailure() {}

    /** Whether other rows may still be written. */
    static boolean isOfRows(Throwable failure) {
        @Nullable Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof SQLException e
                    && e.getSQLState() != null
                    && e.getSQLState().length() == 5) {
                return OF_ROWS.contains(e.getSQLState().substring(0, 2)) && !OF_TABLES.contains(e.getSQLState());
            }
            cause = cause.getCause();
        }
        return false;
    }
}
