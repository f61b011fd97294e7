package org.sallyport.inbound;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.Displaced;
import org.sallyport.contract.Intent;
import org.sallyport.contract.Notice;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.RefusalException;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementAttempt.Phase;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.contract.Verdict;
import org.sallyport.contract.Visibility;
import org.sallyport.inbound.Docket.Finding;
import org.sallyport.journal.JournalFull;
import org.sallyport.masking.LabelledReading;
import org.sallyport.masking.ResultPlan;
import org.sallyport.metric.Happening;
import org.sallyport.metric.Tally;
import org.sallyport.policy.Access;
import org.sallyport.policy.Granted;
import org.sallyport.policy.Guardrail;
import org.sallyport.policy.Ruling;
import org.sallyport.policy.ShownSettings;
import org.sallyport.record.StatementRecord;
import org.sallyport.sql.StatementKinds;

/**
 * Takes one statement from the question to the verdict.
 *
 * <pre>
 * asked ──▶ judged ──▶ permitted ──▶ on record ──▶ (warned) ──▶ Permit
 *             │  ├───▶ denied ────▶ on record ──▶ Deny
 *             │  └───▶ held ──▶ WaitingRoom ──▶ one of the two
 *             └──▶ (a name unknown, or to be held) catalog reloaded ──▶ judged
 * </pre>
 *
 * <p>Thread-safe; does not block.
 */
final class Hearing {
    private static final Logger LOG = System.getLogger(Hearing.class.getName());

    /** query_canceled: the client has taken it back. */
    private static final String NOT_RUN = "57014";

    private final Judge judge;
    private final Judgements judgements;
    private final CatalogLoads catalogs;
    private final Docket docket;
    private final WaitingRoom waitingRoom;
    private final Clock clock;
    private final Tally tally;

    Hearing(
            Judge judge,
            Judgements judgements,
            CatalogLoads catalogs,
            Docket docket,
            WaitingRoom waitingRoom,
            Clock clock,
            Tally tally) {
        this.judge = judge;
        this.judgements = judgements;
        this.catalogs = catalogs;
        this.docket = docket;
        this.waitingRoom = waitingRoom;
        this.clock = clock;
        this.tally = tally;
    }

    /** The stage is completed whatever fails, and may be cancelled. */
    CompletableFuture<Verdict> judge(Session session, StatementAttempt attempt) {
        Matter matter = Matter.of(session, attempt, clock.instant(), new CompletableFuture<>());
        session.onAsked(attempt.id(), attempt.transaction());
        verdict(matter).whenComplete((verdict, failure) -> settle(matter, verdict, failure));
        return matter.answer();
    }

    /**
     * The permit of a statement about which nothing new has to be decided, once that is on record; null where {@link #judge} has
     * to be asked. It rests on the token's expiry, the identity's access and the catalog, each looked at anew.
     */
    @Nullable
    CompletableFuture<Verdict> repeat(Session session, StatementAttempt attempt) {
        session.onAsked(attempt.id(), attempt.transaction());
        Instant now = clock.instant();
        Optional<Catalog> catalog = judge.looksAtNames(session.access())
                ? catalogs.atHand(session.connection())
                : Optional.of(catalogOfUnrestricted(session.connection()));
        if (attempt.phase() == Phase.FUNCTION_CALL
                || session.isExpired(now)
                || session.isTimed()
                || ((session.mustBeAskedForPath() || session.isBoundElsewhere(attempt))
                        && judge.looksAtPath(session.access()))
                || (session.seesOtherwise() && judge.asks(session.access(), attempt.sql()))
                || (!session.access().unrestricted() && session.making().isPossible())
                || session.executed(attempt).isPresent()
                || catalog.isEmpty()) {
            return null;
        }
        var text = new Judge.Text(attempt.sql(), Judged.parameterTypes(attempt), session.path(), "");
        Optional<Judgement> standing =
                judge.standing(session.access(), catalog.get(), text, attempt.phase() != Phase.QUERY);
        if (standing.isEmpty()
                || !standing.get().isPlainPermit()
                || session.cursors().follows(standing.get().cursor())
                || (judge.looksAtNames(session.access())
                        && !session.preparations().isAlike(attempt, standing.get()))
                || session.runsHeldStatement(standing.get().kinds()).isPresent()) {
            return null;
        }
        Judged judged = new Judged(standing.get(), catalog.get(), attempt.sql(), false);
        session.onJudged(judged.catalog());
        Matter matter = Matter.of(session, attempt, now, new CompletableFuture<>());
        if (matter.runs()) {
            permit(matter, judged, Optional.empty())
                    .whenComplete((verdict, failure) -> settle(matter, verdict, failure));
        } else {
            session.preparations().add(attempt.id(), judged.judgement(), false);
            matter.answer().complete(released(matter, judged));
        }
        return matter.answer();
    }

