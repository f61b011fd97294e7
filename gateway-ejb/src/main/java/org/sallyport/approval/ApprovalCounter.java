package org.sallyport.approval;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Where people come to look at approvals and decide them; open to the role {@code approver} only. A role's name is its
 * group's name, which is how the caller's groups are known here.
 */
@Stateless
@RolesAllowed("approver")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ApprovalCounter {

    @Inject
    private ApprovalDesk desk;

    @EJB
    private ApprovalStore store;

    @Resource
    private SessionContext context;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public ApprovalCounter() {}

    /** Approvals in {@code state}, or in any; the oldest first where they are pending, else the youngest first. */
    public List<Approval> list(Optional<ApprovalState> state, int offset, int limit) {
        return store.list(state, offset, limit);
    }

    public Optional<Approval> find(UUID id) {
        return store.find(id);
    }

    /** Why the caller may not decide {@code approval}; empty where nothing stands against it. */
    public Optional<String> objectionTo(Approval approval) {
        return approval.objectionTo(caller(approval));
    }

    /** Approves in the caller's name. */
    public Outcome approve(UUID id, String reason) {
        return store.find(id)
                .map(approval -> desk.approve(id, caller(approval), reason))
                .orElseGet(Outcome.NotFound::new);
    }

    /** Denies in the caller's name. */
    public Outcome deny(UUID id, String reason) {
        return store.find(id)
                .map(approval -> desk.deny(id, caller(approval), reason))
                .orElseGet(Outcome.NotFound::new);
    }

    /** Taken from the server's own knowledge of the caller, so that no page can name another. */
    private Approver caller(Approval approval) {
        Set<String> groups = approval.approverGroups().stream()
                .filter(context::isCallerInRole)
                .collect(Collectors.toUnmodifiableSet());
        return new Approver(context.getCallerPrincipal().getName(), groups);
    }
}
