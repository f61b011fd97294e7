package org.sallyport.contract;

import java.util.Optional;

/**
 * The names of the protocol's that a statement of SQL may give to something else: cursors have theirs from the same names as portals, and
 * CLOSE closes these too; and so have what PREPARE prepares, and DEALLOCATE forgets.
 */
public record Displaced(Names portals, Names statements) {
    public static final Displaced NONE = new Displaced(Names.NONE, Names.NONE);

    /** All portals. */
    public static final Displaced ALL = new Displaced(Names.ALL, Names.NONE);

    /**
     * Some of the names.
     *
     * @param all  whether it may be any
     * @param name else the one, at most 63 bytes of it
     */
    public record Names(boolean all, Optional<String> name) {
        public static final Names NONE = new Names(false, Optional.empty());

        public static final Names ALL = new Names(true, Optional.empty());

        public static Names of(String name) {
            return new Names(false, Optional.of(name));
        }
    }

    /** A portal. */
    public static Displaced of(String name) {
        return new Displaced(Names.of(name), Names.NONE);
    }

    /** The same portals, and these prepared statements. */
    public Displaced withStatements(Names names) {
        return new Displaced(portals, names);
    }
}
