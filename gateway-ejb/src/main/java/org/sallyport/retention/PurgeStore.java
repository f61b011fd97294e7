package org.sallyport.retention;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sallyport.record.PurgeRecord.Order;
import org.sallyport.record.PurgeRecord.Scope;
import org.sallyport.record.PurgeRecord.Taken;

/** What purges ask of the store, on a connection of its owner's: the gateway's own role can remove nothing. */
final class PurgeStore {
    /** Any number that nobody else locks. */
    private static final long LOCK = 0x5A11_9027_0000_0006L;

    private static final String PLAN = "SELECT * FROM public.plan_purge(?, ?, ?, false)";

    /** By the earlier of two clocks: a node's that was set forward must not make the record look old. */
    private static final String PLAN_A_DAY =
            "SELECT * FROM public.plan_purge(?, NULL, least(?, now() - ? * interval '1 second'), true)";

    /** A later one of the same sessions and more says again what this one says. */
    private static final String WAITING = """
            SELECT id, connection, identity, ended_before, requested_by, reason, at,
                   EXISTS (SELECT FROM public.checkpoint c WHERE c.journal = p.journal AND c.covered >= p.sequence)
            FROM public.purge p
            WHERE NOT EXISTS (SELECT FROM public.purge_done d WHERE d.purge = p.id)
              AND NOT EXISTS (SELECT FROM public.purge l
                              WHERE l.connection IS NOT DISTINCT FROM p.connection AND l.identity IS NOT DISTINCT FROM p.identity
                                AND (l.requested_by IS NULL) = (p.requested_by IS NULL)
                                AND l.at > p.at AND l.ended_before >= p.ended_before)
            ORDER BY at""";

    private final Connection connection;

    PurgeStore(Connection connection) {
        this.connection = connection;
    }

    /** What would be purged now, and by which holds it is what it is. */
    record Plan(Scope scope, Taken taken, List<String> holds) {}

    /**
     * A purge that is on record and has removed nothing yet.
     *
     * @param signed whether a checkpoint covers its record
     */
    record Waiting(UUID id, Scope scope, Order order, boolean signed) {}

    /** Where another node purges, false. */
    boolean lock() throws SQLException {
        return is("SELECT pg_try_advisory_lock(" + LOCK + ")");
    }

    void unlock() throws SQLException {
        boolean unused = is("SELECT pg_advisory_unlock(" + LOCK + ")");
    }

    Plan plan(Scope scope) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(PLAN)) {
            call.setString(1, scope.connection().orElse(null));
            call.setString(2, scope.identity().orElse(null));
            call.setObject(3, scope.endedBefore().atOffset(ZoneOffset.UTC));
            return plan(scope, call);
        }
    }

    /** Of the oldest day that has sessions which have expired, as much as has. */
    Plan planADay(Scope scope, Duration keep) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(PLAN_A_DAY)) {
            call.setString(1, scope.connection().orElse(null));
            call.setObject(2, scope.endedBefore().atOffset(ZoneOffset.UTC));
            call.setLong(3, keep.toSeconds());
            return plan(scope, call);
        }
    }

    private static Plan plan(Scope scope, PreparedStatement call) throws SQLException {
        try (ResultSet row = call.executeQuery()) {
            row.next();
            Scope planned = new Scope(
                    scope.connection(),
                    scope.identity(),
                    row.getObject("ended_before", OffsetDateTime.class).toInstant());
            String[] holds = (String[]) row.getArray("holds").getArray();
            return new Plan(planned, new Taken(row.getLong("records"), row.getBytes("digest")), Arrays.asList(holds));
        }
    }

    List<Waiting> waiting() throws SQLException {
        List<Waiting> waiting = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(WAITING)) {
            while (row.next()) {
                Scope scope = new Scope(
                        Optional.ofNullable(row.getString(2)),
                        Optional.ofNullable(row.getString(3)),
                        row.getObject(4, OffsetDateTime.class).toInstant());
                Order order = new Order(
                        Optional.ofNullable(row.getString(5)),
                        row.getString(6),
                        row.getObject(7, OffsetDateTime.class).toInstant());
                waiting.add(new Waiting(row.getObject(1, UUID.class), scope, order, row.getBoolean(8)));
            }
        }
        return waiting;
    }

    /** Removes what a recorded purge says; false, and nothing is removed, where that is not what would be purged now. */
    boolean carryOut(UUID purge) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement("SELECT public.carry_out_purge(?)")) {
            call.setObject(1, purge);
            return answer(call);
        }
    }

    private boolean is(String question) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(question)) {
            return answer(query);
        }
    }

    private static boolean answer(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
