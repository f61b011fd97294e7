package org.sallyport.record;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** Reads what happened in a session in the order of its times: first which events there are, then what they say. */
final class Timeline {
    /** Of a statement that waits still, and of the end: behind all that have a number. */
    private static final long LAST = Long.MAX_VALUE / SessionEvent.Kind.STEPS - 1;

    private static final String KEYS = """
            SELECT at, place, approval FROM (
                SELECT started AS at, 0::bigint AS place, NULL::uuid AS approval, id AS session FROM session
                UNION ALL SELECT asked, number * 8 + 1, NULL, session_id FROM statement
                UNION ALL SELECT decided, number * 8 + 4, NULL, session_id FROM statement
                UNION ALL SELECT completed, number * 8 + 5, NULL, session_id FROM outcome
                UNION ALL SELECT a.held_at, coalesce(s.number, $LAST) * 8 + 2, a.id, a.session_id
                          FROM approval a LEFT JOIN statement s ON s.session_id = a.session_id AND s.approval_id = a.id
                UNION ALL SELECT coalesce(a.decided_at, a.closed_at), coalesce(s.number, $LAST) * 8 + 3, a.id, a.session_id
                          FROM approval a LEFT JOIN statement s ON s.session_id = a.session_id AND s.approval_id = a.id
                          WHERE coalesce(a.decided_at, a.closed_at) IS NOT NULL
                UNION ALL SELECT ended, $LAST * 8 + 6, NULL, session_id FROM session_end
            ) event WHERE session = ? AND (at, place) > (?, ?) ORDER BY at, place LIMIT ?""".replace("$LAST", String.valueOf(LAST));

    private static final String APPROVALS = """
            SELECT id, guardrail, reason, approver_groups, held_at, state, decided_by, decision_reason,
                   coalesce(decided_at, closed_at)
            FROM approval WHERE session_id = ? AND (?::uuid[] IS NULL OR id = ANY (?::uuid[])) ORDER BY held_at, id LIMIT 10000""";

    private final EntityManager entities;
    private final UUID session;

    Timeline(EntityManager entities, UUID session) {
        this.entities = entities;
        this.session = session;
    }

    List<SessionEvent> events(Optional<Position> after, int limit) {
        List<SessionEvent.Key> keys =
                entities.unwrap(Session.class).doReturningWork(connection -> keys(connection, after, limit));
        Map<Long, RecordedStatement> statements = statements(
                keys.stream().map(SessionEvent.Key::number).distinct().toList());
        UUID[] held =
                keys.stream().flatMap(key -> key.approval().stream()).distinct().toArray(UUID[]::new);
        Map<UUID, RecordedApproval> approvals = (held.length == 0 ? List.<RecordedApproval>of() : approvals(held))
                .stream().collect(Collectors.toMap(RecordedApproval::id, Function.identity()));
        return keys.stream()
                .map(key -> new SessionEvent(
                        key.kind(),
                        new Position(key.at(), session, key.place()),
                        Optional.ofNullable(statements.get(key.number())),
                        key.approval().map(approvals::get)))
                .toList();
    }

    private List<SessionEvent.Key> keys(Connection connection, Optional<Position> after, int limit)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(KEYS)) {
            query.setQueryTimeout((int) Search.LONGEST.toSeconds());
            query.setObject(1, session);
            query.setObject(2, after.map(Position::at).orElse(Instant.EPOCH).atOffset(ZoneOffset.UTC));
            query.setLong(3, after.map(Position::number).orElse(-1L));
            query.setInt(4, limit);
            List<SessionEvent.Key> keys = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    keys.add(new SessionEvent.Key(
                            instant(rows, 1), rows.getLong(2), Optional.ofNullable(rows.getObject(3, UUID.class))));
                }
            }
            return keys;
        }
    }

    private Map<Long, RecordedStatement> statements(List<Long> numbers) {
        Abridging abridging = new Abridging();
        return entities.createQuery("""
                        select s, o from StatementRecord s left join OutcomeRecord o on o.key = s.key
                        where s.key.session = :session and s.key.number in :numbers
                        order by s.key.number""", Object[].class)
                .setParameter("session", session)
                .setParameter("numbers", numbers)
                .setHint(Abridging.FETCH_SIZE, Abridging.ROWS_AT_ONCE)
                .getResultStream()
                .map(row -> abridging.fitted(Chronicle.taken(entities, row)))
                .collect(Collectors.toMap(RecordedStatement::number, Function.identity()));
    }

    /** @param ids those that are wanted; none for all of the session */
    List<RecordedApproval> approvals(UUID... ids) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (PreparedStatement query = connection.prepareStatement(APPROVALS)) {
                query.setObject(1, session);
                for (int i = 2; i <= 3; i++) {
                    query.setArray(i, ids.length == 0 ? null : connection.createArrayOf("uuid", ids));
                }
                List<RecordedApproval> approvals = new ArrayList<>();
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        approvals.add(approval(rows));
                    }
                }
                return approvals;
            }
        });
    }

    private static RecordedApproval approval(ResultSet row) throws SQLException {
        Optional<OffsetDateTime> closed = Optional.ofNullable(row.getObject(9, OffsetDateTime.class));
        return new RecordedApproval(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                Arrays.asList((String[]) row.getArray(4).getArray()),
                instant(row, 5),
                row.getString(6),
                Optional.ofNullable(row.getString(7)),
                Optional.ofNullable(row.getString(8)),
                closed.map(OffsetDateTime::toInstant));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
