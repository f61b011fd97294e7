package org.sallyport.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sallyport.checkpoint.Checkpoint;

/**
 * Writes a shipment with one statement for each table, its rows as arrays: some microseconds a row for both sides, where a
 * row's own INSERT costs ten times that. Arrays of texts and numbers travel in binary, which those of other types do not.
 */
final class Rows {
    private static final String SESSIONS = """
            INSERT INTO session (journal, sequence, salt, commitment, id, identity, groups, connection, client_address, started,
                                 gateway_version, policy_version)
            SELECT ?::uuid, sequence, salt, commitment, id::uuid, identity, groups::text[], connection, client_address,
                   'epoch'::timestamptz + started * interval '1 microsecond', gateway_version, policy_version
            FROM unnest(?::bigint[], ?::bytea[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                        ?::text[], ?::text[])
              AS row (sequence, salt, commitment, id, identity, groups, connection, client_address, started,
                      gateway_version, policy_version)""";

    private static final String STATEMENTS = """
            INSERT INTO statement (journal, sequence, salt, commitment, session_id, number, phase, text, parameters, asked, kinds,
                                   verdict, rule, policy_version, approval_id, refused_with, decided, relations, labels,
                                   decided_by, decision_reason)
            SELECT ?::uuid, sequence, salt, commitment, session_id::uuid, number, phase, text, parameters::text[],
                   'epoch'::timestamptz + asked * interval '1 microsecond', kinds::text[],
                   CASE WHEN refused_with IS NULL THEN 'PERMIT' ELSE 'DENY' END, rule, policy_version,
                   approval_id::uuid, refused_with, 'epoch'::timestamptz + decided * interval '1 microsecond',
                   relations::text[], labels::text[], decided_by, decision_reason
            FROM unnest(?::bigint[], ?::bytea[], ?::bytea[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                        ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[],
                        ?::text[], ?::text[])
              AS row (sequence, salt, commitment, session_id, number, phase, text, parameters, asked, kinds, rule,
                      policy_version, approval_id, refused_with, decided, relations, labels, decided_by, decision_reason)""";

    private static final String OUTCOMES = """
            INSERT INTO outcome (journal, sequence, salt, commitment, session_id, number, command_tag, sql_state, row_count,
                                 byte_count, duration_micros, completed, found)
            SELECT ?::uuid, sequence, salt, commitment, session_id::uuid, number, command_tag, sql_state, row_count, byte_count,
                   duration_micros, 'epoch'::timestamptz + completed * interval '1 microsecond', found::text[]
            FROM unnest(?::bigint[], ?::bytea[], ?::bytea[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::bigint[],
                        ?::bigint[], ?::bigint[], ?::text[])
              AS row (sequence, salt, commitment, session_id, number, command_tag, sql_state, row_count, byte_count,
                      duration_micros, completed, found)""";

    private static final String RESULT_CHUNKS = """
            INSERT INTO result_chunk (journal, sequence, salt, commitment, session_id, number, chunk, row_count, byte_count, at,
                                      encoding, content)
            SELECT ?::uuid, sequence, salt, commitment, session_id::uuid, number, chunk, row_count, byte_count,
                   'epoch'::timestamptz + at * interval '1 microsecond', encoding, content
            FROM unnest(?::bigint[], ?::bytea[], ?::bytea[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                        ?::bigint[], ?::text[], ?::bytea[])
              AS row (sequence, salt, commitment, session_id, number, chunk, row_count, byte_count, at, encoding, content)""";

    private static final String ENDS = """
            INSERT INTO session_end (journal, sequence, salt, commitment, session_id, ended, reason)
            SELECT ?::uuid, sequence, salt, commitment, session_id::uuid,
                   'epoch'::timestamptz + ended * interval '1 microsecond', reason
            FROM unnest(?::bigint[], ?::bytea[], ?::bytea[], ?::text[], ?::bigint[], ?::text[])
              AS row (sequence, salt, commitment, session_id, ended, reason)""";

