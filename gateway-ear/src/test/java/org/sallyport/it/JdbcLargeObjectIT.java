package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** pgjdbc's large objects, which it reads and writes by FunctionCall (threat 106 for those who may not). */
@WithGateway
class JdbcLargeObjectIT {
    private final Gateway gateway;

    JdbcLargeObjectIT(Gateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @ValueSource(strings = {"preferQueryMode=simple", "preferQueryMode=extended", "autosave=always"})
    void readsAndWrites(String settings) throws Exception {
        String told = Transcript.ofBoth(gateway, "bench", route -> {
            JdbcNotes notes = new JdbcNotes();
            try (Connection connection = route.connect(settings)) {
                LargeObjectManager objects =
                        connection.unwrap(PGConnection.class).getLargeObjectAPI();
                notes.attempt("outside of a transaction", objects::createLO);
                connection.setAutoCommit(false);
                long made = objects.createLO(LargeObjectManager.READWRITE);
                try (LargeObject object = objects.open(made)) {
                    pieces(object, notes);
                }
                connection.commit();
                failures(connection, objects, made, notes);
                blobs(connection, notes);
                objects.delete(made);
                connection.commit();
                connection.rollback();
            }
            return notes.toString();
        });
        assertThat(told).contains("size 500000", "error 42704", "a blob");
    }

    private static void pieces(LargeObject object, JdbcNotes notes) throws Exception {
        object.write(new byte[500_000]);
        notes.note("size " + object.size() + " at " + object.tell64());
        object.seek64(10, LargeObject.SEEK_SET);
        object.write("in the middle".getBytes(StandardCharsets.UTF_8), 3, 10);
        object.seek(-12, LargeObject.SEEK_CUR);
        notes.note(HexFormat.of().formatHex(object.read(20)));
        object.truncate64(15);
        object.seek(0);
        notes.note(HexFormat.of().formatHex(object.getInputStream().readAllBytes()));
        notes.note("at " + object.tell() + " of " + object.size64());
    }

    private static void failures(Connection connection, LargeObjectManager objects, long made, JdbcNotes notes)
            throws Exception {
        notes.attempt("none of this number", () -> objects.open(1L));
        notes.attempt("after a failure", () -> objects.open(made));
        connection.rollback();
        notes.attempt("written though only to be read", () -> {
            try (LargeObject object = objects.open(made, LargeObjectManager.READ)) {
                object.write(new byte[1]);
            }
        });
        connection.rollback();
    }

    private static void blobs(Connection connection, JdbcNotes notes) throws Exception {
        try (Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO blobs VALUES (?)")) {
            statement.execute("CREATE TEMP TABLE blobs (b oid)");
            insert.setBlob(1, new ByteArrayInputStream("a blob".getBytes(StandardCharsets.UTF_8)), 6);
            insert.executeUpdate();
            try (ResultSet rows = statement.executeQuery("SELECT b FROM blobs")) {
                rows.next();
                notes.note(new String(rows.getBlob(1).getBytes(1, 100), StandardCharsets.UTF_8));
            }
            notes.execute(statement, "SELECT count(lo_unlink(b)) FROM blobs");
        }
        connection.commit();
    }
}
