package org.sallyport.policy;

import org.sallyport.contract.Refusal;
import org.sallyport.policy.Ruling.Ground;

/** Refusals in PostgreSQL's words. */
public final class Refusals {

    static final String CROSS_CHECK = "cross-check";

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private Refusals() {}

    /** The text says one thing and the server another. */
    public static Ruling.Deny readingsDisagree() {
        return deny(
                Ground.LAW,
                CROSS_CHECK,
                "statement is not understood",
                "The gateway's reading of the text and the server's differ.",
                "Write it more plainly: each table by its own name, with its schema.");
    }

    /** @param because a sentence; {@code hint} another */
    public static Ruling.Deny deny(Ground ground, String rule, String message, String because, String hint) {
        String detail = "Rule \"" + rule + "\": " + because;
        return new Ruling.Deny(ground, rule, Refusal.of(INSUFFICIENT_PRIVILEGE, message, detail, hint));
    }

    /** @param ground LAW where not even the statements of a text can be told apart */
    public static Ruling.Deny unreadable(Ground ground, String reason) {
        return deny(
                ground,
                "unreadable",
                "permission denied: statement is not understood",
                "the gateway refuses what it cannot read: " + reason + ".",
                "Write the statement in a simpler form, one statement at a time.");
    }
}
