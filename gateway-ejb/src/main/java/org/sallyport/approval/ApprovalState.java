package org.sallyport.approval;

import jakarta.persistence.EnumeratedValue;

/**
 * Where an approval stands.
 *
 * <pre>
 * pending ──▶ approved ──▶ used
 *    │            └──────▶ withdrawn
 *    ├──▶ denied
 *    ├──▶ expired
 *    └──▶ withdrawn
 * </pre>
 */
public enum ApprovalState {
    PENDING("pending"),
    APPROVED("approved"),
    DENIED("denied"),
    EXPIRED("expired"),
    WITHDRAWN("withdrawn"),
    USED("used");

    /** As stored and as shown. */
    @EnumeratedValue
    private final String code;

    ApprovalState(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
