package org.sallyport.it;

import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGResultSetMetaData;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** Writes down what pgjdbc hands out: rows with their descriptions, counts, warnings, errors with all fields. */
final class JdbcNotes {
    /** Something that the driver is asked for. */
    interface Request {
        void send() throws Exception;
    }

    private final StringBuilder text = new StringBuilder();

    void note(@Nullable Object line) {
        text.append(line).append('\n');
    }

    /** Sends a request and notes its error, if it has one. */
    void attempt(String what, Request request) throws Exception {
        note("-- " + what);
        try {
            request.send();
        } catch (SQLException e) {
            error(e);
        }
    }

    /** Executes a text of any number of statements and notes all results. */
    void execute(Statement statement, String sql) throws Exception {
        attempt(sql, () -> {
            boolean rows = statement.execute(sql);
            results(statement, rows);
        });
        warnings(statement.getWarnings());
    }

    /** Notes the results of an executed statement. */
    void results(Statement statement, boolean startsWithRows) throws SQLException {
        boolean rows = startsWithRows;
        while (rows || statement.getUpdateCount() != -1) {
            if (rows) {
                rows(statement.getResultSet());
            } else {
                note("count " + statement.getLargeUpdateCount());
            }
            rows = statement.getMoreResults();
        }
    }

    void rows(ResultSet rows) throws SQLException {
        try (rows) {
            columns(rows.getMetaData());
            while (rows.next()) {
                row(rows);
            }
            warnings(rows.getWarnings());
        }
    }

    private void columns(ResultSetMetaData columns) throws SQLException {
        PGResultSetMetaData origins = columns.unwrap(PGResultSetMetaData.class);
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            note("column " + columns.getColumnLabel(i) + " of " + origins.getBaseTableName(i) + "."
                    + origins.getBaseColumnName(i) + ": " + columns.getColumnTypeName(i) + " "
                    + columns.getPrecision(i) + "," + columns.getScale(i) + " format " + origins.getFormat(i));
        }
    }

    void row(ResultSet rows) throws SQLException {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            text.append(i == 1 ? "  " : " | ").append(value(rows.getObject(i)));
        }
        note("");
    }

    private static @Nullable Object value(@Nullable Object value) throws SQLException {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (value instanceof SQLXML xml) {
            return xml.getString();
        }
        return value instanceof Array array ? Arrays.deepToString((Object[]) array.getArray()) : value;
    }

    void warnings(@Nullable SQLWarning first) {
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            note("warning " + warning.getSQLState() + " " + warning.getMessage());
            if (warning instanceof PSQLWarning theirs) {
                fields(theirs.getServerErrorMessage());
            }
        }
    }

    void error(SQLException first) {
        for (SQLException error = first; error != null; error = error.getNextException()) {
            note("error " + error.getSQLState() + " " + error.getMessage());
            if (error instanceof BatchUpdateException batch) {
                note("counts " + Arrays.toString(batch.getLargeUpdateCounts()));
            }
            if (error instanceof PSQLException theirs) {
                fields(theirs.getServerErrorMessage());
            }
        }
    }

    private void fields(@Nullable ServerErrorMessage sent) {
        if (sent != null) {
            note("fields " + sent.getSeverity() + " " + sent.getDetail() + " " + sent.getHint() + " "
                    + sent.getPosition()
                    + " " + sent.getInternalPosition() + " " + sent.getInternalQuery() + " " + sent.getWhere() + " "
                    + sent.getSchema() + " " + sent.getTable() + " " + sent.getColumn() + " " + sent.getDatatype() + " "
                    + sent.getConstraint() + " " + sent.getFile() + ":" + sent.getLine() + " " + sent.getRoutine());
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
