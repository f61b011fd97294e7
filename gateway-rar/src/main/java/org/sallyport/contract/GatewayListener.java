package org.sallyport.contract;

import java.util.concurrent.CompletionStage;

/**
 * What the adapter asks the application about a session, in the order of a session's life.
 *
 * <p>Every method returns promptly and never blocks its caller, which is a network event loop; where an answer takes
 * time the stage completes later, on any thread. A stage that completes exceptionally, and an exception thrown, are
 * refusals: the adapter lets nothing pass.
 *
 * <p>All methods but {@link #admit} are called with the caller and the groups of {@link Admission.Admitted} established
 * by JCA security inflow. Calls for one session do not overlap.
 *
 * <p>What needs no new decision is not asked here at all: see {@link Deputy}.
 */
public interface GatewayListener {

    /**
     * Decides who is connecting, to which database, and as whom the gateway logs in there.
     *
     * @param attempt what the client sent; the application must not keep its secret beyond the answer
     */
    CompletionStage<Admission> admit(ConnectionAttempt attempt);

    /**
     * Decides a statement. A {@link Verdict.Permit} is given only when the statement's intent is durable, or with
     * the intent that its results have to wait for.
     *
     * <p>A statement held for approval is a stage that completes later. When the client cancels or leaves, the adapter
     * cancels it by {@code toCompletableFuture().cancel(true)} on the very stage returned here, which withdraws the
     * approval.
     */
    CompletionStage<Verdict> judge(SessionId session, StatementAttempt attempt);

    /**
     * Decides what the client may see of a result. Asked once for each result of a statement that was permitted as
     * {@link Visibility#SHAPED} or {@link Visibility#SCREENED}, before its first row leaves.
     */
    MaskingPlan shape(SessionId session, ResultShape result);

    /** Tells that an admitted session is over. Called exactly once for each {@link Admission.Admitted}. */
    void ended(SessionId session, SessionEnd end);
}
