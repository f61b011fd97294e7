package org.sallyport.approval;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where people come to look at approvals and decide them; open to the role {@code approver} only. */
@Stateless
@RolesAllowed("approver")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ApprovalCounter {

    @Inject
    private ApprovalDesk desk;

    @EJB
    private ApprovalStore store;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public ApprovalCounter() {}

    /** Approvals in {@code state}, or in any; the oldest first where they are pending, else the youngest first. */
    public List<Approval> list(Optional<ApprovalState> state, int offset, int limit) {
        return store.list(state, offset, limit);
    }

    public long count(Optional<ApprovalState> state) {
        return store.count(state);
    }

    public Optional<Approval> find(UUID id) {
        return store.find(id);
    }

    public Outcome approve(UUID id, Approver approver, String reason) {
        return desk.approve(id, approver, reason);
    }

    public Outcome deny(UUID id, Approver approver, String reason) {
        return desk.deny(id, approver, reason);
    }
}
