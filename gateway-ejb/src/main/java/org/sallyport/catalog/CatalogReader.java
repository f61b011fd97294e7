package org.sallyport.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

/** Reads a snapshot from PostgreSQL's own catalogs. */
public final class CatalogReader {

    public Catalog read(Connection connection) throws SQLException {
        throw new SQLFeatureNotSupportedException("catalogs are not read yet");
    }
}
