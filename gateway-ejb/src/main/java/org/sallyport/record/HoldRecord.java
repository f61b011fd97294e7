package org.sallyport.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * That content must be kept whatever its age, or need not any more.
 *
 * @param id    the hold's: its release has the same
 * @param scope of a release, nothing
 */
public record HoldRecord(UUID id, Act act, Scope scope, Word word) {

    /** What is done. */
    public enum Act {
        HOLD,
        RELEASE;

        /** As recorded. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException where there is none of that code */
        public static Act of(String code) {
            for (Act act : values()) {
                if (act.code().equals(code)) {
                    return act;
                }
            }
            throw new IllegalArgumentException("no act of a hold");
        }
    }

    /** What is kept: one session, or all of a connection. */
    public record Scope(Optional<UUID> session, Optional<String> connection) {
        /** A release's. */
        public static final Scope NONE = new Scope(Optional.empty(), Optional.empty());
    }

    /** Whose word that is. */
    public record Word(String who, String reason, Instant at) {
        public Word {
            at = at.truncatedTo(ChronoUnit.MICROS);
        }
    }
}
