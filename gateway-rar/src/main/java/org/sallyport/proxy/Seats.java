package org.sallyport.proxy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sallyport.contract.Refusal;

/**
 * What admitted clients sit on: bounded in all, and for each identity, so that one that takes all it can get leaves room for the
 * others. Thread-safe.
 */
final class Seats {
    private static final Refusal FULL = Refusal.of("53300", "sorry, too many clients already");

    private final int max;
    private final int maxPerIdentity;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    Seats(int max, int maxPerIdentity) {
        this.max = max;
        this.maxPerIdentity = maxPerIdentity;
    }

    /** Takes a seat; says why where there is none, and otherwise it has to be given up with {@link #leave}. */
    synchronized Optional<Refusal> take(String identity) {
        int its = taken.getOrDefault(identity, 0);
        if (its >= maxPerIdentity) {
            return Optional.of(tooMany(identity));
        }
        if (all >= max) {
            return Optional.of(FULL);
        }
        taken.put(identity, its + 1);
        all++;
        return Optional.empty();
    }

    synchronized void leave(String identity) {
        all--;
        taken.computeIfPresent(identity, (same, count) -> count == 1 ? null : count - 1);
    }

    private Refusal tooMany(String identity) {
        return Refusal.of(
                "53300",
                "too many connections for role \"" + identity + "\"",
                "One identity may have " + maxPerIdentity + " sessions at once (maxConnectionsPerIdentity).",
                "Close sessions that are not in use, or make the pool smaller.");
    }
}
