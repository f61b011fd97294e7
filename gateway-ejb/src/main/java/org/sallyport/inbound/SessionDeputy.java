package org.sallyport.inbound;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Deputy;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.contract.Verdict;

/** Repeats what was decided for one session, and records what came of it. */
final class SessionDeputy implements Deputy {
    private final Session session;
    private final Hearing hearing;
    private final CatalogLoads catalogs;
    private final Docket docket;

    SessionDeputy(Session session, Hearing hearing, CatalogLoads catalogs, Docket docket) {
        this.session = session;
        this.hearing = hearing;
        this.catalogs = catalogs;
        this.docket = docket;
    }

    @Override
    public @Nullable CompletionStage<Verdict> judge(StatementAttempt attempt) {
        return hearing.repeat(session, attempt);
    }

    @Override
    public CompletionStage<Void> finished(StatementOutcome outcome) {
        if (outcome.sqlState().isEmpty()) {
            session.onPathSet(outcome.statement());
        }
        if (session.onFinished(outcome.statement(), outcome.sqlState())) {
            catalogs.stale(session.connection());
        }
        return docket.outcome(session.id(), outcome);
    }

    @Override
    public void portal(String name) {
        session.cursors().portal(name);
    }

    @Override
    public void synced(boolean failed, TransactionStatus transaction) {
        session.onSynced(failed, transaction);
    }
}
