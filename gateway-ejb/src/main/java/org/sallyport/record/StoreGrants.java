package org.sallyport.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** What the gateway's role may do in a store that another role owns: add to the record, and say how far a journal has come. */
final class StoreGrants {
    private static final List<String> GRANTS = List.of(
            "GRANT SELECT ON purged, purge_done TO %s",
            "GRANT UPDATE (shipped, chain, at) ON journal TO %s",
            "GRANT UPDATE (sequence, at) ON export_position TO %s",
            "GRANT UPDATE ON approval TO %s");

    /** Partitions are written to through their tables alone, and what is left of purged records by their owner alone. */
    private static final String ADDED_TO = """
            SELECT string_agg(oid::regclass::text, ', ') FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
              AND relname NOT IN ('flyway_schema_history', 'purged', 'purge_done')""";

    private StoreGrants() {}

    /** Nothing where the role is the owner itself. */
    static void give(DataSource owner, String gateway) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            if (gateway.equals(connection.getMetaData().getUserName())) {
                return;
            }
            String role = one(connection, "SELECT quote_ident(?)", gateway);
            statement.execute("GRANT SELECT, INSERT ON " + one(connection, ADDED_TO) + " TO " + role);
            for (String grant : GRANTS) {
                statement.execute(grant.formatted(role));
            }
        }
    }

    private static String one(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
