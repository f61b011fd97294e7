package org.sallyport.inbound;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Deputy;
import org.sallyport.contract.ResultChunk;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.contract.Verdict;
import org.sallyport.metric.Happening;
import org.sallyport.metric.Tally;

/** Repeats what was decided for one session, and records what came of it. */
final class SessionDeputy implements Deputy {
    private static final Logger LOG = System.getLogger(SessionDeputy.class.getName());

    private final Session session;
    private final Hearing hearing;
    private final CatalogLoads catalogs;
    private final Docket docket;
    private final Tally tally;

    SessionDeputy(Session session, Hearing hearing, CatalogLoads catalogs, Docket docket, Tally tally) {
        this.session = session;
        this.hearing = hearing;
        this.catalogs = catalogs;
        this.docket = docket;
        this.tally = tally;
    }

    @Override
    public @Nullable CompletionStage<Verdict> judge(StatementAttempt attempt) {
        return hearing.repeat(session, attempt);
    }

    @Override
    public CompletionStage<Void> finished(StatementOutcome outcome) {
        if (session.onFinished(outcome.statement(), outcome.sqlState())) {
            catalogs.stale(session.connection());
        }
        if (!outcome.found().isEmpty()) {
            tally.count(Happening.CONTENT_DETECTED);
            LOG.log(
                    Level.WARNING,
                    "detected in a result sessionId={0} statement={1} found={2}",
                    session.id(),
                    String.valueOf(outcome.statement()),
                    outcome.found());
        }
        return docket.outcome(session.id(), outcome);
    }

    @Override
    public CompletionStage<Void> shown(ResultChunk chunk) {
        return docket.shown(session.id(), chunk);
    }

    @Override
    public void portal(String name) {
        session.cursors().portal(name);
    }

    @Override
    public void statement(String name) {
        session.sqlPreparations().named(name);
    }

    @Override
    public @Nullable CompletionStage<Void> binding(TransactionStatus transaction) {
        return hearing.isPathUnsettled(session, transaction) ? hearing.settlePath(session, transaction) : null;
    }

    @Override
    public void synced(boolean failed, TransactionStatus transaction) {
        if (session.onSynced(failed, transaction)) {
            // A definition is over before its transaction is: what was read in between is of before.
            catalogs.stale(session.connection());
        }
    }
}
