package org.sallyport.contract;

import java.util.Optional;

/**
 * The portals whose names a statement of SQL may give to something else: cursors have theirs from the same names, and CLOSE closes portals
 * of the protocol too.
 *
 * @param all  whether that may be any
 * @param name else the one, at most 63 bytes of it
 */
public record Displaced(boolean all, Optional<String> name) {
    public static final Displaced NONE = new Displaced(false, Optional.empty());

    public static final Displaced ALL = new Displaced(true, Optional.empty());

    public static Displaced of(String name) {
        return new Displaced(false, Optional.of(name));
    }
}
