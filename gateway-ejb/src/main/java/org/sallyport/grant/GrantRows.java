package org.sallyport.grant;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sallyport.record.GrantRecord.Act;
import org.sallyport.record.GrantRecord.Given;
import org.sallyport.record.GrantRecord.Word;
import org.sallyport.record.Page;

/** Reads grants back. */
final class GrantRows {
    private static final String SELECT = """
            SELECT g.id, g.identity, g.connection, g.role, g.labels, g.groups, g.until, g.who, g.reason, g.at,
                   e.act, e.who, e.reason, e.at
            FROM access_grant g LEFT JOIN LATERAL
                 (SELECT * FROM access_grant e WHERE e.id = g.id AND e.act <> 'grant' ORDER BY e.at LIMIT 1) e ON true
            WHERE g.act = 'grant' """;

    private static final String OPEN = SELECT + "AND e.act IS NULL AND ";

    /** Any number that nobody else locks. */
    private static final long LOCK = 0x5A11_9027_0000_0007L;

    private GrantRows() {}

    /** The youngest first. */
    static List<Grant> list(Connection connection, Page page) throws SQLException {
        String sql = SELECT + "ORDER BY g.at DESC, g.id LIMIT ? OFFSET ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setInt(1, page.size());
            query.setInt(2, page.first());
            return grants(query);
        }
    }

    static Optional<Grant> find(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SELECT + "AND g.id = ?")) {
            query.setObject(1, id);
            return grants(query).stream().findFirst();
        }
    }

    /** By the store's clock; each node goes by its own as well, and so by the one that is ahead. */
    static List<Grant> inForce(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(OPEN + "g.until > now()")) {
            return grants(query);
        }
    }

    /** Those whose time is over, and of which nothing says so; of several nodes one at a time, the others get none. */
    static List<Grant> overdue(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_try_advisory_xact_lock(" + LOCK + ")");
                ResultSet row = lock.executeQuery()) {
            row.next();
            if (!row.getBoolean(1)) {
                return List.of();
            }
        }
        try (PreparedStatement query =
                connection.prepareStatement(OPEN + "g.until <= now() ORDER BY g.until LIMIT 100")) {
            return grants(query);
        }
    }

    private static List<Grant> grants(PreparedStatement query) throws SQLException {
        List<Grant> grants = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                Given given = new Given(
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        texts(row.getArray(5)),
                        texts(row.getArray(6)),
                        instant(row, 7));
                String end = row.getString(11);
                Optional<Grant.Ended> ended =
                        end == null ? Optional.empty() : Optional.of(new Grant.Ended(Act.of(end), word(row, 12)));
                grants.add(new Grant(row.getObject(1, UUID.class), given, word(row, 8), ended));
            }
        }
        return grants;
    }

    private static Word word(ResultSet row, int first) throws SQLException {
        return new Word(Optional.ofNullable(row.getString(first)), row.getString(first + 1), instant(row, first + 2));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
