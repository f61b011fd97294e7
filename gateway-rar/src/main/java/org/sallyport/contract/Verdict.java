package org.sallyport.contract;

/** What was decided about a statement. */
public sealed interface Verdict {

    /**
     * It may run; its intent is durable.
     *
     * @param takesCopyData whether it holds a COPY FROM STDIN; where the server asks for COPY data unforeseen, the session ends
     */
    record Permit(Visibility visibility, boolean takesCopyData) implements Verdict {}

    /** It may not; nothing of it reaches the server. */
    record Deny(Refusal refusal) implements Verdict {}
}
