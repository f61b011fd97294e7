package org.sallyport.noninterference;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Admission;
import org.sallyport.contract.ConnectionAttempt;
import org.sallyport.contract.Deputy;
import org.sallyport.contract.GatewayListener;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.ResultChunk;
import org.sallyport.contract.ResultShape;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.contract.Verdict;
import org.sallyport.contract.Visibility;
import org.sallyport.noninterference.Twins.Origin;

/** Stands between the listener and the decisions, and switches one defence off. */
final class Sabotage implements GatewayListener {
    private final GatewayListener decisions;
    private final Supplier<Set<Origin>> labelled;
    private final Set<Statement> smuggled = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Plot plot;

    /** @param labelled the columns that have to be masked */
    Sabotage(GatewayListener decisions, Supplier<Set<Origin>> labelled) {
        this.decisions = decisions;
        this.labelled = labelled;
    }

    private record Statement(SessionId session, long id) {}

    /** What is being played, and the defence that is off meanwhile. */
    private record Plot(PlantedLeak leak, Set<Use> uses, List<Set<Use>> outputs) {}

    /** From now on. */
    void plant(PlantedLeak leak, Generated statement) {
        plot = new Plot(leak, statement.uses(), statement.outputs());
    }

    @Override
    public CompletionStage<Admission> admit(ConnectionAttempt attempt) {
        return decisions
                .admit(attempt)
                .thenApply(admission -> admission instanceof Admission.Admitted in
                        ? new Admission.Admitted(
                                in.caller(),
                                in.groups(),
                                in.target(),
                                in.expires(),
                                in.leeway(),
                                new Accomplice(attempt.session(), in.deputy()))
                        : admission);
    }

    @Override
    public CompletionStage<Verdict> judge(SessionId session, StatementAttempt attempt) {
        return decisions.judge(session, attempt).thenApply(verdict -> altered(session, attempt, verdict));
    }

    private Verdict altered(SessionId session, StatementAttempt attempt, Verdict verdict) {
        Plot now = plot;
        if (now == null) {
            return verdict;
        }
        if (verdict instanceof Verdict.Deny && now.leak().permits(now.uses())) {
            smuggled.add(new Statement(session, attempt.id()));
            return new Verdict.Permit(now.leak().visibility(), false);
        }
        boolean shaped = now.leak().concernsResults()
                && verdict instanceof Verdict.Permit permit
                && permit.visibility() == Visibility.SHAPED;
        return shaped ? seeing(now.leak().visibility(), (Verdict.Permit) verdict) : verdict;
    }

    private static Verdict seeing(Visibility visibility, Verdict.Permit permit) {
        return new Verdict.Permit(
                visibility, permit.takesCopyData(), permit.copy(), permit.displaced(), permit.recorded());
    }

    @Override
    public MaskingPlan shape(SessionId session, ResultShape result) {
        Plot now = plot;
        if (now == null) {
            return decisions.shape(session, result);
        }
        return smuggled.contains(new Statement(session, result.statement()))
                ? plan(now, result.columns())
                : now.leak().alter(decisions.shape(session, result));
    }

    /** As it would be if all but one defence stood. */
    private MaskingPlan plan(Plot now, List<ResultShape.Column> columns) {
        List<Mask> masks = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Origin origin = new Origin(columns.get(i).tableOid(), columns.get(i).attribute());
            boolean known = now.outputs().size() == columns.size();
            boolean shows = known
                    ? now.leak().shows(now.outputs().get(i))
                    : !labelled.get().contains(origin);
            masks.add(shows ? new Mask.Clear() : new Mask.Nothing());
        }
        return new MaskingPlan.Show(masks);
    }

    @Override
    public void ended(SessionId session, SessionEnd end) {
        decisions.ended(session, end);
    }

    private final class Accomplice implements Deputy {
        private final SessionId session;
        private final Deputy deputy;

        Accomplice(SessionId session, Deputy deputy) {
            this.session = session;
            this.deputy = deputy;
        }

        @Override
        public @Nullable CompletionStage<Verdict> judge(StatementAttempt attempt) {
            CompletionStage<Verdict> standing = deputy.judge(attempt);
            return standing == null ? null : standing.thenApply(verdict -> altered(session, attempt, verdict));
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
            deputy.portal(name);
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