    /** A session is over. Whether what it defined is committed, its server may not have told. */
    void left(Session session) {
        if (session.hasOpenDefinitions()) {
            catalogs.stale(session.connection());
        }
    }

    private CompletionStage<Verdict> verdict(Matter matter) {
        if (matter.session().isExpired(matter.asked())) {
            Finding finding = new Finding(
                    matter.attempt().sql(),
                    List.of(),
                    "token expired",
                    Optional.empty(),
                    StatementRecord.Touched.NOTHING,
                    false,
                    false);
            return deny(matter, finding, Refusals.EXPIRED);
        }
        return settlePath(matter.session(), matter.attempt().transaction())
                .thenCompose(settled -> catalog(matter))
                .thenCompose(catalog -> judgements.of(matter, catalog))
                .thenCompose(judged -> again(matter, judged))
                .thenCompose(judged -> rule(matter, judged));
    }

    /** Whether it is in doubt where the session looks names up, that matters, and the server can tell. */
    boolean isPathUnsettled(Session session, TransactionStatus transaction) {
        return session.mustBeAskedForPath()
                && judge.looksAtPath(session.access())
                && transaction != TransactionStatus.FAILED;
    }

    /** Has the server asked where the session looks names up, if that is unsettled. */
    CompletionStage<Void> settlePath(Session session, TransactionStatus transaction) {
        if (!isPathUnsettled(session, transaction)) {
            return CompletableFuture.completedFuture(null);
        }
        return SearchPath.of(session.handle()).handle((path, failure) -> {
            if (failure == null) {
                session.onPathTold(path, transaction != TransactionStatus.IDLE);
            } else {
                session.onPathUntold();
            }
            return null;
        });
    }

    /**
     * Where what an unrestricted identity may do depends on no name, it does not wait for a snapshot after each definition. Only what
     * a FunctionCall calls has no name but there, and guardrails go by it.
     */
    private CompletionStage<Catalog> catalog(Matter matter) {
        Session session = matter.session();
        boolean byOid = matter.attempt().phase() == Phase.FUNCTION_CALL
                && !judge.bundle().guardrails().isEmpty();
        return judge.looksAtNames(session.access()) || byOid
                ? catalogs.current(session.connection())
                : CompletableFuture.completedFuture(catalogOfUnrestricted(session.connection()));
    }

    /** What the server says of their statements, where that matters, is kept for as long as a snapshot; nobody waits for one. */
    private Catalog catalogOfUnrestricted(String connection) {
        return judge.looksAtRows() ? catalogs.atHand(connection).orElse(Catalog.EMPTY) : Catalog.EMPTY;
    }

    /** There will be a snapshot when such a statement comes again. */
    private void prepareToKeep(Matter matter, Judged judged) {
        boolean asked =
                judge.looksAtRows() && judged.judgement().kinds().stream().anyMatch(StatementKinds::mayBeUnbounded);
        if (asked && judged.catalog().version() == Catalog.EMPTY.version()) {
            var unused = catalogs.current(matter.session().connection());
        }
    }

