package org.sallyport.inbound;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.SessionHandle;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementAttempt.Phase;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.identity.Identity;
import org.sallyport.inbound.SqlPreparations.Prepared;
import org.sallyport.masking.ResultPlan;
import org.sallyport.policy.Access;
import org.sallyport.policy.Granted;
import org.sallyport.sql.Execution;

/** An admitted session, as the application knows it. Thread-safe. */
final class Session {
    private static final Set<String> BY_NAME = Set.of("EXECUTE", "FETCH", "MOVE");

    private final SessionId id;
    private final Identity identity;
    private final boolean timed;
    private volatile Access access;
    private final SessionHandle handle;

    /** Statements after which others may see another catalog. */
    private final Set<Long> defining = ConcurrentHashMap.newKeySet();

    private final Map<Long, ResultPlan> plans = new ConcurrentHashMap<>();
    private final Set<Long> screened = ConcurrentHashMap.newKeySet();
    private final Map<Long, List<Granted>> resting = new ConcurrentHashMap<>();
    private final Cursors cursors = new Cursors();
    private final Preparations preparations = new Preparations();
    private final SqlPreparations sqlPreparations = new SqlPreparations();
    private final Pace pace = new Pace();
    private final Making making = new Making(preparations);
    private volatile boolean definesInTransaction;
    private volatile boolean untoldInTransaction;
    private volatile Optional<String> heldPrepared = Optional.empty();
    private volatile List<String> path = List.of();
    private volatile boolean pathMovedInTransaction;
    private volatile boolean pathDoubtful;
    private volatile long pathMovedAt;

    /** By set_config in a query, which may go on when more of its rows are fetched. */
    private volatile boolean pathMovedByRows;

