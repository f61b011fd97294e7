package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What pgjdbc does while a statement runs, and what it hears unasked: cancel, time-outs, notifications, large values. */
@WithGateway
class JdbcLiveIT {
    private final Gateway gateway;

    JdbcLiveIT(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void cancelsAndTimesOut() throws Exception {
        String told = Transcript.ofBoth(gateway, "bench", route -> {
            JdbcNotes notes = new JdbcNotes();
            try (Connection connection = route.connect("");
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                notes.error(canceled(statement));
                notes.execute(statement, "SELECT 'ignored'");
                connection.rollback();
                connection.setAutoCommit(true);
                statement.cancel();
                notes.execute(statement, "SELECT 'a cancel that comes too early hits nothing'");
                statement.setQueryTimeout(1);
                notes.execute(statement, "SELECT pg_sleep(60)");
                notes.execute(statement, "SELECT 'quick'");
                statement.setQueryTimeout(0);
                notes.execute(statement, "SET statement_timeout = 100; SELECT pg_sleep(60)");
                notes.note(connection.isValid(10));
            }
            return notes.toString();
        });
        assertThat(told).contains("error 57014", "'quick'", "true");
    }

    private SQLException canceled(Statement statement) throws Exception {
        String sql = "SELECT pg_sleep(60), 'to be canceled'";
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Connection direct = gateway.connectDirectly("bench");
                Statement watching = direct.createStatement()) {
            Future<SQLException> told =
                    threads.submit(() -> catchThrowableOfType(SQLException.class, () -> statement.execute(sql)));
            Eventually.holds("the statement runs", () -> runs(watching, sql));
            statement.cancel();
            return told.get(20, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean runs(Statement watching, String sql) {
        try (ResultSet rows = watching.executeQuery(
                "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query = $$" + sql + "$$")) {
            return rows.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void hearsNotifications() throws Exception {
        String told = Transcript.ofBoth(gateway, "bench", route -> {
            JdbcNotes notes = new JdbcNotes();
            try (Connection listener = route.connect("");
                    Connection speaker = route.connect("");
                    Statement listening = listener.createStatement();
                    Statement speaking = speaker.createStatement()) {
                listening.execute("LISTEN harbour");
                speaking.execute("NOTIFY harbour, 'ship ahoy'");
                heard(listener, notes, 10_000);
                listening.execute("NOTIFY harbour, 'to myself'");
                heard(listener, notes, 10_000);
                listener.setAutoCommit(false);
                listening.execute("SELECT 1");
                speaking.execute("NOTIFY harbour, 'during a transaction'");
                listener.commit();
                heard(listener, notes, 10_000);
                listening.execute("UNLISTEN *");
                listener.commit();
                speaking.execute("NOTIFY harbour, 'unheard'");
                heard(listener, notes, 200);
            }
            return notes.toString();
        });
        assertThat(told).contains("harbour ship ahoy", "harbour to myself", "harbour during a transaction");
    }

    private static void heard(Connection listener, JdbcNotes notes, int millis) throws SQLException {
        PGNotification[] heard = listener.unwrap(PGConnection.class).getNotifications(millis);
        notes.note("heard " + (heard == null ? 0 : heard.length));
        if (heard != null) {
            for (PGNotification notification : heard) {
                notes.note(notification.getName() + " " + notification.getParameter());
            }
        }
    }

    @Test
    void takesLargeValuesThereAndBack() throws Exception {
        String large = "0123456789abcdef".repeat(65_536);
        Transcript.ofBoth(gateway, "bench", route -> {
            try (Connection connection = route.connect("");
                    PreparedStatement statement = connection.prepareStatement("SELECT ?::text, ?::bytea")) {
                statement.setString(1, large);
                statement.setBytes(2, new byte[3_000_000]);
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo(large);
                    assertThat(rows.getBytes(2)).hasSize(3_000_000);
                }
            }
            return "the same";
        });
    }
}
