package org.sallyport.catalog;

/**
 * An object as {@code pg_depend} names it.
 *
 * @param catalog the OID of the system catalog that it is in
 * @param column  of a relation; zero for the whole object
 */
public record CatalogObject(int catalog, int oid, int column) {

    static final int TYPES = 1247;
    static final int FUNCTIONS = 1255;
    static final int RELATIONS = 1259;
    static final int SCHEMAS = 2615;
    static final int EXTENSIONS = 3079;

    /** PostgreSQL's FirstNormalObjectId. */
    private static final int FIRST_OF_SOMEBODY = 16_384;

    /** Whether something of this number came with the server. */
    public static boolean isBuiltIn(int oid) {
        return Integer.compareUnsigned(oid, FIRST_OF_SOMEBODY) < 0;
    }

    public static CatalogObject relation(int oid) {
        return new CatalogObject(RELATIONS, oid, 0);
    }

    public static CatalogObject type(int oid) {
        return new CatalogObject(TYPES, oid, 0);
    }

    public static CatalogObject function(int oid) {
        return new CatalogObject(FUNCTIONS, oid, 0);
    }
}
