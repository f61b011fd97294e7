package org.sallyport.console;

import jakarta.ejb.EJB;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.primefaces.PrimeFaces;
import org.sallyport.api.Reason;
import org.sallyport.approval.ApprovalCounter;
import org.sallyport.approval.Outcome;

/** The dialog in which a person reads one held statement again, gives a reason and decides. */
@Named
@ViewScoped
public class DecisionDesk implements Serializable {
    private static final long serialVersionUID = 1L;

    @EJB
    private ApprovalCounter counter;

    private @Nullable HeldCard chosen;
    private boolean approving;
    private String reason = "";
    private String answer = "";

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public DecisionDesk() {}

    /** Opens the dialog for the approval whose button was pressed; the button sends its id along. */
    public void choose() {
        Map<String, String> sent =
                FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
        approving = "approve".equals(sent.get("ruling"));
        reason = "";
        chosen = counter.find(UUID.fromString(sent.getOrDefault("id", "")))
                .map(approval -> HeldCard.of(approval, "", Instant.now()))
                .orElse(null);
        answer = chosen == null ? "There is no such approval." : "";
    }

    /** Decides, and tells the page whether the dialog is done. */
    public void decide() {
        boolean done = false;
        if (!Reason.isOne(reason)) {
            answer = "Give a reason, of at most " + Reason.LONGEST + " characters.";
        } else if (chosen != null) {
            Outcome outcome = outcome(UUID.fromString(chosen.id()));
            done = outcome instanceof Outcome.Done;
            answer = explain(outcome);
        }
        PrimeFaces.current().ajax().addCallbackParam("done", done);
    }

    private Outcome outcome(UUID id) {
        return approving ? counter.approve(id, reason.strip()) : counter.deny(id, reason.strip());
    }

    private static String explain(Outcome outcome) {
        if (outcome instanceof Outcome.AlreadyDecided already) {
            return "Too late: it is " + already.approval().state().code() + " already.";
        }
        if (outcome instanceof Outcome.NotAllowed not) {
            return "Not yours to decide: " + not.reason() + ".";
        }
        return outcome instanceof Outcome.NotFound ? "There is no such approval." : "";
    }

    public @Nullable HeldCard getChosen() {
        return chosen;
    }

    public boolean isApproving() {
        return approving;
    }

    public String getVerb() {
        return approving ? "Approve and run once" : "Deny";
    }

    public String getQuestion() {
        return approving ? "Let this statement run, once?" : "Refuse this statement?";
    }

    public String getAnswer() {
        return answer;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }
}
