package org.sallyport.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What became of a statement that waited for a person. Its row changes while it waits, so it is not part of the chain.
 *
 * @param closed when it was decided, expired or withdrawn; absent while it waits
 */
public record RecordedApproval(
        UUID id,
        String guardrail,
        String reason,
        List<String> approverGroups,
        Instant held,
        String state,
        Optional<String> decidedBy,
        Optional<String> decisionReason,
        Optional<Instant> closed) {
    public RecordedApproval {
        approverGroups = List.copyOf(approverGroups);
    }
}
