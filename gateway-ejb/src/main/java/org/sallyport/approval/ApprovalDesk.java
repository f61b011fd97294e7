package org.sallyport.approval;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds statements until a person decides, and tells the side that waits exactly once.
 *
 * <p>The store decides who wins a race; this desk only carries the store's answer to the client that waits on this node, wherever it
 * was decided.
 */
public final class ApprovalDesk {
    private static final Logger LOG = System.getLogger(ApprovalDesk.class.getName());

    /** From a person's word to the statement's release; that takes a look at the catalog, and no more. */
    private static final Duration LONGEST_RELEASE = Duration.ofMinutes(5);

    private final ApprovalStore store;
    private final ScheduledExecutorService executor;
    private final Clock clock;
    private final Tenure tenure;
    private final Map<UUID, Wait> waiting = new ConcurrentHashMap<>();

    /** Whether what this node's earlier lives left is withdrawn. */
    private volatile boolean succeeded;

    ApprovalDesk(ApprovalStore store, ScheduledExecutorService executor, Clock clock, Tenure tenure) {
        this.store = store;
        this.executor = executor;
        this.clock = clock;
        this.tenure = tenure;
    }

    /** Holds a statement. Does not block. */
    public HeldApproval hold(HeldStatement statement) {
        Approval approval = Approval.pending(UUID.randomUUID(), statement, tenure, clock.instant());
        UUID id = approval.id();
        // An executor keeps what is cancelled until its time: it gets nothing of the statement.
        Instant due = approval.expiresAt();
        Wait wait = new Wait();
        waiting.put(id, wait);
        ask(() -> {
                    store.add(approval);
                    wait.expireBy(executor.schedule(
                            () -> expire(id, due), statement.timeout().toMillis(), TimeUnit.MILLISECONDS));
                    return true;
                })
                .whenComplete((added, failure) -> onStored(id, wait, failure));
        return wait.toHeldApproval(id);
    }

    private void onStored(UUID id, Wait wait, @Nullable Throwable failure) {
        if (failure == null) {
            wait.toStored();
        } else {
            waiting.remove(id);
            wait.toFailed(failure);
        }
    }

    /**
     * Takes back what is pending, or approved and not yet used: the client cancelled or left. Does not block; good at any
     * time, also before the approval is stored.
     */
    public CompletionStage<Void> withdraw(UUID id) {
        Wait wait = waiting.get(id);
        CompletionStage<Void> stored = wait == null ? CompletableFuture.completedFuture(null) : wait.stored();
        return stored.handle((nothing, failure) -> failure == null)
                .thenCompose(kept -> ask(() -> kept ? withdrawn(id) : new Decision.Withdrawn()))
                .handle((decision, failure) -> {
                    settle(id, failure == null ? decision : new Decision.Withdrawn());
                    if (failure != null) {
                        LOG.log(Level.WARNING, "approval not withdrawn, it will expire approval={0}", id);
                    }
                    return null;
                });
    }

    private Decision withdrawn(UUID id) {
        return store.withdraw(id, clock.instant()) ? new Decision.Withdrawn() : decided(id);
    }

    /**
     * Spends an approval, just before its statement is released: true for the first who asks, and only while it is
     * approved. Does not block.
     */
    public CompletionStage<Boolean> use(UUID id) {
        return ask(() -> store.use(id, clock.instant()));
    }

    /** Approves on behalf of {@code approver}; waits for the store. */
    public Outcome approve(UUID id, Approver approver, String reason) {
        return decide(id, approver, new Ruling(ApprovalState.APPROVED, approver.name(), reason, clock.instant()));
    }

    /** Denies on behalf of {@code approver}; waits for the store. */
    public Outcome deny(UUID id, Approver approver, String reason) {
        return decide(id, approver, new Ruling(ApprovalState.DENIED, approver.name(), reason, clock.instant()));
    }

    private Outcome decide(UUID id, Approver approver, Ruling ruling) {
        Optional<Approval> found = store.find(id);
        if (found.isEmpty()) {
            return new Outcome.NotFound();
        }
        Optional<String> objection = found.get().objectionTo(approver);
        if (objection.isPresent()) {
            return new Outcome.NotAllowed(objection.get());
        }
        boolean won = store.decide(id, ruling);
        if (!won) {
            store.expire(id, clock.instant());
        }
        Approval now = store.find(id).orElseThrow();
        now.decision().ifPresent(decision -> settle(id, decision));
        return won ? new Outcome.Done(now) : new Outcome.AlreadyDecided(now);
    }

    private void expire(UUID id, Instant due) {
        try {
            // Its own time, whatever a clock that was set back says: nobody waits for it from now on.
            store.expire(id, due);
            // Whoever was faster than the clock has decided; the store says what.
            Decision decision = store.find(id).flatMap(Approval::decision).orElseGet(Decision.Expired::new);
            settle(id, decision);
        } catch (RuntimeException failure) {
            Wait wait = waiting.remove(id);
            if (wait != null) {
                wait.toFailed(failure);
            }
        }
    }

    private Decision decided(UUID id) {
        return store.find(id).flatMap(Approval::decision).orElseThrow();
    }

    private void settle(UUID id, Decision decision) {
        Wait wait = waiting.remove(id);
        if (wait != null) {
            wait.toDecided(decision);
        }
    }

    /** Hears what became of what waits here by others: a person who decided on another node, or whatever closed it in the store. */
    void listen() {
        Set<UUID> ids = Set.copyOf(waiting.keySet());
        if (!ids.isEmpty()) {
            store.settled(ids)
                    .forEach(approval -> approval.decision().ifPresent(decision -> settle(approval.id(), decision)));
        }
    }

    /** Puts the store in order: overdue approvals expire, those of this node's earlier lives are withdrawn. */
    void tidy() {
        Instant now = clock.instant();
        // Once: another node that was given the same name by mistake would have withdrawn what it holds again and
        // again.
        int withdrawn = succeeded ? 0 : store.withdrawAbandoned(tenure, now);
        succeeded = true;
        withdrawn += store.withdrawUnused(now.minus(LONGEST_RELEASE), now);
        int expired = store.expireOverdue(now);
        if (withdrawn + expired > 0) {
            LOG.log(Level.INFO, "approvals tidied withdrawn={0} expired={1}", withdrawn, expired);
        }
    }

    private <T> CompletionStage<T> ask(Supplier<T> question) {
        try {
            return CompletableFuture.supplyAsync(question, executor);
        } catch (RejectedExecutionException overload) {
            return CompletableFuture.failedFuture(overload);
        }
    }
}
