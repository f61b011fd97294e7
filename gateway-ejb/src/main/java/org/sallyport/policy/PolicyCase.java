package org.sallyport.policy;

import java.time.Instant;
import java.util.Optional;

/**
 * A test of a policy: who sends what, and what is expected to become of it.
 *
 * @param place   file and line
 * @param verdict {@code permit}, {@code warn}, {@code hold} or {@code deny}
 * @param rule    that decides; empty where any may
 */
public record PolicyCase(
        String name, String place, Circumstances circumstances, String sql, String verdict, Optional<String> rule) {

    /** The time of cases that give none. */
    static final Instant SOME_DAY = Instant.parse("2026-01-01T12:00:00Z");
}
