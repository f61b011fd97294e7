package org.sallyport.approval;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** The waiting end of one held statement, on the node that holds it. May be used on any thread. */
final class Wait {
    private final CompletableFuture<Void> stored = new CompletableFuture<>();
    private final CompletableFuture<Decision> decision = new CompletableFuture<>();

    HeldApproval toHeldApproval(UUID id) {
        // Copies, so that nobody outside can complete them.
        return new HeldApproval(id, stored.minimalCompletionStage(), decision.minimalCompletionStage());
    }

    CompletionStage<Void> stored() {
        return stored;
    }

    /** Cancels {@code alarm} as soon as something else ends the wait. */
    void expireBy(Future<?> alarm) {
        decision.whenComplete((decided, failure) -> alarm.cancel(false));
    }

    void toStored() {
        stored.complete(null);
    }

    void toDecided(Decision decided) {
        decision.complete(decided);
    }

    void toFailed(Throwable failure) {
        stored.completeExceptionally(failure);
        decision.completeExceptionally(failure);
    }
}
