package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Burst;
import org.sallyport.contract.Parameter;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementAttempt.Phase;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.contract.Verdict;

/** Has the session's statements judged, one at a time, and continues on the event loop when the answer is there. */
final class Judging {
    /** in_failed_sql_transaction: the outcome of a statement that was permitted and then skipped. */
    private static final String SKIPPED = "25P02";

    /** A question: what happens on either answer. {@code frame} is kept alive until then. */
    record Question(
            Phase phase,
            String sql,
            List<Parameter> parameters,
            Since since,
            ByteBuf frame,
            Consumer<Refusal> refuse,
            Consumer<Run> permit) {

        /** One in which names mean what they mean now. */
        Question(
                Phase phase,
                String sql,
                List<Parameter> parameters,
                ByteBuf frame,
                Consumer<Refusal> refuse,
                Consumer<Run> permit) {
            this(phase, sql, parameters, Since.NOW, frame, refuse, permit);
        }
    }

    /** Since which attempts names in a statement may mean what they mean: to its portal, and to its plan. */
    record Since(long bound, long prepared) {
        static final Since NOW = new Since(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    private final Session session;
    private final Runnable resume;
    private long attempts;
    private @Nullable CompletableFuture<?> open;
    private boolean forVerdict;
    private int kept;
    private boolean withdrawable = true;

    /** What an answer lets go, where it waits for a cancel to arrive that was meant for something else. */
    private @Nullable Runnable late;

    /** @param resume called after an answer that came late */
    Judging(Session session, Runnable resume) {
        this.session = session;
        this.resume = resume;
    }

    /** The newest attempt. */
    long attempts() {
        return attempts;
    }

    /** Whether an answer is awaited. */
    boolean isOpen() {
        return open != null;
    }

    /** Whether it is the application's. */
    boolean awaitsVerdict() {
        return open != null && forVerdict;
    }

    /** Bytes of the message that waits for an answer. */
    int kept() {
        return kept;
    }

    /** Nobody waits any more. */
    void close() {
        if (open != null) {
            open.cancel(true);
        }
        goOn();
    }

    /** No cancel is on its way to the server any more. */
    void goOn() {
        Runnable waiting = late;
        late = null;
        if (waiting != null) {
            waiting.run();
        }
    }

    /** Takes back the question that is open; false where none is, or it is the server that has to be asked. */
    boolean withdraw() {
        return open != null && withdrawable && open.cancel(true);
    }

    void ask(Question question) {
        long id = ++attempts;
        var attempt = new StatementAttempt(
                id,
                question.phase(),
                question.sql(),
                question.parameters(),
                transaction(),
                Math.min(id, question.since().bound()),
                Math.min(id, question.since().prepared()));
        CompletableFuture<Verdict> verdict;
        try {
            CompletionStage<Verdict> standing = session.deputy().judge(attempt);
            verdict = (standing == null ? session.application().judge(session.id(), attempt) : standing)
                    .toCompletableFuture();
        } catch (RuntimeException e) {
            question.refuse().accept(Errors.refusal(session.id(), e));
            return;
        }
        if (verdict.isDone()) {
            answered(attempt.id(), question, verdict);
        } else {
            await(verdict, true, question.frame(), () -> answered(attempt.id(), question, verdict));
        }
    }

    /** What ran since the last Sync is in a transaction, which the server has not told of. */
    TransactionStatus transaction() {
        TransactionStatus told = session.transaction();
        return told == TransactionStatus.IDLE && !session.replies().restful() ? TransactionStatus.IN_TRANSACTION : told;
    }

    private void await(CompletableFuture<?> answer, boolean isVerdict, ByteBuf frame, Runnable then) {
        frame.retain();
        open = answer;
        kept = frame.readableBytes();
        forVerdict = isVerdict;
        withdrawable = true;
        session.flush();
        answer.whenComplete((done, failure) -> Burst.execute(session.client().eventLoop(), () -> goOn(frame, then)));
    }

    private void goOn(ByteBuf frame, Runnable then) {
        if (session.clientSide().isCanceling() && !session.ending()) {
            late = () -> goOn(frame, then);
            return;
        }
        open = null;
        kept = 0;
        try {
            if (!session.ending()) {
                then.run();
                resume.run();
            }
        } catch (RuntimeException e) {
            session.failed(e);
        } finally {
            frame.release();
        }
    }

    /** Waits until the server has answered what another message depends on, and goes on unless it has failed something meanwhile. */
    void awaitAnswer(CompletableFuture<Void> answered, ByteBuf frame, Runnable then) {
        await(answered, false, frame, () -> {
            if (!session.skipping()) {
                then.run();
            }
        });
        withdrawable = false;
    }

    /**
     * What happens once the server has described a run's result.
     *
     * @param frame   kept alive until then
     * @param refuse  where the result may not be shown
     * @param execute where it may
     * @param failed  where the server has failed to describe it
     */
    record Described(Run run, ByteBuf frame, Consumer<Refusal> refuse, Runnable execute, Runnable failed) {}

    /** Waits until the server has described a run's result, and goes on only where the result may be shown. */
    void awaitDescription(Described next) {
        Run run = next.run();
        await(run.described(), false, next.frame(), () -> {
            Refusal refusal = run.described().isCancelled() ? Errors.CANCELED : run.refusal();
            boolean skipped = session.skipping()
                    || (refusal == null
                            && run.described().getNow(Optional.empty()).isEmpty());
            if (skipped) {
                session.finish(run, Optional.of(SKIPPED));
                if (run.isUndescribable()) {
                    next.failed().run();
                }
            } else if (refusal != null) {
                session.finish(run, Optional.of(refusal.sqlState()));
                next.refuse().accept(refusal);
            } else {
                next.execute().run();
            }
        });
        // To describe what a COPY runs the server may have to wait for a lock: it is for the server to cancel.
        withdrawable = run.copy().isEmpty();
    }

    private void answered(long statement, Question question, CompletableFuture<Verdict> answer) {
        Verdict verdict = verdict(answer);
        if (verdict instanceof Verdict.Permit permitted) {
            Run run = new Run(statement, permitted);
            session.serverSide().screen(permitted.screened());
            if (!session.skipping()) {
                if (question.phase() != Phase.PARSE) {
                    session.book().displace(permitted.displaced());
                }
                permitted.intent().ifPresent(session.outbox()::gate);
                question.permit().accept(run);
            } else if (question.phase() != Phase.PARSE) {
                session.finish(run, Optional.of(SKIPPED));
            }
        } else if (verdict instanceof Verdict.Deny denied && !session.skipping()) {
            // Where the server has failed an earlier message meanwhile it would not have looked at this one.
            question.refuse().accept(denied.refusal());
        }
    }

    private Verdict verdict(CompletableFuture<Verdict> answer) {
        try {
            Verdict verdict = answer.getNow(null);
            if (verdict != null) {
                return verdict;
            }
            return new Verdict.Deny(Errors.refusal(session.id(), new IllegalStateException("no verdict")));
        } catch (RuntimeException e) {
            return new Verdict.Deny(Errors.refusal(session.id(), e));
        }
    }
}
