package org.sallyport.noninterference;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Admission;
import org.sallyport.contract.ConnectionAttempt;
import org.sallyport.contract.Deputy;
import org.sallyport.contract.Displaced;
import org.sallyport.contract.GatewayListener;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.ResultChunk;
import org.sallyport.contract.ResultShape;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.contract.Verdict;

/** Stands between the listener and the decisions, which do not hear of each other what they have to know of portals and cursors. */
final class Deafness implements GatewayListener {
    private final GatewayListener decisions;
    private volatile Secret secret = Secret.NONE;

    /** What is not passed on. */
    enum Secret {
        NONE,
        /** That the protocol uses a name, to the decisions. */
        PORTALS,
        /** That SQL uses one, to the listener. */
        CURSORS
    }

    Deafness(GatewayListener decisions) {
        this.decisions = decisions;
    }

    /** From now on. */
    void keep(Secret kept) {
        secret = kept;
    }

    @Override
    public CompletionStage<Admission> admit(ConnectionAttempt attempt) {
        return decisions
                .admit(attempt)
                .thenApply(admission -> admission instanceof Admission.Admitted in
                        ? new Admission.Admitted(
                                in.caller(), in.groups(), in.target(), in.expires(), in.leeway(), new Ear(in.deputy()))
                        : admission);
    }

    @Override
    public CompletionStage<Verdict> judge(SessionId session, StatementAttempt attempt) {
        return decisions.judge(session, attempt).thenApply(this::heard);
    }

    private Verdict heard(Verdict verdict) {
        return secret == Secret.CURSORS && verdict instanceof Verdict.Permit permit
                ? new Verdict.Permit(
                        permit.visibility(), permit.takesCopyData(), permit.copy(), Displaced.NONE, permit.recorded())
                : verdict;
    }

    @Override
    public MaskingPlan shape(SessionId session, ResultShape result) {
        return decisions.shape(session, result);
    }

    @Override
    public void ended(SessionId session, SessionEnd end) {
        decisions.ended(session, end);
    }

    private final class Ear implements Deputy {
        private final Deputy deputy;

        Ear(Deputy deputy) {
            this.deputy = deputy;
        }

        @Override
        public @Nullable CompletionStage<Verdict> judge(StatementAttempt attempt) {
            CompletionStage<Verdict> standing = deputy.judge(attempt);
            return standing == null ? null : standing.thenApply(Deafness.this::heard);
        }

        @Override
        public CompletionStage<Void> shown(ResultChunk chunk) {
            return deputy.shown(chunk);
        }

        @Override
        public CompletionStage<Void> finished(StatementOutcome outcome) {
            return deputy.finished(outcome);
        }

        @Override
        public void portal(String name) {
            if (secret != Secret.PORTALS) {
                deputy.portal(name);
            }
        }

        @Override
        public void statement(String name) {
            deputy.statement(name);
        }

        @Override
        public void synced(boolean failed, TransactionStatus transaction) {
            deputy.synced(failed, transaction);
        }
    }
}
