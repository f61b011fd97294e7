package org.sallyport.policy;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;

/**
 * That a role is there only for whom a person has given it, and for as long as that.
 *
 * @param approvers who may give it
 * @param longest   for how long at most
 * @param given     the grant by which somebody has it; empty in the bundle
 */
public record ByGrant(Approvers approvers, Duration longest, Optional<Granted> given) {

    /** Whether the grant is of somebody who may give it. */
    boolean isFrom(Granted grant) {
        return !Collections.disjoint(approvers.groups(), grant.by());
    }

    ByGrant with(Granted grant) {
        return new ByGrant(approvers, longest, Optional.of(grant));
    }
}
