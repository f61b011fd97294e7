package org.sallyport.inbound;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.ResultShape;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.Verdict;
import org.sallyport.masking.ResultPlan;

/** Answers what is asked about admitted sessions, to their own callers only. Thread-safe; does not block. */
final class Counter {
    private static final Logger LOG = System.getLogger(Counter.class.getName());

    private final Sessions sessions;
    private final Hearing hearing;
    private final Judge judge;
    private final Docket docket;

    Counter(Sessions sessions, Hearing hearing, Judge judge, Docket docket) {
        this.sessions = sessions;
        this.hearing = hearing;
        this.judge = judge;
        this.docket = docket;
    }

    CompletionStage<Verdict> judge(String caller, SessionId id, StatementAttempt attempt) {
        Optional<Session> session = sessionOf(caller, id);
        return session.isPresent()
                ? hearing.judge(session.get(), attempt)
                : CompletableFuture.completedFuture(new Verdict.Deny(Refusals.NOT_YOURS));
    }

    MaskingPlan shape(String caller, SessionId id, ResultShape result) {
        Optional<Session> session = sessionOf(caller, id);
        if (session.isEmpty()) {
            return new MaskingPlan.Refuse(Refusals.NOT_YOURS);
        }
        Optional<Catalog> catalog = session.get().catalog();
        return catalog.isPresent()
                ? shape(session.get(), catalog.get(), result)
                : new MaskingPlan.Refuse(Refusals.NOT_JUDGED);
    }

    private MaskingPlan shape(Session session, Catalog catalog, ResultShape result) {
        Optional<ResultPlan> plan = session.plan(result.statement());
        if (plan.isPresent() && plan.get().agreed()) {
            return plan.get().of(result);
        }
        MaskingPlan planned = plan.map(told -> told.of(result)).orElseGet(() -> unplanned(session, catalog, result));
        return judge.screen(planned, session.access(), catalog, result);
    }

    private MaskingPlan unplanned(Session session, Catalog catalog, ResultShape result) {
        return session.isScreened(result.statement())
                ? MaskingPlan.Show.clear(result.columns().size())
                : judge.shape(session.access(), session.connection(), catalog, result);
    }

    void ended(String caller, SessionId id, SessionEnd end) {
        Optional<Session> session = sessionOf(caller, id);
        if (session.isEmpty()) {
            return;
        }
        sessions.leave(id);
        hearing.left(session.get());
        LOG.log(Level.INFO, "session ended sessionId={0} reason={1}", id, end);
        docket.end(id, end).whenComplete((recorded, failure) -> {
            if (failure != null) {
                LOG.log(Level.WARNING, "session''s end not recorded sessionId={0} reason={1}", id, end);
            }
        });
    }

    private Optional<Session> sessionOf(String caller, SessionId id) {
        Optional<Session> session =
                sessions.find(id).filter(found -> found.identity().name().equals(caller));
        if (session.isEmpty()) {
            LOG.log(Level.ERROR, "question of somebody else refused sessionId={0} caller={1}", id, caller);
        }
        return session;
    }
}
