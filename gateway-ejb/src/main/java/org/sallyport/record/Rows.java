package org.sallyport.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.sallyport.checkpoint.Checkpoint;

/**
 * Writes a shipment with one COPY for each table: some microseconds a row for both sides, where a row's own INSERT costs ten
 * times that.
 */
final class Rows {
    private static final String UNENDED = """
            SELECT id FROM session s WHERE journal = ? AND sequence <= ?
            AND NOT EXISTS (SELECT FROM session_end e WHERE e.session_id = s.id) ORDER BY sequence""";

    private static final String BEGIN =
            "INSERT INTO journal (id, shipped, chain) VALUES (?, 0, ?) ON CONFLICT DO NOTHING";

    private static final String ADVANCE =
            "UPDATE journal SET shipped = ?, chain = ?, at = now() WHERE id = ? AND shipped = ?";

    private static final String LIVE = "UPDATE journal SET at = now() WHERE id = ?";

    private final Connection connection;

    Rows(Connection connection) {
        this.connection = connection;
    }

    static Shipped shipped(Connection connection, UUID journal) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT shipped, chain FROM journal WHERE id = ?")) {
            query.setObject(1, journal);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? new Shipped(row.getLong(1), row.getBytes(2)) : Shipped.NOTHING;
            }
        }
    }

    static List<UUID> unended(Connection connection, UUID journal, long upTo) throws SQLException {
        List<UUID> sessions = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(UNENDED)) {
            query.setObject(1, journal);
            query.setLong(2, upTo);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    sessions.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return sessions;
    }

    static void live(Connection connection, UUID journal) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(LIVE)) {
            update.setObject(1, journal);
            update.executeUpdate();
        }
    }

    void add(Shipment shipment) throws SQLException {
        advance(shipment);
        addSessions(shipment);
        addStatements(shipment);
        addResultChunks(shipment);
        addOutcomes(shipment);
        addEnds(shipment);
        addCheckpoints(shipment);
        addPurges(shipment);
        addHolds(shipment);
        addGrants(shipment);
    }

    void addStray(Shipment shipment, String why) throws SQLException {
        advance(shipment);
        add("stray_record", "payload, why", shipment, byte[].class, (copy, payload) -> {
            copy.bytes(payload);
            copy.text(why);
        });
    }

    private void advance(Shipment shipment) throws SQLException {
        if (shipment.after() == 0) {
            try (PreparedStatement insert = connection.prepareStatement(BEGIN)) {
                insert.setObject(1, shipment.journal());
                insert.setBytes(2, Shipped.NOTHING.chain());
                insert.executeUpdate();
            }
        }
        try (PreparedStatement update = connection.prepareStatement(ADVANCE)) {
            update.setLong(1, shipment.through().sequence());
            update.setBytes(2, shipment.through().chain());
            update.setObject(3, shipment.journal());
            update.setLong(4, shipment.after());
            if (update.executeUpdate() != 1) {
                throw new IllegalStateException("the store does not have this journal up to record " + shipment.after()
                        + ", or has more of it");
            }
        }
    }

    private void addSessions(Shipment shipment) throws SQLException {
        String columns = "id, identity, groups, connection, client_address, started, gateway_version, policy_version";
        add("session", columns, shipment, SessionRecord.class, (copy, session) -> {
            copy.id(session.id());
            copy.text(session.identity());
            copy.texts(session.groups());
            copy.text(session.connection());
            copy.text(session.clientAddress());
            copy.instant(session.started());
            copy.text(session.gatewayVersion());
            copy.text(session.policyVersion());
        });
    }

    private void addStatements(Shipment shipment) throws SQLException {
        String columns =
                "session_id, number, phase, text, parameters, asked, kinds, verdict, rule, policy_version, approval_id,"
                        + " refused_with, decided, relations, labels, decided_by, decision_reason";
        add("statement", columns, shipment, StatementRecord.class, (copy, statement) -> {
            copy.id(statement.key().session());
            copy.number(statement.key().number());
            copy.text(statement.phase());
            copy.text(statement.text());
            copy.texts(statement.parameters());
            copy.instant(statement.asked());
            copy.texts(statement.kinds());
            copy.text(statement.verdict());
            copy.text(statement.rule());
            copy.text(statement.policyVersion());
            copy.id(statement.approval().orElse(null));
            copy.text(statement.refusedWith().orElse(null));
            copy.instant(statement.decided());
            copy.texts(statement.touched().relations());
            copy.texts(statement.touched().labels());
            copy.text(statement.held().flatMap(StatementRecord.Held::decidedBy).orElse(null));
            copy.text(statement.held().flatMap(StatementRecord.Held::reason).orElse(null));
        });
    }

    private void addResultChunks(Shipment shipment) throws SQLException {
        String columns = "session_id, number, chunk, row_count, byte_count, at, encoding, content";
        add("result_chunk", columns, shipment, ResultChunkRecord.class, (copy, chunk) -> {
            copy.id(chunk.key().session());
            copy.number(chunk.key().number());
            copy.number(chunk.key().chunk());
            copy.number(chunk.rows());
            copy.number(chunk.bytes());
            copy.instant(chunk.at());
            copy.text(chunk.content().encoding().orElse(null));
            copy.bytes(chunk.content().bytes());
        });
    }

    private void addOutcomes(Shipment shipment) throws SQLException {
        String columns =
                "session_id, number, command_tag, sql_state, row_count, byte_count, duration_micros, completed, found";
        add("outcome", columns, shipment, OutcomeRecord.class, (copy, outcome) -> {
            copy.id(outcome.key().session());
            copy.number(outcome.key().number());
            copy.text(outcome.commandTag());
            copy.text(outcome.sqlState().orElse(null));
            copy.number(outcome.rows());
            copy.number(outcome.bytes());
            copy.number(TimeUnit.NANOSECONDS.toMicros(outcome.duration().toNanos()));
            copy.instant(outcome.completed());
            copy.texts(outcome.found());
        });
    }

    private void addEnds(Shipment shipment) throws SQLException {
        add("session_end", "session_id, ended, reason", shipment, SessionEndRecord.class, (copy, end) -> {
            copy.id(end.session());
            copy.instant(end.ended());
            copy.text(end.reason());
        });
    }

    private void addCheckpoints(Shipment shipment) throws SQLException {
        add("checkpoint", "covered, chain, at, key_id, signature", shipment, Checkpoint.class, (copy, checkpoint) -> {
            copy.number(checkpoint.head().sequence());
            copy.bytes(checkpoint.head().chain());
            copy.instant(checkpoint.at());
            copy.text(checkpoint.signature().key());
            copy.bytes(checkpoint.signature().bytes());
        });
    }

    private void addPurges(Shipment shipment) throws SQLException {
        String columns = "id, connection, identity, ended_before, records, digest, holds, requested_by, reason, at";
        add("purge", columns, shipment, PurgeRecord.class, (copy, purge) -> {
            copy.id(purge.id());
            copy.text(purge.scope().connection().orElse(null));
            copy.text(purge.scope().identity().orElse(null));
            copy.instant(purge.scope().endedBefore());
            copy.number(purge.taken().records());
            copy.bytes(purge.taken().digest());
            copy.texts(purge.holds());
            copy.text(purge.order().by().orElse(null));
            copy.text(purge.order().reason());
            copy.instant(purge.order().at());
        });
    }

    private void addHolds(Shipment shipment) throws SQLException {
        add(
                "legal_hold",
                "id, act, session_id, connection, who, reason, at",
                shipment,
                HoldRecord.class,
                (copy, hold) -> {
                    copy.id(hold.id());
                    copy.text(hold.act().code());
                    copy.id(hold.scope().session().orElse(null));
                    copy.text(hold.scope().connection().orElse(null));
                    copy.text(hold.word().who());
                    copy.text(hold.word().reason());
                    copy.instant(hold.word().at());
                });
    }

    private void addGrants(Shipment shipment) throws SQLException {
        String columns = "id, act, identity, connection, role, labels, groups, until, who, reason, at";
        add("access_grant", columns, shipment, GrantRecord.class, (copy, grant) -> {
            copy.id(grant.id());
            copy.text(grant.act().code());
            copy.text(grant.given().identity());
            copy.text(grant.given().connection());
            copy.text(grant.given().role());
            copy.texts(grant.given().labels());
            copy.texts(grant.given().groups());
            copy.instant(grant.given().until());
            copy.text(grant.word().who().orElse(null));
            copy.text(grant.word().reason());
            copy.instant(grant.word().at());
        });
    }

    /** Gives a row's fields. */
    private interface Fields<T> {
        void give(BinaryCopy copy, T row);
    }

    private <T> void add(String table, String columns, Shipment shipment, Class<T> type, Fields<T> fields)
            throws SQLException {
        List<Carried<T>> carried = shipment.all(type);
        if (carried.isEmpty()) {
            return;
        }
        String target = table + " (journal, sequence, salt, commitment, " + columns + ")";
        try (BinaryCopy copy = new BinaryCopy(connection, target)) {
            for (Carried<T> each : carried) {
                copy.row();
                copy.id(shipment.journal());
                copy.number(each.sequence());
                copy.bytes(each.seal().salt());
                copy.bytes(each.seal().commitment());
                fields.give(copy, each.row());
            }
            if (copy.end() != carried.size()) {
                throw new IllegalStateException("fewer rows added than there are records");
            }
        }
    }
}
