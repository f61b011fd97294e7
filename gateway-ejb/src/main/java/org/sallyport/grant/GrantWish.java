package org.sallyport.grant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody wants to give.
 *
 * @param role   whole; or empty where it is about labels
 * @param labels to be seen in the clear; none where it is about a role
 */
public record GrantWish(
        String identity, String connection, Optional<String> role, List<String> labels, Instant until, String reason) {
    public GrantWish {
        labels = List.copyOf(labels);
    }
}
