package org.sallyport.export;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Brings a sink what it has not got yet, in a transaction of its caller's: the position moves on if what was sent is kept. A journal's
 * records come into the store in their order and without gaps, so nothing comes later that stands before it.
 */
final class Courier {
    /** Of one transaction: a few megabytes at most. */
    private static final int BATCH = 500;

    private static final String BEGIN = """
            INSERT INTO export_position (sink, journal, sequence) SELECT ?, id, 0 FROM journal ON CONFLICT DO NOTHING""";

    /** Of the journals that nobody else is at with this sink, the one that has waited longest. */
    private static final String TAKE = """
            SELECT p.journal, p.sequence, j.shipped FROM export_position p JOIN journal j ON j.id = p.journal
            WHERE p.sink = ? AND p.sequence < j.shipped ORDER BY p.at, p.journal LIMIT 1 FOR UPDATE OF p SKIP LOCKED""";

    private static final String ADVANCE =
            "UPDATE export_position SET sequence = ?, at = clock_timestamp() WHERE sink = ? AND journal = ?";

    private static final String LAG = """
            SELECT coalesce(sum(j.shipped - coalesce(p.sequence, 0)), 0)
            FROM journal j LEFT JOIN export_position p ON p.journal = j.id AND p.sink = ?""";

    private static final String EVENTS = """
            SELECT r.sequence, r.kind, r.at, r.session_id, h.identity, h.groups, h.connection, h.client_address,
                   s.number, left(s.text, %d) AS text, s.kinds, s.relations, s.labels, s.rule, s.policy_version,
                   s.approval_id::text, s.decided_by, s.refused_with,
                   o.command_tag, o.sql_state, o.row_count, o.byte_count, o.duration_micros, r.reason
            FROM (SELECT * FROM (
                    $PART('SESSION', started, id, NULL::bigint, NULL::text, session)
                    UNION ALL $PART('STATEMENT', decided, session_id, number, NULL, statement)
                    UNION ALL $PART('OUTCOME', completed, session_id, number, NULL, outcome)
                    UNION ALL $PART('SESSION_END', ended, session_id, NULL, reason, session_end)
                  ) part (sequence, kind, at, session_id, number, reason) ORDER BY sequence LIMIT %d) r
            LEFT JOIN session h ON h.id = r.session_id
            LEFT JOIN statement s ON s.session_id = r.session_id AND s.number = r.number
            LEFT JOIN outcome o ON r.kind = 'OUTCOME' AND o.session_id = r.session_id AND o.number = r.number
            ORDER BY r.sequence""".formatted(Event.Statement.LONGEST_TEXT + 1, BATCH).replaceAll(
            "\\$PART\\(('\\w+'), (\\w+), (\\w+), ([\\w:]+), ([\\w:]+), (\\w+)\\)",
            "(SELECT sequence, $1, $2, $3, $4, $5 FROM $6 WHERE journal = ? AND sequence > ? AND sequence <= ?"
                    + " ORDER BY sequence LIMIT " + BATCH + ")");

    private static final int PARTS = 4;

    private final Connection connection;

    Courier(Connection connection) {
        this.connection = connection;
    }

    /** A journal's records behind a position, up to where the store has them. */
    private record Task(UUID journal, long after, long shipped) {}

    /**
     * Sends what comes next.
     *
     * @return whether there was something to send
     */
    boolean send(Sink sink) throws SQLException, IOException {
        Optional<Task> task = take(sink.name());
        if (task.isEmpty()) {
            return false;
        }
        List<Event> events = events(task.get());
        if (!events.isEmpty()) {
            sink.send(events);
        }
        // Checkpoints, and what no table took, are no events.
        long reached = events.size() < BATCH
                ? task.get().shipped()
                : events.get(BATCH - 1).sequence();
        try (PreparedStatement update = connection.prepareStatement(ADVANCE)) {
            update.setLong(1, reached);
            update.setString(2, sink.name());
            update.setObject(3, task.get().journal());
            update.executeUpdate();
        }
        return true;
    }

    private Optional<Task> take(String sink) throws SQLException {
        try (PreparedStatement begin = connection.prepareStatement(BEGIN);
                PreparedStatement take = connection.prepareStatement(TAKE)) {
            begin.setString(1, sink);
            begin.executeUpdate();
            take.setString(1, sink);
            try (ResultSet row = take.executeQuery()) {
                return row.next()
                        ? Optional.of(new Task(row.getObject(1, UUID.class), row.getLong(2), row.getLong(3)))
                        : Optional.empty();
            }
        }
    }

    /** How many records the store has that the sink has not. */
    long lag(Sink sink) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(LAG)) {
            query.setString(1, sink.name());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private List<Event> events(Task task) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(EVENTS)) {
            for (int part = 0; part < PARTS; part++) {
                query.setObject(3 * part + 1, task.journal());
                query.setLong(3 * part + 2, task.after());
                query.setLong(3 * part + 3, task.shipped());
            }
            List<Event> events = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    events.add(event(task.journal(), row));
                }
            }
            return events;
        }
    }

    private static Event event(UUID journal, ResultSet row) throws SQLException {
        Event.Kind kind = Event.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT));
        return new Event(
                journal,
                row.getLong("sequence"),
                kind,
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new Event.Session(
                        row.getObject("session_id", UUID.class),
                        text(row, "identity"),
                        texts(row, "groups"),
                        text(row, "connection"),
                        text(row, "client_address")),
                row.getString("text") == null ? Optional.empty() : Optional.of(statement(row)),
                row.getString("command_tag") == null ? Optional.empty() : Optional.of(outcome(row)),
                Optional.ofNullable(row.getString("reason")));
    }

    private static Event.Statement statement(ResultSet row) throws SQLException {
        return new Event.Statement(
                row.getLong("number"),
                text(row, "text"),
                texts(row, "kinds"),
                texts(row, "relations"),
                texts(row, "labels"),
                text(row, "rule"),
                text(row, "policy_version"),
                Optional.ofNullable(row.getString("approval_id")),
                Optional.ofNullable(row.getString("decided_by")),
                Optional.ofNullable(row.getString("refused_with")));
    }

    private static Event.Outcome outcome(ResultSet row) throws SQLException {
        return new Event.Outcome(
                text(row, "command_tag"),
                Optional.ofNullable(row.getString("sql_state")),
                row.getLong("row_count"),
                row.getLong("byte_count"),
                row.getLong("duration_micros"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).orElse("");
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        var array = row.getArray(column);
        return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
    }
}
