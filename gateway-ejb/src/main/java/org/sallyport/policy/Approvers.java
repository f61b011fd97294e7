package org.sallyport.policy;

import java.util.Set;

/**
 * Who may approve what a guardrail holds.
 *
 * @param groups a person in one of them
 * @param quorum how many distinct people it takes
 */
public record Approvers(Set<String> groups, int quorum) {
    public Approvers {
        groups = Set.copyOf(groups);
    }
}
