package org.sallyport.catalog;

/** The database's catalog could not be read; whatever needs it is refused. */
public final class CatalogUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CatalogUnavailable(String connection, Throwable cause) {
        super("catalog of connection " + connection + " cannot be read", cause);
    }
}
