package org.sallyport.catalog;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens the gateway's own connection to the database behind a connection of the bundle. */
@FunctionalInterface
public interface CatalogSource {

    /** The caller closes it; blocks, so not for event loops. */
    Connection open(String connection) throws SQLException;
}
