package org.sallyport.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What a session sees itself, what its transaction has done included. */
public final class Snapshots {
    private Snapshots() {}

    public static Catalog within(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            return new CatalogReader().read(Line.of(statement));
        }
    }
}
