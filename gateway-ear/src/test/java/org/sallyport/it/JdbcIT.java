package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PreferQueryMode;

/** pgjdbc, in each of its ways to speak the protocol, hands out through the gateway what it hands out past it. */
@WithGateway
class JdbcIT {
    private final Gateway gateway;

    JdbcIT(Gateway gateway) {
        this.gateway = gateway;
    }

    /** A negative threshold prepares and asks for binary at the first run, a positive one later. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "preferQueryMode=simple",
                "preferQueryMode=extended",
                "preferQueryMode=extended&prepareThreshold=-1",
                "preferQueryMode=extended&prepareThreshold=2&binaryTransfer=false",
                "preferQueryMode=extended&prepareThreshold=1&autosave=always",
                "preferQueryMode=extended&prepareThreshold=1&autosave=conservative&cleanupSavepoints=true",
                "preferQueryMode=extended&reWriteBatchedInserts=true&defaultRowFetchSize=2",
                "preferQueryMode=extendedForPrepared&prepareThreshold=1",
                "preferQueryMode=extendedCacheEverything&prepareThreshold=-1"
            })
    void playsEverythingInEachWayToSpeak(String settings) throws Exception {
        String told = Transcript.ofBoth(gateway, "bench", route -> {
            JdbcNotes notes = new JdbcNotes();
            try (Connection connection = route.connect(settings)) {
                types(connection, notes);
                statements(connection, notes);
                batches(connection, notes);
                transactions(connection, notes);
                changedTypes(connection, notes);
                pieces(connection, notes);
                updatable(connection, notes);
                calls(connection, notes);
            }
            return notes.toString();
        });
        assertThat(told).contains("error 23505", "counts [", "error 22012", "warning 01000", "updated row");
    }

    /** Each type there and back, often enough for every threshold. */
    private static void types(Connection connection, JdbcNotes notes) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TEMP TABLE kinds (i2 int2, i4 int4, i8 int8, f4 float4, f8 float8, n numeric, b bool,"
                            + " t text, c char(5), v varchar, bin bytea, d date, ts timestamp, tz timestamptz, u uuid, j jsonb,"
                            + " a int4[], ta text[], r int4range, x xml, p point, iv interval, m money, o oid, inet inet, bits bit(4))");
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO kinds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?, ?, ?, ?, ?::jsonb, ?, ?, '[1,5)', '<a/>', '(1,2)', '1 day 2 hours', 12.5, 42, '10.0.0.1', B'1010')")) {
            for (int n = 1; n <= 3; n++) {
                bind(insert, n, connection);
                notes.note("inserted " + insert.executeUpdate());
            }
            for (int i = 1; i <= 18; i++) {
                insert.setNull(i, Types.NULL);
            }
            notes.note("inserted " + insert.executeUpdate());
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT * FROM kinds WHERE i4 >= ? OR i4 IS NULL ORDER BY i4")) {
            for (int n = 1; n <= 4; n++) {
                select.setInt(1, n);
                notes.rows(select.executeQuery());
            }
        }
    }

    private static void bind(PreparedStatement insert, int n, Connection connection) throws Exception {
        insert.setShort(1, (short) n);
        insert.setInt(2, n);
        insert.setLong(3, Long.MAX_VALUE - n);
        insert.setFloat(4, n / 3f);
        insert.setDouble(5, Math.PI * n);
        insert.setBigDecimal(6, new BigDecimal("12345678901234567890.123456789").movePointLeft(n));
        insert.setBoolean(7, n % 2 == 0);
        insert.setString(8, "é'\"\\ $1 ? " + n);
        insert.setString(9, "c" + n);
        insert.setObject(10, "v" + n);
        insert.setBytes(11, new byte[] {0, 1, (byte) 0xFF, '\\'});
        insert.setObject(12, LocalDate.of(2024, 2, 29));
        insert.setObject(13, LocalDateTime.of(2024, 2, 29, 12, 30, n));
        insert.setObject(14, OffsetDateTime.parse("2024-02-29T12:30:00.123456+05:45"));
        insert.setObject(15, new UUID(1, n));
        insert.setString(16, "{\"n\": " + n + "}");
        insert.setArray(17, connection.createArrayOf("int4", new Integer[] {n, null}));
        insert.setArray(18, connection.createArrayOf("text", new String[] {"a,b", "\"", null}));
    }

    /** Several statements in one text, generated keys, limits, notices, errors. */
    private static void statements(Connection connection, JdbcNotes notes) throws Exception {
        try (Statement statement = connection.createStatement()) {
            notes.execute(statement, "CREATE TEMP TABLE crew (id serial PRIMARY KEY, name text NOT NULL)");
            notes.execute(
                    statement, "INSERT INTO crew (name) VALUES ('Ada'), ('Bob'); SELECT * FROM crew; ; SELECT 'last'");
            notes.execute(statement, "SELECT 1; SELECT 1/0; SELECT 3");
            notes.execute(statement, "");
            notes.execute(statement, "/* only this */");
            notes.execute(statement, "SELEC 1");
            notes.execute(statement, "SELECT nothing FROM crew");
            notes.execute(statement, "INSERT INTO crew VALUES (1, 'again')");
            notes.execute(statement, "INSERT INTO crew VALUES (9, NULL)");
            notes.execute(
                    statement, "DO $$ BEGIN RAISE NOTICE 'one'; RAISE WARNING 'two' USING HINT = 'three'; END $$");
            notes.execute(statement, "DROP TABLE IF EXISTS nowhere");
            statement.setMaxRows(2);
            notes.execute(statement, "SELECT n FROM generate_series(1, 5) AS n");
        }
        for (int n = 0; n < 3; n++) {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO crew (name) VALUES (?), (?)", Statement.RETURN_GENERATED_KEYS)) {
                insert.setString(1, "x" + n);
                insert.setString(2, "y" + n);
                notes.note("inserted " + insert.executeUpdate());
                notes.rows(insert.getGeneratedKeys());
            }
        }
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, upper(name) AS loud FROM crew WHERE id = ?")) {
            if (connection.unwrap(PGConnection.class).getPreferQueryMode() != PreferQueryMode.SIMPLE) {
                notes.attempt("describe", () -> notes.note(select.getMetaData().getColumnTypeName(2)));
            }
            select.setString(1, "not a number");
            notes.attempt("text for a number", select::executeQuery);
            select.setInt(1, 1);
            notes.rows(select.executeQuery());
        }
    }

    private static void batches(Connection connection, JdbcNotes notes) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE batch (id serial, n integer PRIMARY KEY, t text)");
            statement.addBatch("INSERT INTO batch (n) VALUES (-1)");
            statement.addBatch("UPDATE batch SET t = 'x' WHERE n < 0");
            statement.addBatch("CREATE TEMP TABLE made_in_batch (n integer)");
            notes.note(Arrays.toString(statement.executeBatch()));
            statement.addBatch("INSERT INTO batch (n) VALUES (-2)");
            statement.addBatch("SELECT 1");
            notes.attempt("a batch with a result", statement::executeBatch);
        }
        for (boolean automatic : new boolean[] {true, false}) {
            connection.setAutoCommit(automatic);
            int base = automatic ? 0 : 10_000;
            batch(connection, notes, base, -1);
            batch(connection, notes, base + 1000, base + 1020);
            batch(connection, notes, base + 2000, -1);
            notes.attempt("end", () -> {
                if (!automatic) {
                    connection.commit();
                }
            });
        }
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            notes.execute(statement, "SELECT count(*), sum(n) FROM batch");
        }
    }

    /** @param twice the number that is inserted twice, in the middle of the batch; -1 for none */
    private static void batch(Connection connection, JdbcNotes notes, int first, int twice) throws Exception {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO batch (n, t) VALUES (?, ?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int n = first; n < first + 40; n++) {
                insert.setInt(1, n == twice + 1 && twice >= 0 ? twice : n);
                insert.setString(2, n % 2 == 0 ? null : "row " + n);
                insert.addBatch();
            }
            notes.attempt("batch from " + first, () -> {
                notes.note(Arrays.toString(insert.executeBatch()));
                notes.rows(insert.getGeneratedKeys());
            });
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO batch (n, t) VALUES (?, ?)")) {
            for (int n = first + 500; n < first + 530; n++) {
                insert.setInt(1, n);
                insert.setString(2, "plain");
                insert.addBatch();
            }
            notes.attempt("plain batch from " + first, () -> notes.note(Arrays.toString(insert.executeLargeBatch())));
        }
    }

    private static void transactions(Connection connection, JdbcNotes notes) throws Exception {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        try (Statement statement = connection.createStatement()) {
            notes.execute(statement, "SHOW transaction_isolation");
            notes.execute(statement, "INSERT INTO crew (name) VALUES ('kept')");
            Savepoint savepoint = connection.setSavepoint("a \"name\"");
            notes.execute(statement, "INSERT INTO crew (name) VALUES ('lost')");
            notes.execute(statement, "SELECT 1/0");
            notes.execute(statement, "SELECT 'ignored, or not where the driver saves'");
            connection.rollback(savepoint);
            connection.releaseSavepoint(savepoint);
            notes.execute(statement, "SELECT name FROM crew WHERE name IN ('kept', 'lost')");
            connection.commit();
            notes.execute(statement, "SELECT 1/0");
            notes.attempt("commit of a failed transaction", connection::commit);
            connection.setReadOnly(true);
            notes.execute(statement, "CREATE TABLE never (n integer)");
            connection.rollback();
            connection.setReadOnly(false);
        }
        connection.rollback();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(true);
    }

    /** A prepared statement whose result changes under it. */
    private static void changedTypes(Connection connection, JdbcNotes notes) throws Exception {
        try (Statement statement = connection.createStatement();
                PreparedStatement select = connection.prepareStatement("SELECT * FROM changing WHERE n > ?")) {
            statement.execute("CREATE TEMP TABLE changing AS SELECT 1 AS n");
            for (boolean automatic : new boolean[] {true, false}) {
                connection.setAutoCommit(automatic);
                for (int n = 0; n < 2; n++) {
                    select.setInt(1, 0);
                    notes.attempt("select", () -> notes.rows(select.executeQuery()));
                    String column = "c" + n + automatic;
                    notes.execute(statement, "ALTER TABLE changing ADD COLUMN " + column + " text");
                }
                notes.execute(statement, "DEALLOCATE ALL");
                notes.attempt("select", () -> notes.rows(select.executeQuery()));
                notes.attempt("end", () -> connection.setAutoCommit(true));
            }
        }
    }

    /** Results in pieces, several at once, left half read. */
    private static void pieces(Connection connection, JdbcNotes notes) throws Exception {
        connection.setAutoCommit(false);
        String sql = "SELECT n, repeat('x', n % 70) FROM generate_series(1, 100) AS n";
        try (Statement one = connection.createStatement();
                Statement other = connection.createStatement()) {
            one.setFetchSize(7);
            other.setFetchSize(3);
            ResultSet rows = one.executeQuery(sql);
            ResultSet others = other.executeQuery(sql);
            for (int n = 0; n < 20; n++) {
                notes.note(rows.next() + " " + rows.getString(2) + " " + others.next() + " " + others.getInt(1));
            }
            others.close();
            rows.setFetchSize(50);
            notes.rows(rows);
            notes.attempt(
                    "a row that fails",
                    () -> notes.rows(one.executeQuery("SELECT 1 / (30 - n) FROM generate_series(1, 50) AS n")));
            connection.rollback();
            notes.rows(one.executeQuery("SELECT 'usable'"));
            ResultSet left = one.executeQuery(sql);
            left.next();
            connection.commit();
            notes.attempt("a portal after its transaction", () -> notes.rows(left));
        }
        connection.rollback();
        connection.setAutoCommit(true);
    }

    private static void updatable(Connection connection, JdbcNotes notes) throws Exception {
        try (Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet rows = statement.executeQuery("SELECT id, name FROM crew ORDER BY id")) {
            rows.absolute(2);
            rows.updateString("name", "updated row");
            rows.updateRow();
            rows.refreshRow();
            notes.row(rows);
            rows.moveToInsertRow();
            rows.updateInt("id", 77);
            rows.updateString("name", "inserted row");
            rows.insertRow();
            rows.last();
            notes.row(rows);
            rows.deleteRow();
            rows.beforeFirst();
            while (rows.next()) {
                notes.row(rows);
            }
        }
    }

    private static void calls(Connection connection, JdbcNotes notes) throws Exception {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE PROCEDURE pg_temp.twice(INOUT n integer, said text) LANGUAGE plpgsql AS"
                    + " $$ BEGIN RAISE NOTICE '%', said; n := n * 2; END $$");
            statement.execute("CREATE FUNCTION pg_temp.both(OUT a refcursor, OUT b refcursor) LANGUAGE plpgsql AS"
                    + " $$ BEGIN a := 'first'; b := 'second';"
                    + " OPEN a FOR SELECT n FROM generate_series(1, 3) AS n; OPEN b FOR SELECT 'b'; END $$");
        }
        notes.attempt("call", () -> {
            try (CallableStatement call = connection.prepareCall("call pg_temp.twice(?, ?)")) {
                call.setInt(1, 21);
                call.registerOutParameter(1, Types.INTEGER);
                call.setString(2, "hello");
                notes.note(call.execute());
                notes.note(call.getInt(1));
                notes.warnings(call.getWarnings());
            }
        });
        notes.attempt("cursors", () -> {
            try (CallableStatement call = connection.prepareCall("{call pg_temp.both(?, ?)}")) {
                call.registerOutParameter(1, Types.REF_CURSOR);
                call.registerOutParameter(2, Types.REF_CURSOR);
                call.execute();
                notes.rows((ResultSet) call.getObject(1));
                notes.rows((ResultSet) call.getObject(2));
            }
        });
        notes.attempt("function", () -> {
            try (CallableStatement call = connection.prepareCall("{? = call upper(?)}")) {
                call.registerOutParameter(1, Types.VARCHAR);
                call.setString(2, "quiet");
                call.execute();
                notes.note(call.getString(1));
            }
        });
        notes.attempt("end", connection::commit);
        connection.setAutoCommit(true);
    }
}
