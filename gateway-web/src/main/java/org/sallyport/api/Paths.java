package org.sallyport.api;

import java.util.UUID;

/** Reads the variable parts of a path. */
final class Paths {
    private Paths() {}

    /** What is no number names nothing. */
    static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw new Refused(ProblemKind.NOT_FOUND);
        }
    }

    /** What is no identifier names nothing. */
    static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw new Refused(ProblemKind.NOT_FOUND);
        }
    }
}