    /** Judged under a newer snapshot where the one at hand will not do. */
    private CompletionStage<Judged> again(Matter matter, Judged judged) {
        String connection = matter.session().connection();
        if (judged.judgement().ruling() instanceof Ruling.Hold && matter.runs()) {
            // Who approves is shown what is there now, and the release is compared with that.
            return catalogs.fresh(connection).thenCompose(catalog -> judgements.of(matter, catalog));
        }
        return judged.judgement().unknown()
                ? catalogs.since(connection, matter.asked()).thenCompose(catalog -> anew(matter, judged, catalog))
                : CompletableFuture.completedFuture(judged);
    }

    private CompletionStage<Judged> anew(Matter matter, Judged judged, Catalog catalog) {
        return catalog == judged.catalog() ? CompletableFuture.completedFuture(judged) : judgements.of(matter, catalog);
    }

    private CompletionStage<Verdict> rule(Matter matter, Judged judged) {
        matter.session().onJudged(judged.catalog());
        Ruling ruling = judged.judgement().ruling();
        if (ruling instanceof Ruling.Deny deny) {
            if (deny.isOfCrossCheck()) {
                tally.count(Happening.READINGS_DISAGREED);
            }
            return deny(matter, judged.finding(Optional.empty()), deny.refusal());
        }
        if (matter.attempt().phase() == Phase.FUNCTION_CALL
                && !judge.hiding(matter.session().access()).isEmpty()) {
            Finding finding = judged.finding(Screening.FUNCTION_CALL.rule(), Optional.empty());
            return deny(matter, finding, Screening.FUNCTION_CALL.refusal());
        }
        boolean writtenBack = judged.judgement()
                .plan()
                .filter(plan -> plan.isWrittenBack(matter.attempt().parameters()))
                .isPresent();
        if (writtenBack) {
            Finding finding = judged.finding("masking", Optional.empty());
            return deny(matter, finding, LabelledReading.WRITTEN_BACK.refusal());
        }
        Optional<Ruling.Deny> unshown = unshown(matter, judged);
        if (unshown.isPresent()) {
            Finding finding = judged.finding(unshown.get().rule(), Optional.empty());
            return deny(matter, finding, unshown.get().refusal());
        }
        if (readsWhatIsBeingDefined(matter.session(), judged)) {
            Finding finding = judged.finding("masking", Optional.empty());
            return deny(matter, finding, Refusals.NOT_COMMITTED_YET);
        }
        Optional<Refusal> objection = objectionToPath(matter, judged);
        if (objection.isPresent()) {
            Finding finding = judged.finding("settings", Optional.empty());
            return deny(matter, finding, objection.get());
        }
        if (isPreparedOtherwise(matter, judged)) {
            Finding finding = judged.finding("prepared", Optional.empty());
            return deny(matter, finding, Refusals.PREPARED_OTHERWISE);
        }
        if (judged.judgement().relying() && !judged.own() && matter.session().hasOpenDefinitions()) {
            Finding finding = judged.finding("default deny", Optional.empty());
            return deny(matter, finding, Refusals.CASCADE_BEHIND_DEFINITIONS);
        }
        if (!matter.runs()) {
            judged.judgement().stoppedByName().ifPresent(matter.session()::onHeldPrepared);
            matter.session().preparations().add(matter.attempt().id(), judged.judgement(), judged.own());
            return CompletableFuture.completedFuture(released(matter, judged));
        }
        Optional<String> held =
                matter.session().runsHeldStatement(judged.judgement().kinds());
        if (held.isPresent()) {
            Finding finding = judged.finding(held.get(), Optional.empty());
            return deny(matter, finding, Refusals.heldByName(held.get()));
        }
        if (ruling instanceof Ruling.Hold hold) {
            Optional<Refusal> unheld = waitingRoom.objectionToHolding(matter);
            return unheld.isPresent()
                    ? deny(matter, judged.finding(Optional.empty()), unheld.get())
                    : hold(matter, judged, hold);
        }
        prepareToKeep(matter, judged);
        return permit(matter, judged, Optional.empty());
    }

