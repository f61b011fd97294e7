package org.sallyport.record;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Makes entries durable by group commit: one writer takes all that wait, writes them in one transaction, then answers them.
 *
 * <p>{@link #intent} and {@link #outcome} may be called on any thread and do not block; their stages complete on the
 * writer's thread.
 */
public final class Recorder implements Runnable {
    private static final Logger LOG = System.getLogger(Recorder.class.getName());

    /** One JDBC batch of the persistence unit; more would only make the first of them wait longer. */
    static final int LARGEST_BATCH = 256;

    /** Seconds of a busy gateway's statements; past it the store has lost the race and new statements are refused. */
    static final int LONGEST_QUEUE = 10_000;

    /** How long a client waits for the store before it gets an error: less than clients' usual time-outs. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private final Deque<Entry> again = new ArrayDeque<>();
    private final Consumer<List<Row>> ledger;
    private final Predicate<Throwable> isOfRows;
    private final Clock clock;
    private Duration pause = FIRST_PAUSE;
    private volatile boolean closed;

    /** @param ledger writes rows in one transaction, or throws */
    public Recorder(Consumer<List<Row>> ledger, Clock clock) {
        this(ledger, StoreFailure::isOfRows, clock);
    }

    Recorder(Consumer<List<Row>> ledger, Predicate<Throwable> isOfRows, Clock clock) {
        this.ledger = ledger;
        this.isOfRows = isOfRows;
        this.clock = clock;
    }

    /**
     * Records what is about to happen. Tried once: where the store fails, so does the stage, and what was intended must not
     * happen.
     */
    public CompletionStage<Void> intent(Object entity) {
        return enqueue(new Entry(entity, false, clock.instant().plus(PATIENCE)));
    }

    /**
     * Records what has happened, and cannot be undone by refusing it: tried again while the client waits. Where the stage
     * fails the outcome stays unknown.
     */
    public CompletionStage<Void> outcome(Object entity) {
        return enqueue(new Entry(entity, true, clock.instant().plus(PATIENCE)));
    }

    private CompletionStage<Void> enqueue(Entry entry) {
        if (closed || !queue.offer(entry)) {
            entry.toLost(new IllegalStateException(closed ? "the recorder is closed" : "the record's queue is full"));
        }
        if (closed) {
            loseAll();
        }
        return entry.durable();
    }

    /** Writes until interrupted. */
    @Override
    public void run() {
        try {
            while (!closed) {
                write();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    /** Takes nothing more; what still waits fails. */
    public void close() {
        closed = true;
        loseAll();
    }

    private void loseAll() {
        List<Entry> rest = new ArrayList<>();
        queue.drainTo(rest);
        rest.forEach(entry -> entry.toLost(new IllegalStateException("the recorder is closed")));
    }

    /** Waits for entries and writes those that are there. */
    void write() throws InterruptedException {
        List<Entry> batch = gather();
        // Whoever gave up has been refused: an intent written now would tell of something that does not happen.
        batch.removeIf(Entry::isOver);
        if (!batch.isEmpty()) {
            write(batch);
        }
    }

    private List<Entry> gather() throws InterruptedException {
        List<Entry> batch = new ArrayList<>(LARGEST_BATCH);
        if (again.isEmpty()) {
            batch.add(queue.take());
        } else {
            Entry fresh = queue.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
            while (!again.isEmpty() && batch.size() < LARGEST_BATCH) {
                batch.add(again.removeFirst());
            }
            if (fresh != null) {
                batch.add(fresh);
            }
        }
        queue.drainTo(batch, Math.max(0, LARGEST_BATCH - batch.size()));
        return batch;
    }

    private void write(List<Entry> batch) {
        try {
            ledger.accept(batch.stream().map(Entry::row).toList());
            batch.forEach(Entry::toDurable);
            pause = FIRST_PAUSE;
        } catch (RuntimeException failure) {
            onFailure(batch, failure);
        }
    }

    private void onFailure(List<Entry> batch, RuntimeException failure) {
        boolean ofRows = isOfRows.test(failure);
        if (ofRows && batch.size() > 1) {
            // One bad row must not take the others' statements with it.
            batch.forEach(entry -> write(List.of(entry)));
            return;
        }
        LOG.log(Level.WARNING, "record not written entries={0} failure={1}", batch.size(), failure.getClass());
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        for (Entry entry : batch) {
            if (entry.isWorthAnother(clock.instant()) && !ofRows) {
                entry.toTried();
                again.addLast(entry);
            } else {
                entry.toLost(failure);
            }
        }
    }
}
