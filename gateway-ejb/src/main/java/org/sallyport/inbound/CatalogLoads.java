package org.sallyport.inbound;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Catalogs;

/** Gets catalogs without blocking, and the same one only once at a time however many sessions want it. Thread-safe. */
final class CatalogLoads {
    private final Catalogs catalogs;
    private final Executor executor;
    private final Map<String, CompletableFuture<Catalog>> loading = new ConcurrentHashMap<>();

    /** @param executor its threads may block */
    CatalogLoads(Catalogs catalogs, Executor executor) {
        this.catalogs = catalogs;
        this.executor = executor;
    }

    /** The snapshot, if there is one that is young enough. */
    Optional<Catalog> atHand(String connection) {
        return catalogs.current(connection);
    }

    /** The snapshot at hand, on this thread; or a new one. */
    CompletionStage<Catalog> current(String connection) {
        return since(connection, Instant.MIN);
    }

    /** A snapshot that knows what was there at that moment: the one at hand where it was begun after it, or a new one. */
    CompletionStage<Catalog> since(String connection, Instant moment) {
        return catalogs.current(connection, moment)
                .<CompletionStage<Catalog>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> reloaded(connection));
    }

    /** A new snapshot, shared with whoever waits for one now. */
    private CompletionStage<Catalog> reloaded(String connection) {
        CompletableFuture<Catalog> mine = new CompletableFuture<>();
        CompletableFuture<Catalog> first = loading.putIfAbsent(connection, mine);
        if (first != null) {
            return first;
        }
        fresh(connection).whenComplete((catalog, failure) -> {
            loading.remove(connection, mine);
            if (failure == null) {
                mine.complete(catalog);
            } else {
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }

    /** A snapshot that is begun after this call. */
    CompletionStage<Catalog> fresh(String connection) {
        try {
            return CompletableFuture.supplyAsync(() -> catalogs.load(connection), executor);
        } catch (RuntimeException rejected) {
            return CompletableFuture.failedFuture(rejected);
        }
    }

    /** The definition of something has changed: neither the snapshot nor one that is on its way will do. */
    void stale(String connection) {
        loading.remove(connection);
        catalogs.stale(connection);
    }
}