    /** SQL's EXECUTE runs with the values in its text, whatever it is given besides. */
    private static Optional<Ruling.Deny> unshown(Matter matter, Judged judged) {
        return matter.runs()
                ? ShownSettings.refusal(
                        judged.judgement().showing(),
                        matter.prepare().isPresent()
                                ? List.of()
                                : matter.attempt().parameters())
                : Optional.empty();
    }

    /**
     * Only this session can see what its open transaction has made: the origin of such a result's columns could not be told,
     * and the session would end. Refused here, it goes on.
     */
    private static boolean readsWhatIsBeingDefined(Session session, Judged judged) {
        Judgement judgement = judged.judgement();
        return judgement.unknown()
                && session.hasOpenDefinitions()
                && judged.visibility() == Visibility.SHAPED
                && judgement.kinds().get(0).equals("SELECT");
    }

    /** The server may run what was prepared, and not what its names stand for now: masks, and who has to approve, are that one's. */
    private boolean isPreparedOtherwise(Matter matter, Judged judged) {
        Session session = matter.session();
        return judge.looksAtNames(session.access())
                && !session.preparations().isAlike(matter.attempt(), judged.judgement())
                && (!session.preparations().isFree(matter.attempt())
                        || judge.masks(session.access(), judged.catalog()));
    }

    /** Where names are looked up must be known for whoever is judged by what they stand for. */
    private Optional<Refusal> objectionToPath(Matter matter, Judged judged) {
        Session session = matter.session();
        boolean masks = judge.masks(session.access(), judged.catalog());
        boolean free = session.access().unrestricted() || (session.access().shadow() && !masks);
        boolean takenBack =
                session.hasMovedPathInTransaction() && judged.judgement().takesPathBack();
        boolean known = !session.isPathDoubtful()
                && !session.isPathLost()
                && !session.isBoundElsewhere(matter.attempt())
                && !takenBack;
        return free || known || SearchPath.isMeaningless(judged.judgement().kinds())
                ? Optional.empty()
                : Optional.of(Refusals.PATH_UNSETTLED);
    }

    private CompletionStage<Verdict> hold(Matter matter, Judged judged, Ruling.Hold hold) {
        tally.count(Happening.STATEMENT_HELD);
        return waitingRoom
                .hold(matter, judged, hold)
                .thenCompose(release -> release.refusal().isPresent()
                        ? deny(
                                matter,
                                judged.finding(Optional.of(release.held())),
                                release.refusal().get())
                        : released(matter, release));
    }

    private CompletionStage<Verdict> released(Matter matter, WaitingRoom.Release release) {
        matter.session().onJudged(release.judged().catalog());
        return permit(matter, release.judged(), Optional.of(release.held()));
    }

    private CompletionStage<Verdict> permit(Matter matter, Judged judged, Optional<StatementRecord.Held> held) {
        CursorStep step = judged.judgement().cursor();
        Optional<Refusal> objection =
                matter.session().cursors().objection(step, judged.judgement().plan());
        if (objection.isPresent()) {
            Finding finding = judged.finding("masking", held);
            return deny(matter, finding, objection.get());
        }
        // What is bound to what only its session has made is not known well enough.
        boolean ahead = judged.judgement().readOnly() && !judged.own();
        Optional<Intent> intent = ahead ? docket.permitReading(matter, judged.finding(held)) : Optional.empty();
        if (intent.isPresent()) {
            return CompletableFuture.completedFuture(run(matter, judged).with(intent.get()));
        }
        return docket.permit(matter, judged.finding(held)).handle((recorded, failure) -> {
            if (failure != null) {
                throw new RefusalException(
                        Failures.cause(failure) instanceof JournalFull ? Refusals.RECORD_FULL : Refusals.NOT_RECORDED,
                        failure);
            }
            return run(matter, judged);
        });
    }

