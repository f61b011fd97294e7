package org.sallyport.contract;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Acts for the application in one admitted session where nothing new has to be decided: repeats verdicts that still hold, and
 * records. A question through the message endpoint costs as much as a relay's whole budget for a statement.
 *
 * <p>Its methods are called on the session's event loop and never block. An exception thrown is a refusal.
 */
public interface Deputy {

    /**
     * The verdict on a statement where one holds already: {@link Verdict.Permit} only, and only when the statement's intent is
     * durable; null where {@link GatewayListener#judge} must be asked, with the same attempt. The stage may be cancelled as
     * that of {@code judge} may.
     */
    @Nullable
    CompletionStage<Verdict> judge(StatementAttempt attempt);

    /**
     * Records what became of a permitted statement; the stage completes when that is durable. May be called while a later
     * statement is being judged.
     */
    CompletionStage<Void> finished(StatementOutcome outcome);

    /**
     * Records what the client has seen so far; the stage completes when that is durable. Told in order, and before the statement has
     * {@link #finished}; rows do not wait for it.
     */
    CompletionStage<Void> shown(ResultChunk chunk);

    /**
     * The client makes a portal of this name, or closes what has it: that may be a cursor of SQL, which has its name from the same names.
     * Told before the server hears of it, and before any later question.
     *
     * @param name not empty
     */
    void portal(String name);

    /**
     * The client prepares a statement of this name by the protocol, or closes what has it: that may be one that SQL has prepared, which has its
     * name from the same names. Told before the server hears of it, and before any later question.
     *
     * @param name not empty
     */
    void statement(String name);

    /**
     * The client binds a statement that it has prepared before: names mean what they mean by then.
     *
     * @param transaction in which it does
     * @return completes, well or not, when it may be bound; null where that is now
     */
    default @Nullable CompletionStage<Void> binding(TransactionStatus transaction) {
        return null;
    }

    /**
     * The server is ready for the next query: what was sent before the last Sync is over.
     *
     * @param failed      whether an error came since it was ready last; then what ran beside the error is taken back, unless a transaction
     *                    block had ended before
     * @param transaction as it says
     */
    void synced(boolean failed, TransactionStatus transaction);
}
