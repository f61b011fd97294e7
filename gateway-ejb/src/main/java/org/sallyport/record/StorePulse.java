package org.sallyport.record;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Whether the store answers; asked at most once in a second, waited for no longer than two. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StorePulse {
    private static final Duration AGE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Resource(lookup = "jdbc/sallyport-migration")
    private DataSource store;

    @Resource
    private ManagedExecutorService executor;

    @EJB
    private StoreSchema schema;

    private final ReentrantLock asking = new ReentrantLock();
    private @Nullable CompletableFuture<Boolean> answer;
    private long asked;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public StorePulse() {}

    public boolean beats() {
        return schema.isCurrent()
                && question()
                        .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
    }

    /** A question that still waits is not asked a second time: a store that hangs costs one thread, not all. */
    private CompletableFuture<Boolean> question() {
        asking.lock();
        try {
            CompletableFuture<Boolean> last = answer;
            boolean old = System.nanoTime() - asked > AGE.toNanos();
            if (last == null || (last.isDone() && old)) {
                last = CompletableFuture.supplyAsync(this::ask, executor);
                answer = last;
                asked = System.nanoTime();
            }
            return last.handle((beats, failure) -> failure == null && beats);
        } finally {
            asking.unlock();
        }
    }

    private boolean ask() {
        try (Connection connection = store.getConnection()) {
            return connection.isValid((int) PATIENCE.toSeconds());
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }
}
