package org.sallyport.catalog;

/**
 * A function, procedure or aggregate, as {@code pg_proc} has it.
 *
 * @param language in which it is written
 * @param owner    whose rights it has, if it is a definer's
 * @param definer  whether it is SECURITY DEFINER: runs with its owner's rights
 */
public record Function(
        int oid, String schema, String name, Volatility volatility, String language, String owner, boolean definer) {

    /** One of which no more is known than its name. */
    public Function(int oid, String schema, String name) {
        this(oid, schema, name, Volatility.VOLATILE, "", "", false);
    }

    /** What may change from one call to the next. */
    public enum Volatility {
        IMMUTABLE,
        STABLE,
        VOLATILE;

        static Volatility of(String provolatile) {
            return switch (provolatile) {
                case "i" -> IMMUTABLE;
                case "s" -> STABLE;
                default -> VOLATILE;
            };
        }
    }

    public String qualifiedName() {
        return schema + "." + name;
    }
}
