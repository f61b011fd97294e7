package org.sallyport.inbound;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementAttempt.Phase;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.grant.GrantBook;
import org.sallyport.meaning.Meanings;
import org.sallyport.policy.Access;
import org.sallyport.policy.Circumstances;

/** Has statements judged by what the server says about them, where anything depends on that. Thread-safe; does not block. */
final class Judgements {
    private final Judge judge;
    private final Inquiry inquiry;
    private final SessionInquiry ownInquiry;
    private final Clock clock;
    private final GrantBook grants;
    private final LongTexts longTexts;

    /** @param executor its threads may block */
    Judgements(Judge judge, Meanings meanings, Executor executor, Clock clock, GrantBook grants) {
        this.judge = judge;
        this.grants = grants;
        this.inquiry = new Inquiry(meanings);
        this.ownInquiry = new SessionInquiry(meanings, executor);
        this.longTexts = new LongTexts(executor);
        this.clock = clock;
    }

    /** The judgement of a statement under a snapshot. */
    CompletionStage<Judged> of(Matter matter, Catalog catalog) {
        return longTexts.inTurn(matter.text().length(), () -> judged(matter, catalog));
    }

    private CompletionStage<Judged> judged(Matter matter, Catalog catalog) {
        Session session = matter.session();
        StatementAttempt attempt = matter.attempt();
        if (session.isTimed()) {
            Optional<Access> access = judge.bundle().access(circumstances(session));
            if (access.isEmpty()) {
                return CompletableFuture.completedFuture(Judged.outOfTime(attempt.sql(), catalog));
            }
            session.onAccess(access.get());
        }
        // A function is called by its OID.
        if (attempt.phase() == Phase.FUNCTION_CALL || !judge.asks(session.access(), attempt.sql())) {
            return CompletableFuture.completedFuture(Judged.of(judge, matter, catalog, Meant.NOTHING));
        }
        return ownInquiry
                .of(matter, catalog)
                .thenCompose(view -> view.<CompletionStage<Judged>>map(
                                seen -> CompletableFuture.completedFuture(Judged.of(judge, matter, seen)))
                        .orElseGet(() -> asOthersSeeIt(matter, catalog)));
    }

    private Circumstances circumstances(Session session) {
        String connection = session.connection();
        return new Circumstances(
                session.identity(),
                connection,
                clock.instant(),
                grants.of(session.identity().name(), connection));
    }

    private CompletionStage<Judged> asOthersSeeIt(Matter matter, Catalog catalog) {
        Session session = matter.session();
        StatementAttempt attempt = matter.attempt();
        if (session.seesOtherwise() || session.isBoundElsewhere(attempt)) {
            return CompletableFuture.completedFuture(Judged.of(judge, matter, catalog, Meant.NOT_ASKED));
        }
        return inquiry.of(session.pace(), session.connection(), catalog.version(), matter.text())
                .thenApply(meant -> {
                    if (!meant.lasting() && attempt.transaction() != TransactionStatus.IDLE) {
                        session.onUntold();
                    }
                    boolean kept = catalog.version() != Catalog.EMPTY.version();
                    return Judged.of(judge, matter, catalog, kept ? meant : meant.once());
                });
    }
}
