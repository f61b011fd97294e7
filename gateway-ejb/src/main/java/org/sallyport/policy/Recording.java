package org.sallyport.policy;

import java.time.Duration;
import java.util.Optional;

/**
 * What is kept of a connection's sessions.
 *
 * @param keep how long after a session's end what it did is kept; absent for ever
 */
public record Recording(Optional<Duration> keep) {
    static final Recording FOR_EVER = new Recording(Optional.empty());
}
