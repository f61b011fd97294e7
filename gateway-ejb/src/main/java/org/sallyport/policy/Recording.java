package org.sallyport.policy;

import java.time.Duration;
import java.util.Optional;

/**
 * What is kept of a connection's sessions.
 *
 * @param results bytes of each statement's results, as the client saw them, and of its COPY data; zero for none
 * @param keep    how long after a session's end what it did is kept; absent for ever
 */
public record Recording(long results, Optional<Duration> keep) {
    /** No results, and the rest for ever. */
    static final Recording USUAL = new Recording(0, Optional.empty());
}
