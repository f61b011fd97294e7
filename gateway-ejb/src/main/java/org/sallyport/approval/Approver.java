package org.sallyport.approval;

import java.util.Set;

/**
 * A person who decides.
 *
 * @param name   the verified caller's name
 * @param groups those of the caller's groups that matter to approvals
 */
public record Approver(String name, Set<String> groups) {

    public Approver {
        groups = Set.copyOf(groups);
    }
}
