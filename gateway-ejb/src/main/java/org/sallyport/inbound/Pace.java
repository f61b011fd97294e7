package org.sallyport.inbound;

import java.time.Duration;

/**
 * How fast a session asks what nobody has asked before: each question takes one of the few connections on which the gateway asks, and leaves
 * dead rows in the server's catalog. Many at once are free, then the next one waits, as on a server that is slow. Thread-safe.
 */
final class Pace {
    /** What a tool looks up when it starts, and a script of some size. */
    static final int AT_ONCE = 2000;

    /** Less than a tenth of what the connections of one database answer. */
    static final Duration EACH = Duration.ofMillis(5);

    private static final long LEEWAY = EACH.multipliedBy(AT_ONCE).toNanos();

    private long ahead;
    private boolean begun;

    /**
     * How long the next question waits; it counts as asked.
     *
     * @param now of {@link System#nanoTime()}
     */
    synchronized Duration next(long now) {
        boolean idle = !begun || ahead - now < 0;
        begun = true;
        ahead = (idle ? now : ahead) + EACH.toNanos();
        return Duration.ofNanos(Math.max(0, ahead - now - LEEWAY));
    }
}
