package org.sallyport.approval;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;

/**
 * This node's clock, put right by the store's: nodes whose clocks are apart agree on when an approval's time is over, where one that is
 * ahead would end what the others hold. Thread-safe.
 */
final class StoreClock extends Clock {
    private static final Logger LOG = System.getLogger(StoreClock.class.getName());

    /** Of an answer that took longer nobody knows well enough when it was given. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);

    /** Clocks that somebody looks after are never so far apart. */
    private static final Duration WORTH_A_WORD = Duration.ofSeconds(5);

    private final Clock own;
    private volatile Duration behind = Duration.ZERO;

    StoreClock(Clock own) {
        this.own = own;
    }

    /** Asks the store for its time; fails where it fails. */
    void set(InstantSource store) {
        Instant asked = own.instant();
        Instant told = store.instant();
        Duration took = Duration.between(asked, own.instant());
        if (took.isNegative() || took.compareTo(LONGEST_ANSWER) > 0) {
            return;
        }
        Duration now = Duration.between(asked.plus(took.dividedBy(2)), told);
        if (now.minus(behind).abs().compareTo(WORTH_A_WORD) > 0) {
            LOG.log(Level.WARNING, "this node''s clock is not the store''s seconds={0}", now.toSeconds());
        }
        behind = now;
    }

    @Override
    public Instant instant() {
        return own.instant().plus(behind);
    }

    @Override
    public ZoneId getZone() {
        return own.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("an approval's times are in no zone");
    }
}