    private Verdict.Permit run(Matter matter, Judged judged) {
        if (judged.judgement().defines()) {
            matter.session().onDefining(matter.attempt().id());
        }
        matter.session()
                .onPermitted(
                        matter.attempt().id(),
                        judged.judgement().cursor(),
                        judged.judgement().plan());
        matter.session().onGranted(matter.attempt().id(), grants(matter.session(), judged));
        matter.session()
                .onRun(
                        matter.attempt().id(),
                        matter.attempt().sql(),
                        matter.running(judged.judgement().kinds()));
        prepare(matter, judged);
        matter.session()
                .onPath(
                        matter.attempt().id(),
                        judged.judgement().path(),
                        judged.judgement().kinds());
        if (judged.visibility() == Visibility.SCREENED) {
            matter.session().onScreened(matter.attempt().id());
        }
        if (judged.judgement().ruling() instanceof Ruling.Warn warn) {
            tally.count(Happening.STATEMENT_WARNED);
            matter.session().handle().notice(warning(warn.guardrail()));
        } else {
            tally.count(Happening.STATEMENT_PERMITTED);
        }
        return released(matter, judged);
    }

    private static void prepare(Matter matter, Judged judged) {
        PreparingStep step = judged.preparing();
        if (step instanceof PreparingStep.Prepare) {
            matter.session().preparations().add(matter.attempt().id(), judged.judgement(), judged.own());
        }
        matter.session().sqlPreparations().permitted(matter.attempt().id(), step);
    }

    /** Those that it rests on; of what a cursor shows it is not known here which. */
    private static List<Granted> grants(Session session, Judged judged) {
        Access access = session.access();
        return judged.judgement().cursor() instanceof CursorStep.Fetch
                ? access.grants()
                : access.grantsBehind(judged.judgement().touched().labels());
    }

    private Verdict.Permit released(Matter matter, Judged judged) {
        Session session = matter.session();
        boolean agreed =
                session.plan(matter.attempt().id()).filter(ResultPlan::agreed).isPresent();
        return judged.permit(
                agreed ? 0 : judge.recorded(session.access(), judged.judgement()),
                judge.hiding(session.access()),
                // Whoever may be restricted at another time will be judged by what is known then.
                session.access().unrestricted() && !session.isTimed()
                        ? Displaced.Names.NONE
                        : judged.preparing().displaced());
    }

    private static Notice warning(Guardrail guardrail) {
        String reason = guardrail.reason();
        return new Notice(
                Notice.Severity.WARNING,
                "guardrail " + guardrail.name() + " warns about this statement",
                Optional.of("Rule \"" + guardrail.name() + "\": " + (reason.isBlank() ? "look twice." : reason)),
                Optional.of(guardrail.hint()).filter(hint -> !hint.isBlank()));
    }

    /** A denied statement stays denied whether or not that gets on record. */
    private CompletionStage<Verdict> deny(Matter matter, Finding finding, Refusal refusal) {
        tally.count(Happening.STATEMENT_DENIED);
        return docket.deny(matter, finding, refusal).handle((recorded, failure) -> {
            if (failure != null) {
                LOG.log(
                        Level.WARNING,
                        "refusal not recorded sessionId={0} statement={1}",
                        matter.session().id(),
                        matter.attempt().id());
            }
            return new Verdict.Deny(refusal);
        });
    }

    private void settle(Matter matter, Verdict verdict, Throwable failure) {
        if (failure != null) {
            tally.count(Happening.STATEMENT_DENIED);
            LOG.log(
                    Level.ERROR,
                    "statement not judged sessionId={0} statement={1} failure={2}",
                    matter.session().id(),
                    matter.attempt().id(),
                    Failures.describe(failure));
            matter.answer().complete(new Verdict.Deny(refusalOf(failure)));
        } else if (!matter.answer().complete(verdict) && verdict instanceof Verdict.Permit && matter.runs()) {
            boolean unused = matter.session().onFinished(matter.attempt().id(), Optional.of(NOT_RUN));
            docket.notRun(matter).whenComplete((recorded, lost) -> {
                if (lost != null) {
                    LOG.log(
                            Level.WARNING,
                            "withdrawal not recorded sessionId={0}",
                            matter.session().id());
                }
            });
        }
    }

    private static Refusal refusalOf(Throwable failure) {
        return Failures.cause(failure) instanceof RefusalException told ? told.refusal() : Refusals.NOT_JUDGED;
    }
}
