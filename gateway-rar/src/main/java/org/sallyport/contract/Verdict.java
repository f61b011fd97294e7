package org.sallyport.contract;

/** What was decided about a statement. */
public sealed interface Verdict {

    /** It may run; its intent is durable. */
    record Permit(Visibility visibility) implements Verdict {}

    /** It may not; nothing of it reaches the server. */
    record Deny(Refusal refusal) implements Verdict {}
}
