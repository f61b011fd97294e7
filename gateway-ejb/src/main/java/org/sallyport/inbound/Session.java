package org.sallyport.inbound;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.SessionHandle;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.identity.Identity;
import org.sallyport.masking.ResultPlan;
import org.sallyport.policy.Access;

/** An admitted session, as the application knows it. Thread-safe. */
final class Session {
    private static final Set<String> BY_NAME = Set.of("EXECUTE", "FETCH", "MOVE");

    private final SessionId id;
    private final Identity identity;
    private final boolean timed;
    private volatile Access access;
    private final SessionHandle handle;
    private final Set<Long> defining = ConcurrentHashMap.newKeySet();
    private final Map<Long, ResultPlan> plans = new ConcurrentHashMap<>();
    private final Cursors cursors = new Cursors();
    private volatile boolean definesInTransaction;
    private volatile boolean untoldInTransaction;
    private volatile Optional<String> heldPrepared = Optional.empty();
    private volatile List<String> path = List.of();
    private volatile @Nullable PathChange pathChange;
    private volatile boolean pathLost;
    private volatile Optional<Catalog> catalog = Optional.empty();

    /** @param timed whether its access may be another at another time */
    Session(SessionId id, Identity identity, Access access, boolean timed, SessionHandle handle) {
        this.id = id;
        this.identity = identity;
        this.access = access;
        this.timed = timed;
        this.handle = handle;
    }

    SessionId id() {
        return id;
    }

    Identity identity() {
        return identity;
    }

    Access access() {
        return access;
    }

    boolean isTimed() {
        return timed;
    }

    /** What it may do at this time. */
    void onAccess(Access now) {
        if (!now.equals(access)) {
            // What was declared is shown as the access before it would have it.
            cursors.blur();
        }
        access = now;
    }

    /** Those that it has declared by SQL. */
    Cursors cursors() {
        return cursors;
    }

    String connection() {
        return access.connection();
    }

    SessionHandle handle() {
        return handle;
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(identity.expires());
    }

    /** Another statement is asked about, the server being in this state. */
    void onAsked(TransactionStatus status) {
        if (status == TransactionStatus.IDLE) {
            untoldInTransaction = false;
            // What ran is settled when the server is ready; this never did.
            pathChange = null;
        }
        if (status == TransactionStatus.IDLE && defining.isEmpty()) {
            definesInTransaction = false;
        }
    }

    /** In its open transaction the server could not be asked: it may be the session itself that holds the lock. */
    void onUntold() {
        untoldInTransaction = true;
    }

    /**
     * Whether a connection of the gateway's own would not see what the session sees, or would wait for it: it has changed
     * definitions, or holds a lock, until its transaction ends; or it has a search path that nobody knows, until its own end.
     */
    boolean seesOtherwise() {
        return definesInTransaction || untoldInTransaction || pathLost;
    }

    /** The schemas in which it looks names up, as it has set them; none for those that sessions begin with. */
    List<String> path() {
        return path;
    }

    /**
     * Whether it has set its path in this very pipeline: whether that holds is known once a Sync has come.
     */
    boolean isPathUnsettled() {
        return pathChange != null;
    }

    /** A statement that gives it another path was permitted. */
    void onPath(long statement, List<String> to) {
        pathChange = new PathChange(statement, to, false);
    }

    /** Nobody can tell any more where it looks names up. */
    void onPathLost() {
        pathLost = true;
    }

    /** @param done whether it has run without an error */
    private record PathChange(long statement, List<String> to, boolean done) {}

    /** The server is ready: what it was sent before has held, or an error took it back. */
    void onSynced(boolean failed, TransactionStatus status) {
        if (status == TransactionStatus.IDLE) {
            cursors.idle(failed);
        } else if (status == TransactionStatus.FAILED) {
            cursors.ends(true);
        }
        PathChange change = pathChange;
        pathChange = null;
        if (change != null && change.done() && !failed) {
            path = change.to();
            pathLost |= status != TransactionStatus.IDLE;
        }
    }

    /** A statement was judged by this catalog. */
    void onJudged(Catalog judgedBy) {
        catalog = Optional.of(judgedBy);
    }

    /** What the newest statement was judged by, so that its results are read in the same light. */
    Optional<Catalog> catalog() {
        return catalog;
    }

    /** A statement was permitted whose result, or whose cursor's rows, are to be shown so. */
    void onPermitted(long statement, CursorStep step, Optional<ResultPlan> plan) {
        Optional<ResultPlan> shown = step instanceof CursorStep.Fetch fetch ? cursors.plan(fetch) : plan;
        shown.ifPresent(known -> plans.put(statement, known));
        cursors.permitted(statement, step, shown);
    }

    /** How the statement's result is shown, where its meaning told that. */
    Optional<ResultPlan> plan(long statement) {
        return Optional.ofNullable(plans.get(statement));
    }

    /** A statement that changes the catalog was permitted. */
    void onDefining(long statement) {
        defining.add(statement);
        definesInTransaction = true;
    }

    /** Whether the catalog that others see may differ from what the open transaction sees. */
    boolean hasOpenDefinitions() {
        return definesInTransaction;
    }

    /** A statement that a guardrail would hold, or not let run at another time, was prepared by the protocol. */
    void onHeldPrepared(String guardrail) {
        heldPrepared = Optional.of(guardrail);
    }

    /** The guardrail that a statement of these kinds might lead around: SQL runs what the protocol prepared, by its name. */
    Optional<String> runsHeldStatement(List<String> kinds) {
        return heldPrepared.filter(guardrail -> kinds.stream().anyMatch(BY_NAME::contains));
    }

    /** A statement that was to give it another path is over; it has it once its pipeline has ended as well. */
    void onPathSet(long statement) {
        PathChange change = pathChange;
        if (change != null && change.statement() == statement) {
            pathChange = new PathChange(statement, change.to(), true);
        }
    }

    /**
     * A statement is over; says whether the catalog may have changed: by it, or by the transaction that it ended.
     *
     * @param sqlState of the error that ended it
     */
    boolean onFinished(long statement, Optional<String> sqlState) {
        cursors.finished(statement, sqlState);
        plans.remove(statement);
        return defining.remove(statement) || definesInTransaction;
    }
}
