package org.sallyport.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * That content is going to be removed, and which.
 *
 * @param holds the ids of all holds that were in force when it was planned
 */
public record PurgeRecord(UUID id, Scope scope, Taken taken, List<String> holds, Order order) {
    public PurgeRecord {
        holds = List.copyOf(holds);
    }

    /**
     * Whose sessions; all but those that a hold covers.
     *
     * @param connection  of this connection, or of any
     * @param identity    of this identity, or of any
     * @param endedBefore that had ended before then, to the microsecond
     */
    public record Scope(Optional<String> connection, Optional<String> identity, Instant endedBefore) {
        public Scope {
            endedBefore = endedBefore.truncatedTo(ChronoUnit.MICROS);
        }
    }

    /**
     * What was on record of them.
     *
     * @param records how many
     * @param digest  over all of them in the order of journal and sequence: from 32 zeros on, with each record SHA-256(digest || 16
     *                bytes journal || int64 sequence || 32 bytes commitment)
     */
    public record Taken(long records, byte[] digest) {}

    /**
     * Who wanted it.
     *
     * @param by a person; absent where the policy did
     */
    public record Order(Optional<String> by, String reason, Instant at) {
        public Order {
            at = at.truncatedTo(ChronoUnit.MICROS);
        }
    }
}
