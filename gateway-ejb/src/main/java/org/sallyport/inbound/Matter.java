package org.sallyport.inbound;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.Verdict;

/**
 * One statement that somebody wants to run.
 *
 * @param answer the very stage that the adapter waits for, and cancels where the client leaves
 */
record Matter(Session session, StatementAttempt attempt, Instant asked, CompletableFuture<Verdict> answer) {

    boolean runs() {
        return attempt.phase() != StatementAttempt.Phase.PARSE;
    }
}
