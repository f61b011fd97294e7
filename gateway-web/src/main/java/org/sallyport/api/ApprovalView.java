package org.sallyport.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sallyport.approval.Approval;

/** An approval as the API shows it. */
@JsonbPropertyOrder({
    "id",
    "state",
    "session",
    "requester",
    "requesterGroups",
    "connection",
    "guardrail",
    "reason",
    "approverGroups",
    "sql",
    "parameters",
    "kinds",
    "relations",
    "policyVersion",
    "heldAt",
    "expiresAt",
    "decidedBy",
    "decisionReason",
    "decidedAt",
    "closedAt"
})
public record ApprovalView(
        UUID id,
        String state,
        UUID session,
        String requester,
        List<String> requesterGroups,
        String connection,
        String guardrail,
        String reason,
        List<String> approverGroups,
        String sql,
        List<String> parameters,
        List<String> kinds,
        List<String> relations,
        String policyVersion,
        Instant heldAt,
        Instant expiresAt,
        Optional<String> decidedBy,
        Optional<String> decisionReason,
        Optional<Instant> decidedAt,
        Optional<Instant> closedAt) {

    static ApprovalView of(Approval approval) {
        return new ApprovalView(
                approval.id(),
                approval.state().code(),
                approval.session(),
                approval.requester(),
                approval.requesterGroups(),
                approval.connection(),
                approval.guardrail(),
                approval.reason(),
                approval.approverGroups(),
                approval.sql(),
                approval.parameters(),
                approval.kinds(),
                approval.relations(),
                approval.policyVersion(),
                approval.heldAt(),
                approval.expiresAt(),
                approval.decidedBy(),
                approval.decisionReason(),
                approval.decidedAt(),
                approval.closedAt());
    }
}
