package org.sallyport.proxy;

import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Refusal;

/** What the server owes an answer for, one for each message sent to it that it answers. */
sealed interface Reply {

    /** Parse, Bind or Close: a change of the book of names, taken back where the server refuses it. */
    record Named(char answer, Book.Change change) implements Reply {}

    /**
     * Describe.
     *
     * @param asking the run for which the gateway asks by itself; null where the client asked
     */
    record Described(@Nullable Run asking) implements Reply {}

    /** The Parse or the Close of a statement that the gateway prepares by itself to have a run's result described: the client hears nothing of it. */
    record Prepared(char answer, Run asking) implements Reply {}

    /**
     * Execute.
     *
     * @param portal null where SQL's DECLARE made it
     */
    record Executed(Run run, Book.@Nullable Portal portal) implements Reply {}

    /** Sync; {@code span} is the {@link Book}'s. */
    record Synced(int span) implements Reply {}

    /** A simple Query or a FunctionCall; {@code span} is the {@link Book}'s. */
    record Queried(Run run, int span) implements Reply {}

    /** All that {@link Asking} sent, up to its ReadyForQuery: the client hears nothing of it. */
    record Asked() implements Reply {}

    /** A Close that the gateway sent by itself: the client hears nothing of it. */
    record Forgotten() implements Reply {}

    /**
     * A statement that cannot succeed, sent in place of a refused one so that the server's transaction fails as well.
     *
     * @param simple whether it went as a Query, which a ReadyForQuery follows
     */
    record Refused(Refusal refusal, boolean simple, int span) implements Reply {}
}
