package org.sallyport.inbound;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.Verdict;
import org.sallyport.inbound.SqlPreparations.Prepared;

/**
 * One statement that somebody wants to run.
 *
 * @param attempt where it executes what SQL has prepared, as one of what was prepared then
 * @param answer  the very stage that the adapter waits for, and cancels where the client leaves
 * @param prepare the PREPARE of what it executes, in a restricted session; empty where it executes nothing that is known
 */
record Matter(
        Session session,
        StatementAttempt attempt,
        Instant asked,
        CompletableFuture<Verdict> answer,
        Optional<String> prepare) {

    static Matter of(Session session, StatementAttempt attempt, Instant asked, CompletableFuture<Verdict> answer) {
        Optional<Prepared> executed = session.executed(attempt);
        return new Matter(
                session,
                executed.map(prepared -> attempt.of(prepared.attempt())).orElse(attempt),
                asked,
                answer,
                executed.map(Prepared::sql));
    }

    /** As it is judged. */
    Judge.Text text() {
        return new Judge.Text(attempt.sql(), Judged.parameterTypes(attempt), session.path(), prepare.orElse(""));
    }

    /** What runs, of the kinds of a judgement: it is known what an EXECUTE runs. */
    List<String> running(List<String> kinds) {
        return prepare.isEmpty()
                ? kinds
                : kinds.stream().filter(kind -> !kind.equals("EXECUTE")).toList();
    }

    boolean runs() {
        return attempt.phase() != StatementAttempt.Phase.PARSE;
    }
}