    private static final String CHECKPOINTS = """
            INSERT INTO checkpoint (journal, sequence, salt, commitment, covered, chain, at, key_id, signature)
            SELECT ?::uuid, sequence, salt, commitment, covered, chain,
                   'epoch'::timestamptz + at * interval '1 microsecond', key_id, signature
            FROM unnest(?::bigint[], ?::bytea[], ?::bytea[], ?::bigint[], ?::bytea[], ?::bigint[], ?::text[], ?::bytea[])
              AS row (sequence, salt, commitment, covered, chain, at, key_id, signature)""";

    private static final String PURGES = """
            INSERT INTO purge (journal, sequence, salt, commitment, id, connection, identity, ended_before, records, digest, holds,
                               requested_by, reason, at)
            SELECT ?::uuid, sequence, salt, commitment, id::uuid, connection, identity,
                   'epoch'::timestamptz + ended_before * interval '1 microsecond', records, digest, holds::text[], requested_by, reason,
                   'epoch'::timestamptz + at * interval '1 microsecond'
            FROM unnest(?::bigint[], ?::bytea[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bytea[],
                        ?::text[], ?::text[], ?::text[], ?::bigint[])
              AS row (sequence, salt, commitment, id, connection, identity, ended_before, records, digest, holds, requested_by,
                      reason, at)""";

    private static final String HOLDS = """
            INSERT INTO legal_hold (journal, sequence, salt, commitment, id, act, session_id, connection, who, reason, at)
            SELECT ?::uuid, sequence, salt, commitment, id::uuid, act, session_id::uuid, connection, who, reason,
                   'epoch'::timestamptz + at * interval '1 microsecond'
            FROM unnest(?::bigint[], ?::bytea[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::bigint[])
              AS row (sequence, salt, commitment, id, act, session_id, connection, who, reason, at)""";

    private static final String GRANTS = """
            INSERT INTO access_grant (journal, sequence, salt, commitment, id, act, identity, connection, role, labels, groups, until,
                                      who, reason, at)
            SELECT ?::uuid, sequence, salt, commitment, id::uuid, act, identity, connection, role, labels::text[], groups::text[],
                   'epoch'::timestamptz + until * interval '1 microsecond', who, reason,
                   'epoch'::timestamptz + at * interval '1 microsecond'
            FROM unnest(?::bigint[], ?::bytea[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::bigint[], ?::text[], ?::text[], ?::bigint[])
              AS row (sequence, salt, commitment, id, act, identity, connection, role, labels, groups, until, who, reason, at)""";

    private static final String STRAYS = """
            INSERT INTO stray_record (journal, sequence, salt, commitment, payload, why)
            SELECT ?::uuid, sequence, salt, commitment, payload, why
            FROM unnest(?::bigint[], ?::bytea[], ?::bytea[], ?::bytea[], ?::text[])
              AS row (sequence, salt, commitment, payload, why)""";

    private static final String UNENDED = """
            SELECT id FROM session s WHERE journal = ? AND sequence <= ?
            AND NOT EXISTS (SELECT FROM session_end e WHERE e.session_id = s.id) ORDER BY sequence""";

    private static final String BEGIN =
            "INSERT INTO journal (id, shipped, chain) VALUES (?, 0, ?) ON CONFLICT DO NOTHING";

