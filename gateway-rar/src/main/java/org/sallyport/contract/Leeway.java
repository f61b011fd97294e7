package org.sallyport.contract;

/** How far the adapter leaves a session alone. */
public enum Leeway {
    /** A short list of start-up parameters passes; the settings by which statements are read stay pinned. */
    RESTRICTED,
    /** Every start-up parameter and message passes; the pins stay, since guardrails read statements by them. */
    GUARDED,
    /** Policy leaves the session alone: nothing is pinned, since no decision depends on how a statement is read. */
    FREE
}
