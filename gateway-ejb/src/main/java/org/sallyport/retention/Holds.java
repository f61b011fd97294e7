package org.sallyport.retention;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sallyport.record.HoldRecord.Scope;
import org.sallyport.record.HoldRecord.Word;
import org.sallyport.record.Page;

/** Reads holds back. */
final class Holds {
    private static final String SELECT = """
            SELECT h.id, h.session_id, h.connection, h.who, h.reason, h.at, r.who, r.reason, r.at
            FROM legal_hold h LEFT JOIN LATERAL
                 (SELECT * FROM legal_hold r WHERE r.id = h.id AND r.act = 'release' ORDER BY r.at LIMIT 1) r ON true
            WHERE h.act = 'hold' """;

    private Holds() {}

    static List<Hold> list(Connection connection, Page page) throws SQLException {
        String sql = SELECT + "ORDER BY h.at DESC, h.id LIMIT ? OFFSET ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setInt(1, page.size());
            query.setInt(2, page.first());
            return holds(query);
        }
    }

    static Optional<Hold> find(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SELECT + "AND h.id = ?")) {
            query.setObject(1, id);
            return holds(query).stream().findFirst();
        }
    }

    static boolean concerns(Connection connection, Scope scope) throws SQLException {
        String sql =
                "SELECT EXISTS (SELECT FROM session WHERE id = ?) OR EXISTS (SELECT FROM session WHERE connection = ?)";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setObject(1, scope.session().orElse(null));
            query.setString(2, scope.connection().orElse(null));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static List<Hold> holds(PreparedStatement query) throws SQLException {
        List<Hold> holds = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                Scope scope = new Scope(
                        Optional.ofNullable(row.getObject(2, UUID.class)), Optional.ofNullable(row.getString(3)));
                Optional<Word> released = row.getString(7) == null ? Optional.empty() : Optional.of(word(row, 7));
                holds.add(new Hold(row.getObject(1, UUID.class), scope, word(row, 4), released));
            }
        }
        return holds;
    }

    private static Word word(ResultSet row, int first) throws SQLException {
        return new Word(
                row.getString(first),
                row.getString(first + 1),
                row.getObject(first + 2, OffsetDateTime.class).toInstant());
    }
}
