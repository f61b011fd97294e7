package org.sallyport.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.sallyport.approval.Approval;

/** A held statement as the page shows it; {@code objection} is why this person may not decide it, or empty. */
public record HeldCard(
        String id,
        String requester,
        String connection,
        String guardrail,
        String reason,
        String sql,
        List<String> parameters,
        List<String> relations,
        String kinds,
        String waited,
        String left,
        String objection) {

    static HeldCard of(Approval approval, String objection, Instant now) {
        return new HeldCard(
                approval.id().toString(),
                Plain.text(approval.requester()),
                Plain.text(approval.connection()),
                Plain.text(approval.guardrail()),
                Plain.text(approval.reason()),
                Plain.text(approval.sql()),
                approval.parameters().stream().map(Plain::text).toList(),
                approval.relations().stream().map(Plain::text).toList(),
                Plain.text(String.join(", ", approval.kinds())),
                Wording.length(Duration.between(approval.heldAt(), now)),
                Wording.length(Duration.between(now, approval.expiresAt())),
                Plain.text(objection));
    }
}
