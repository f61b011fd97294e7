package org.sallyport.grant;

/** What somebody is told who wants to give something for a time, or take it back. */
public sealed interface Outcome {

    /** It is so, on every node within a second. */
    record Done(Grant grant) implements Outcome {}

    /** The policy lets nobody give that. */
    record Impossible(String reason) implements Outcome {}

    /** Somebody else may. */
    record NotAllowed(String reason) implements Outcome {}

    record NotFound() implements Outcome {}

    /** It was over before. */
    record Over(Grant grant) implements Outcome {}

    /** The store does not answer: nothing is given. */
    record NotStored() implements Outcome {}
}
