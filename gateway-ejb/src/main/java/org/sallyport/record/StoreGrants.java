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
            "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO %s",
            "REVOKE ALL ON flyway_schema_history FROM %s",
            "GRANT UPDATE (shipped, chain, at) ON journal TO %s",
            "GRANT UPDATE (sequence, at) ON export_position TO %s",
            "GRANT UPDATE ON approval TO %s");

    private StoreGrants() {}

    /** Nothing where the role is the owner itself. */
    static void give(DataSource owner, String gateway) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            if (gateway.equals(connection.getMetaData().getUserName())) {
                return;
            }
            String role = quoted(connection, gateway);
            for (String grant : GRANTS) {
                statement.execute(grant.formatted(role));
            }
        }
    }

    private static String quoted(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT quote_ident(?)")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
