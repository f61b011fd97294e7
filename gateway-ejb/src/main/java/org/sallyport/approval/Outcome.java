package org.sallyport.approval;

/** What became of a person's attempt to decide. */
public sealed interface Outcome {

    /** It is decided so. */
    record Done(Approval approval) implements Outcome {}

    /** There is no such approval. */
    record NotFound() implements Outcome {}

    /** It was decided before, it expired or the client withdrew. */
    record AlreadyDecided(Approval approval) implements Outcome {}

    /** This person may not decide it. */
    record NotAllowed(String reason) implements Outcome {}
}
