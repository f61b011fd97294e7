package org.sallyport.policy;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A grant: what a person has given somebody on a connection for a time.
 *
 * @param role   one that is there by grant only
 * @param labels none where the role is given whole, else those of the labels it sees that are given, and nothing else of it
 * @param by     the groups of approvers that the person is in
 * @param until  from then on it is nothing
 */
public record Granted(UUID id, String role, Set<String> labels, Set<String> by, Instant until) {
    public Granted {
        labels = Set.copyOf(labels);
        by = Set.copyOf(by);
    }

    /** Whether it gives all that another one gives. */
    public boolean covers(Granted other) {
        boolean more = labels.isEmpty() || (!other.labels.isEmpty() && labels.containsAll(other.labels));
        return role.equals(other.role) && more;
    }

    /** As records and refusals name the role. */
    public String name() {
        return role + " by grant " + id;
    }
}
