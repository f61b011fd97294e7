package org.sallyport.catalog;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The newest snapshot of each connection's catalog, and a connection to its database that stays open to tell whether it still holds.
 * Thread-safe.
 *
 * <p>A snapshot is used for at most {@code maximumAge}: DDL that went another way than through the gateway is noticed
 * within that time.
 */
public final class Catalogs implements AutoCloseable {

    public static final Duration DEFAULT_MAXIMUM_AGE = Duration.ofSeconds(30);

    private final CatalogSource source;
    private final Executor executor;
    private final Duration maximumAge;
    private final Clock clock;
    private final CatalogReader reader = new CatalogReader();
    private final Map<String, KeptCatalog> kept = new ConcurrentHashMap<>();
    private final Map<String, Snapshot> snapshots = new ConcurrentHashMap<>();
    private final Map<String, Long> eras = new ConcurrentHashMap<>();
    private final Set<String> refreshing = ConcurrentHashMap.newKeySet();

    /** @param executor for refreshes ahead of time; its threads may block */
    public Catalogs(CatalogSource source, Executor executor, Duration maximumAge, Clock clock) {
        this.source = source;
        this.executor = executor;
        this.maximumAge = maximumAge;
        this.clock = clock;
    }

    /** The snapshot, if there is one that is young enough; never blocks. */
    public Optional<Catalog> current(String connection) {
        return current(connection, Instant.MIN);
    }

    /** The snapshot, if there is one that is young enough and was begun after that moment; never blocks. */
    public Optional<Catalog> current(String connection, Instant after) {
        Snapshot snapshot = snapshots.get(connection);
        if (snapshot == null || !snapshot.read().isAfter(after)) {
            return Optional.empty();
        }
        Duration age = Duration.between(snapshot.read(), clock.instant());
        // One from the future is of before the clock was set back: how old it is nobody knows.
        if (age.isNegative() || age.compareTo(maximumAge) >= 0) {
            return Optional.empty();
        }
        if (age.compareTo(maximumAge.dividedBy(2)) >= 0 && refreshing.add(connection)) {
            refresh(connection);
        }
        return Optional.of(snapshot.catalog());
    }

    /**
     * Reads a new snapshot, or learns that nothing has changed since the last was read; blocks.
     *
     * @throws CatalogUnavailable if the database does not answer
     */
    public Catalog load(String connection) {
        Instant begun = clock.instant();
        long era = eras.getOrDefault(connection, 0L);
        try {
            Catalog read = kept.computeIfAbsent(connection, name -> new KeptCatalog(name, source, reader, clock))
                    .read(era);
            Snapshot before = snapshots.get(connection);
            Catalog catalog = before != null && before.catalog().sameAs(read) ? before.catalog() : read;
            // What was read before a change was announced may be from before the change: used once, not kept.
            if (eras.getOrDefault(connection, 0L) == era) {
                snapshots.put(connection, new Snapshot(catalog, begun));
            }
            return catalog;
        } catch (SQLException e) {
            throw new CatalogUnavailable(connection, e);
        }
    }

    /**
     * Forgets the snapshot: the definition of something has changed. To be called when a statement that defines has
     * run, and again when its transaction has ended.
     */
    public void stale(String connection) {
        eras.merge(connection, 1L, Long::sum);
        snapshots.remove(connection);
    }

    @Override
    public void close() {
        kept.values().forEach(KeptCatalog::close);
    }

    private void refresh(String connection) {
        try {
            executor.execute(() -> {
                try {
                    load(connection);
                } finally {
                    refreshing.remove(connection);
                }
            });
        } catch (RuntimeException e) {
            refreshing.remove(connection);
            throw e;
        }
    }

    private record Snapshot(Catalog catalog, Instant read) {}
}
