package org.sallyport.console;

import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sallyport.approval.Approval;
import org.sallyport.approval.ApprovalCounter;
import org.sallyport.approval.ApprovalState;

/** What waits for approval, read once for each rendering. */
@Named
@RequestScoped
public class WaitingRoom {
    private static final Logger LOG = System.getLogger(WaitingRoom.class.getName());

    /** More than anybody decides before looking again. */
    private static final int SHOWN = 50;

    @EJB
    private ApprovalCounter counter;

    private @Nullable List<HeldCard> waiting;
    private boolean answered = true;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public WaitingRoom() {}

    public List<HeldCard> getWaiting() {
        if (waiting == null) {
            waiting = read();
        }
        return waiting;
    }

    /** Whether the store did answer. */
    public boolean isAnswered() {
        return getWaiting() != null && answered;
    }

    private List<HeldCard> read() {
        try {
            Instant now = Instant.now();
            return counter.list(Optional.of(ApprovalState.PENDING), 0, SHOWN).stream()
                    .map(approval -> HeldCard.of(approval, objection(approval), now))
                    .toList();
        } catch (EJBException failure) {
            LOG.log(Level.WARNING, "approvals not shown, the store did not answer failure={0}", failure.getClass());
            answered = false;
            return List.of();
        }
    }

    private String objection(Approval approval) {
        return counter.objectionTo(approval).orElse("");
    }
}
