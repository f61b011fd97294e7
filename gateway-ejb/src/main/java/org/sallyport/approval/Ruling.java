package org.sallyport.approval;

import java.time.Instant;

/** A person's yes or no. */
public record Ruling(ApprovalState to, String by, String reason, Instant at) {

    public Ruling {
        if (to != ApprovalState.APPROVED && to != ApprovalState.DENIED) {
            throw new IllegalArgumentException("people approve or deny, they do not make it " + to.code());
        }
    }
}