    private static final String ADVANCE =
            "UPDATE journal SET shipped = ?, chain = ?, at = now() WHERE id = ? AND shipped = ?";

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
        add(STRAYS, shipment, byte[].class, (insert, rows) -> {
            insert.bytes(rows, row -> row);
            insert.texts(rows, row -> why);
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
        add(SESSIONS, shipment, SessionRecord.class, (insert, rows) -> {
            insert.ids(rows, SessionRecord::id);
            insert.texts(rows, SessionRecord::identity);
            insert.lists(rows, SessionRecord::groups);
            insert.texts(rows, SessionRecord::connection);
            insert.texts(rows, SessionRecord::clientAddress);
            insert.instants(rows, SessionRecord::started);
            insert.texts(rows, SessionRecord::gatewayVersion);
            insert.texts(rows, SessionRecord::policyVersion);
        });
    }

    private void addStatements(Shipment shipment) throws SQLException {
        add(STATEMENTS, shipment, StatementRecord.class, (insert, rows) -> {
            insert.ids(rows, row -> row.key().session());
            insert.numbers(rows, row -> row.key().number());
            insert.texts(rows, StatementRecord::phase);
            insert.texts(rows, StatementRecord::text);
            insert.lists(rows, StatementRecord::parameters);
            insert.instants(rows, StatementRecord::asked);
            insert.lists(rows, StatementRecord::kinds);
            insert.texts(rows, StatementRecord::rule);
            insert.texts(rows, StatementRecord::policyVersion);
            insert.ids(rows, row -> row.approval().orElse(null));
            insert.texts(rows, row -> row.refusedWith().orElse(null));
            insert.instants(rows, StatementRecord::decided);
            insert.lists(rows, row -> row.touched().relations());
            insert.lists(rows, row -> row.touched().labels());
            insert.texts(
                    rows,
                    row -> row.held().flatMap(StatementRecord.Held::decidedBy).orElse(null));
            insert.texts(
                    rows,
                    row -> row.held().flatMap(StatementRecord.Held::reason).orElse(null));
        });
    }

    private void addResultChunks(Shipment shipment) throws SQLException {
        add(RESULT_CHUNKS, shipment, ResultChunkRecord.class, (insert, rows) -> {
            insert.ids(rows, row -> row.key().session());
            insert.numbers(rows, row -> row.key().number());
            insert.numbers(rows, row -> (long) row.key().chunk());
            insert.numbers(rows, ResultChunkRecord::rows);
            insert.numbers(rows, ResultChunkRecord::bytes);
            insert.instants(rows, ResultChunkRecord::at);
            insert.texts(rows, row -> row.content().encoding().orElse(null));
            insert.bytes(rows, row -> row.content().bytes());
        });
    }

    private void addOutcomes(Shipment shipment) throws SQLException {
        add(OUTCOMES, shipment, OutcomeRecord.class, (insert, rows) -> {
            insert.ids(rows, row -> row.key().session());
            insert.numbers(rows, row -> row.key().number());
            insert.texts(rows, OutcomeRecord::commandTag);
            insert.texts(rows, row -> row.sqlState().orElse(null));
            insert.numbers(rows, OutcomeRecord::rows);
            insert.numbers(rows, OutcomeRecord::bytes);
            insert.numbers(
                    rows, row -> TimeUnit.NANOSECONDS.toMicros(row.duration().toNanos()));
            insert.instants(rows, OutcomeRecord::completed);
            insert.lists(rows, OutcomeRecord::found);
        });
    }

    private void addEnds(Shipment shipment) throws SQLException {
        add(ENDS, shipment, SessionEndRecord.class, (insert, rows) -> {
            insert.ids(rows, SessionEndRecord::session);
            insert.instants(rows, SessionEndRecord::ended);
            insert.texts(rows, SessionEndRecord::reason);
        });
    }

    private void addCheckpoints(Shipment shipment) throws SQLException {
        add(CHECKPOINTS, shipment, Checkpoint.class, (insert, rows) -> {
            insert.numbers(rows, row -> row.head().sequence());
            insert.bytes(rows, row -> row.head().chain());
            insert.instants(rows, Checkpoint::at);
            insert.texts(rows, row -> row.signature().key());
            insert.bytes(rows, row -> row.signature().bytes());
        });
    }

    private void addPurges(Shipment shipment) throws SQLException {
        add(PURGES, shipment, PurgeRecord.class, (insert, rows) -> {
            insert.ids(rows, PurgeRecord::id);
            insert.texts(rows, row -> row.scope().connection().orElse(null));
            insert.texts(rows, row -> row.scope().identity().orElse(null));
            insert.instants(rows, row -> row.scope().endedBefore());
            insert.numbers(rows, row -> row.taken().records());
            insert.bytes(rows, row -> row.taken().digest());
            insert.lists(rows, PurgeRecord::holds);
            insert.texts(rows, row -> row.order().by().orElse(null));
            insert.texts(rows, row -> row.order().reason());
            insert.instants(rows, row -> row.order().at());
        });
    }

    private void addHolds(Shipment shipment) throws SQLException {
        add(HOLDS, shipment, HoldRecord.class, (insert, rows) -> {
            insert.ids(rows, HoldRecord::id);
            insert.texts(rows, row -> row.act().code());
            insert.ids(rows, row -> row.scope().session().orElse(null));
            insert.texts(rows, row -> row.scope().connection().orElse(null));
            insert.texts(rows, row -> row.word().who());
            insert.texts(rows, row -> row.word().reason());
            insert.instants(rows, row -> row.word().at());
        });
    }

    private void addGrants(Shipment shipment) throws SQLException {
        add(GRANTS, shipment, GrantRecord.class, (insert, rows) -> {
            insert.ids(rows, GrantRecord::id);
            insert.texts(rows, row -> row.act().code());
            insert.texts(rows, row -> row.given().identity());
            insert.texts(rows, row -> row.given().connection());
            insert.texts(rows, row -> row.given().role());
            insert.lists(rows, row -> row.given().labels());
            insert.lists(rows, row -> row.given().groups());
            insert.instants(rows, row -> row.given().until());
            insert.texts(rows, row -> row.word().who().orElse(null));
            insert.texts(rows, row -> row.word().reason());
            insert.instants(rows, row -> row.word().at());
        });
    }

    /** Sets an INSERT's arrays. */
    private interface Columns<T> {
        void set(Insert insert, List<T> rows) throws SQLException;
    }

    private <T> void add(String sql, Shipment shipment, Class<T> type, Columns<T> columns) throws SQLException {
        List<Carried<T>> carried = shipment.all(type);
        if (carried.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Insert insert = new Insert(connection, statement);
            insert.id(shipment.journal());
            insert.numbers(carried, Carried::sequence);
            insert.bytes(carried, row -> row.seal().salt());
            insert.bytes(carried, row -> row.seal().commitment());
            columns.set(insert, carried.stream().map(Carried::row).toList());
            if (statement.executeUpdate() != carried.size()) {
                throw new IllegalStateException("fewer rows added than there are records");
            }
        }
    }

    /** An INSERT whose columns are set one after the other, each for all rows. */
    private static final class Insert {
        private final Connection connection;
        private final PreparedStatement statement;
        private int column;

        Insert(Connection connection, PreparedStatement statement) {
            this.connection = connection;
            this.statement = statement;
        }

        /** For all rows the same. */
        void id(UUID value) throws SQLException {
            statement.setObject(++column, value);
        }

        <T> void ids(List<T> rows, Function<T, @Nullable UUID> value) throws SQLException {
            texts(rows, row -> {
                UUID id = value.apply(row);
                return id == null ? null : id.toString();
            });
        }

        <T> void texts(List<T> rows, Function<T, @Nullable String> value) throws SQLException {
            set("text", rows.stream().map(value).toArray(String[]::new));
        }

        <T> void numbers(List<T> rows, Function<T, Long> value) throws SQLException {
            set("int8", rows.stream().map(value).toArray(Long[]::new));
        }

        <T> void bytes(List<T> rows, Function<T, byte[]> value) throws SQLException {
            set("bytea", rows.stream().map(value).toArray(byte[][]::new));
        }

        <T> void instants(List<T> rows, Function<T, Instant> value) throws SQLException {
            numbers(rows, row -> ChronoUnit.MICROS.between(Instant.EPOCH, value.apply(row)));
        }

        /** A list is an array's literal: arrays of arrays would have to be of one length. */
        <T> void lists(List<T> rows, Function<T, List<? extends @Nullable String>> value) throws SQLException {
            String[] literals = new String[rows.size()];
            List<?> last = List.of();
            String literal = "{}";
            for (int i = 0; i < literals.length; i++) {
                List<?> list = value.apply(rows.get(i));
                if (!list.equals(last)) {
                    literal = connection.createArrayOf("text", list.toArray()).toString();
                    last = list;
                }
                literals[i] = literal;
            }
            set("text", literals);
        }

        private void set(String type, Object[] values) throws SQLException {
            column++;
            statement.setArray(column, connection.createArrayOf(type, values));
        }
    }
}
