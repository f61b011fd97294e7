package org.sallyport.record;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A row that waits to be written, and those who wait for it. All but {@link #durable()} is for the writer's thread. */
final class Entry {
    private final Object entity;
    private final boolean happened;
    private final Instant deadline;
    private final CompletableFuture<Void> durable = new CompletableFuture<>();
    private boolean tried;

    /** @param happened whether it tells of something that cannot be refused any more */
    Entry(Object entity, boolean happened, Instant deadline) {
        this.entity = entity;
        this.happened = happened;
        this.deadline = deadline;
        // Also where the writer itself hangs in the store, nobody waits for ever.
        durable.orTimeout(Recorder.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    Row row() {
        return new Row(entity, tried);
    }

    CompletionStage<Void> durable() {
        return durable.minimalCompletionStage();
    }

    boolean isOver() {
        return !happened && durable.isDone();
    }

    boolean isWorthAnother(Instant now) {
        return happened && now.isBefore(deadline);
    }

    void toTried() {
        tried = true;
    }

    void toDurable() {
        durable.complete(null);
    }

    void toLost(Throwable failure) {
        durable.completeExceptionally(failure);
    }
}
