package org.sallyport.record;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that happened in a session.
 *
 * @param position  behind it the next page begins
 * @param statement the one that it happened to
 * @param approval  where somebody was asked
 */
public record SessionEvent(
        Kind kind, Position position, Optional<RecordedStatement> statement, Optional<RecordedApproval> approval) {

    /** In the order in which they happen to one statement. */
    public enum Kind {
        STARTED,
        ASKED,
        HELD,
        CLOSED,
        DECIDED,
        COMPLETED,
        ENDED;

        /** More than there are, so that a number and a kind make one number. */
        static final int STEPS = 8;
    }

    /**
     * Which event it is, before what happened is looked up.
     *
     * @param place the statement's number times {@link Kind#STEPS}, and the kind
     */
    record Key(Instant at, long place, Optional<UUID> approval) {
        Kind kind() {
            return Kind.values()[(int) (place % Kind.STEPS)];
        }

        long number() {
            return place / Kind.STEPS;
        }
    }
}
