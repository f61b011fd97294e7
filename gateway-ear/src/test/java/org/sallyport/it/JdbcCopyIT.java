package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.copy.PGCopyInputStream;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * pgjdbc's COPY API, to its end and broken off, in and out of transactions.
 *
 * <p>But for the cancel of a COPY TO STDOUT: the driver loses its place in the protocol there, also on a direct connection.
 */
@WithGateway
class JdbcCopyIT {
    private static final String IN = "COPY copied FROM STDIN";
    private static final String OUT = "COPY (SELECT * FROM copied ORDER BY n) TO STDOUT";

    private final Gateway gateway;

    JdbcCopyIT(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void copiesBothWays() throws Exception {
        String told = Transcript.ofBoth(gateway, "bench", route -> {
            JdbcNotes notes = new JdbcNotes();
            try (Connection connection = route.connect("");
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS copied; CREATE TABLE copied (n integer PRIMARY KEY, t text)");
                CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
                wholes(copies, notes);
                pieces(connection, copies, notes);
                failures(copies, statement, notes);
                connection.setAutoCommit(false);
                failures(copies, statement, notes);
                connection.rollback();
                connection.setAutoCommit(true);
                notes.execute(statement, "SELECT count(*), sum(n) FROM copied");
            }
            return notes.toString();
        });
        assertThat(told).contains("in 20000", "error 22P02", "error 22012", "canceled");
    }

    private static void wholes(CopyManager copies, JdbcNotes notes) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int n = 1; n <= 20_000; n++) {
            lines.append(n).append("\tline ").append(n).append('\n');
        }
        notes.note("in " + copies.copyIn(IN, new StringReader(lines.toString())));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        notes.note("out " + copies.copyOut(OUT, out));
        notes.note("the same " + out.toString(StandardCharsets.UTF_8).contentEquals(lines));
        out.reset();
        notes.note(copies.copyOut("COPY (SELECT * FROM copied WHERE n < 9) TO STDOUT (FORMAT binary)", out));
        notes.note(HexFormat.of().formatHex(out.toByteArray()));
        notes.attempt(
                "the same numbers again",
                () -> copies.copyIn(
                        "COPY copied FROM STDIN (FORMAT binary)", new ByteArrayInputStream(out.toByteArray())));
        notes.note(copies.copyOut("COPY (SELECT WHERE false) TO STDOUT", out));
        notes.note(copies.copyIn(IN, new StringReader("")));
    }

    private static void pieces(Connection connection, CopyManager copies, JdbcNotes notes) throws Exception {
        CopyIn in = copies.copyIn(IN);
        notes.note(in.getFormat() + " " + in.getFieldCount() + " " + in.getFieldFormat(1));
        for (String piece : new String[] {"3000", "1\tin pie", "", "ces\n300", "02\t\\N\n"}) {
            byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
            in.writeToCopy(bytes, 0, bytes.length);
            in.flushCopy();
        }
        notes.note(in.endCopy() + " " + in.getHandledRowCount());
        CopyOut out = copies.copyOut("COPY (SELECT * FROM copied WHERE n > 30000) TO STDOUT");
        for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
            notes.note(new String(row, StandardCharsets.UTF_8));
        }
        try (PGCopyOutputStream stream = new PGCopyOutputStream(connection.unwrap(PGConnection.class), IN, 10)) {
            stream.write("40000\tby a stream\n".getBytes(StandardCharsets.UTF_8));
        }
        try (PGCopyInputStream stream = new PGCopyInputStream(
                connection.unwrap(PGConnection.class), "COPY (SELECT 1 UNION ALL SELECT 2) TO STDOUT")) {
            notes.note(Arrays.toString(stream.readAllBytes()));
        }
    }

    private static void failures(CopyManager copies, Statement statement, JdbcNotes notes) throws Exception {
        notes.execute(statement, "SAVEPOINT s");
        notes.attempt("bad data", () -> copies.copyIn(IN, new StringReader("50000\tgood\nx\tbad\n")));
        notes.execute(statement, "SELECT 1");
        notes.execute(statement, "ROLLBACK TO s");
        notes.attempt("bad statement", () -> copies.copyIn("COPY nowhere FROM STDIN", new StringReader("")));
        notes.execute(statement, "ROLLBACK TO s");
        notes.attempt("in broken off", () -> {
            CopyIn in = copies.copyIn(IN);
            in.writeToCopy("50001\tnever".getBytes(StandardCharsets.UTF_8), 0, 11);
            in.cancelCopy();
            notes.note("canceled");
        });
        notes.execute(statement, "ROLLBACK TO s");
        notes.attempt("out that fails", () -> {
            ByteArrayOutputStream sink = new ByteArrayOutputStream();
            copies.copyOut("COPY (SELECT 1 / (5000 - n) FROM generate_series(1, 9000) AS n) TO STDOUT", sink);
        });
        notes.execute(statement, "ROLLBACK TO s");
        notes.attempt("a COPY as a statement", () -> statement.execute(IN));
        notes.execute(statement, "ROLLBACK TO s");
        notes.execute(statement, "SELECT 'usable'");
    }
}
