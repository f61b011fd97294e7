package org.sallyport.retention;

import java.time.Duration;
import java.util.Map;

/**
 * How long what is recorded is kept.
 *
 * @param keeps  for each connection whose sessions are not kept for ever
 * @param policy the version of the policy that says so
 */
public record Retention(Map<String, Duration> keeps, String policy) {
    static final Retention FOR_EVER = new Retention(Map.of(), "");

    public Retention {
        keeps = Map.copyOf(keeps);
    }
}