    private volatile boolean pathLost;
    private volatile boolean otherwiseAuthorized;
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
            sqlPreparations.forgetAll();
            preparations.onAccess();
        }
        access = now;
    }

    /** Those that it has declared by SQL. */
    Cursors cursors() {
        return cursors;
    }

    /** What the protocol has prepared in it. */
    Preparations preparations() {
        return preparations;
    }

    /** What SQL has prepared in it. */
    SqlPreparations sqlPreparations() {
        return sqlPreparations;
    }

    /** What SQL has prepared that an attempt executes and nothing else; of others than restricted sessions nobody asks. */
    Optional<Prepared> executed(StatementAttempt attempt) {
        if (access.unrestricted() || sqlPreparations.isEmpty() || attempt.phase() == Phase.FUNCTION_CALL) {
            return Optional.empty();
        }
        return Execution.name(attempt.sql()).flatMap(name -> sqlPreparations.of(name, attempt.bound()));
    }

    /** How fast it asks what nobody has asked before. */
    Pace pace() {
        return pace;
    }

    /** What it may have made that others do not see. */
    Making making() {
        return making;
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
    void onAsked(long statement, TransactionStatus status) {
        making.onAsked(statement);
        if (status == TransactionStatus.IDLE) {
            untoldInTransaction = false;
        }
        if (status == TransactionStatus.IDLE && definesInTransaction) {
            settleDefinitions();
        }
    }

    /** No transaction is open; a definition that is permitted meanwhile, on another thread, is not overlooked. */
    private synchronized void settleDefinitions() {
        definesInTransaction = !defining.isEmpty();
    }

    /** In its open transaction the server could not be asked: it may be the session itself that holds the lock. */
    void onUntold() {
        untoldInTransaction = true;
    }

    /**
     * Whether a connection of the gateway's own would not see what the session sees, or would wait for it: it has changed
     * definitions, or holds a lock, until its transaction ends; or it has a search path that is of no use to others.
     */
    boolean seesOtherwise() {
        return definesInTransaction || untoldInTransaction || pathLost || pathDoubtful;
    }

    /** The schemas in which it looks names up; none for those that sessions begin with. Not to be relied on where that is doubtful. */
    List<String> path() {
        return path;
    }

    /** Whether the server has to be asked where it looks names up, before anything that depends on that. */
    boolean mustBeAskedForPath() {
        return pathDoubtful || pathMovedByRows;
    }

    /** Whether nobody knows where it looks names up. */
    boolean isPathDoubtful() {
        return pathDoubtful;
    }

    /** The server could not be asked. */
    void onPathUntold() {
        pathDoubtful = true;
    }

    /** Whether the end of its transaction may give it another path. */
    boolean hasMovedPathInTransaction() {
        return pathMovedInTransaction;
    }

    /** Whether names in it may mean what they meant on another path. */
    boolean isBoundElsewhere(StatementAttempt attempt) {
        boolean boundBefore = attempt.bound() < attempt.id();
        return attempt.bound() < pathMovedAt || (pathMovedByRows && boundBefore);
    }

    /** Whether names are looked up where nobody else can. */
    boolean isPathLost() {
        return pathLost;
    }

    /** A statement was permitted to run that does this to its path, for as long as its transaction or the session lasts. */
    void onPath(long statement, SearchPath.Effect effect, List<String> kinds) {
        boolean moved = effect != SearchPath.Effect.KEPT;
        pathMovedAt = moved ? statement : pathMovedAt;
        pathMovedInTransaction |= moved;
        pathDoubtful |= moved;
        pathMovedByRows |= moved && !SearchPath.isSetting(kinds);
        otherwiseAuthorized |= effect == SearchPath.Effect.LOST;
    }

    /** A statement of these kinds was permitted to run. */
    void onRun(long statement, String sql, List<String> kinds) {
        making.onRun(statement, sql, kinds);
        boolean mayEnd = definesInTransaction && SearchPath.mayTakeBack(kinds);
        if (mayEnd || kinds.contains("COMMIT PREPARED")) {
            // Others see then what a transaction has defined: its own, or one that was prepared.
            defining.add(statement);
        }
        pathDoubtful |= pathMovedInTransaction && SearchPath.mayTakeBack(kinds);
    }

    /**
     * The server has told where it looks names up.
     *
     * @param told          empty where that helps nobody else
     * @param inTransaction whether a transaction may be open, whose end takes it back
     */
    void onPathTold(Optional<List<String>> told, boolean inTransaction) {
        pathDoubtful = false;
        // What was ready before it was set has told of the end of another transaction.
        pathMovedInTransaction |= inTransaction;
        pathMovedByRows &= inTransaction;
        pathLost = told.isEmpty() || otherwiseAuthorized;
        path = told.orElse(List.of());
    }

    /**
     * The server is ready: what it was sent before has held, or an error took it back. Says whether a transaction is over that may
     * have changed the catalog.
     */
    boolean onSynced(boolean failed, TransactionStatus status) {
        making.onSynced(failed, status);
        boolean over = status == TransactionStatus.IDLE;
        boolean defined = over && definesInTransaction;
        if (defined) {
            settleDefinitions();
        }
        pathDoubtful |= pathMovedInTransaction && (failed || over);
        pathMovedInTransaction &= !over;
        if (over) {
            cursors.idle(failed);
        } else if (status == TransactionStatus.FAILED) {
            cursors.ends(true);
        }
        return defined;
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

    /** A statement was permitted on the strength of grants, if any. */
    void onGranted(long statement, List<Granted> grants) {
        if (!grants.isEmpty()) {
            resting.put(statement, grants);
        }
    }

    /** Whether anything of it depends on grants. */
    boolean restsOnGrants() {
        return !resting.isEmpty() || (timed && !access.grants().isEmpty());
    }

    /**
     * Whether a statement that is not over yet, or a portal that can give more rows, rests on another grant than these. One that is over
     * does not matter where it has rested on a second one for the same from the beginning.
     */
    boolean outlasts(List<Granted> inForce) {
        return resting.values().stream()
                .anyMatch(grants -> grants.stream()
                        .anyMatch(grant ->
                                grants.stream().noneMatch(other -> inForce.contains(other) && other.covers(grant))));
    }

    /** How the statement's result is shown, where its meaning told that. */
    Optional<ResultPlan> plan(long statement) {
        return Optional.ofNullable(plans.get(statement));
    }

    /** A statement was permitted that reads nothing masked, and whose result is only looked at. */
    void onScreened(long statement) {
        screened.add(statement);
    }

    boolean isScreened(long statement) {
        return screened.contains(statement);
    }

    /** A statement that changes the catalog was permitted. */
    synchronized void onDefining(long statement) {
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

    /**
     * A statement is over; says whether the catalog may have changed: by it, or by the transaction that it may have ended.
     *
     * @param sqlState of the error that ended it
     */
    boolean onFinished(long statement, Optional<String> sqlState) {
        cursors.finished(statement, sqlState);
        sqlPreparations.finished(statement, sqlState.isPresent());
        plans.remove(statement);
        resting.remove(statement);
        screened.remove(statement);
        return defining.remove(statement);
    }
}
