package org.sallyport.checkpoint;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sallyport.metric.Happening;
import org.sallyport.metric.Tally;

/** Brings checkpoints to one anchor, in their order, each until it is kept. Its own thread waits for the anchor, nobody else does. */
public final class Anchoring implements Runnable {
    private static final Logger LOG = System.getLogger(Anchoring.class.getName());

    /** Some days of an anchor that is away. Past this the oldest go: a later one says all that they say. */
    private static final int MOST = 100_000;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Anchor anchor;
    private final Tally tally;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition progress = lock.newCondition();
    private final Deque<Checkpoint> waiting = new ArrayDeque<>();
    private boolean closed;

    public Anchoring(Anchor anchor, Tally tally) {
        this.anchor = anchor;
        this.tally = tally;
    }

    /** Takes one more; does not block. */
    public void add(Checkpoint checkpoint) {
        lock.lock();
        try {
            if (waiting.size() == MOST) {
                waiting.remove();
            }
            waiting.add(checkpoint);
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Anchors until it is closed or its thread interrupted. */
    @Override
    public void run() {
        Duration pause = Duration.ZERO;
        try {
            Checkpoint next = next(pause);
            while (next != null) {
                pause = keep(next) ? Duration.ZERO : longer(pause);
                next = next(pause);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private @Nullable Checkpoint next(Duration pause) throws InterruptedException {
        lock.lock();
        try {
            long rest = pause.toNanos();
            while (!closed && rest > 0) {
                rest = work.awaitNanos(rest);
            }
            while (!closed && waiting.isEmpty()) {
                work.await();
            }
            return closed ? null : waiting.peek();
        } finally {
            lock.unlock();
        }
    }

    private boolean keep(Checkpoint checkpoint) {
        try {
            anchor.keep(checkpoint);
        } catch (IOException | RuntimeException e) {
            tally.count(Happening.ANCHOR_FAILED);
            LOG.log(
                    Level.WARNING,
                    "checkpoints wait for their anchor anchor={0} waiting={1} failure={2}",
                    anchor.name(),
                    waiting(),
                    e.toString());
            return false;
        }
        tally.count(Happening.ANCHOR_KEPT);
        onKept(checkpoint);
        return true;
    }

    private void onKept(Checkpoint checkpoint) {
        lock.lock();
        try {
            waiting.removeFirstOccurrence(checkpoint);
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Anchors nothing more, after it has waited until all is anchored, for {@code patience} at most. */
    public void close(Duration patience) {
        lock.lock();
        try {
            long rest = patience.toNanos();
            while (!waiting.isEmpty() && rest > 0) {
                rest = progress.awaitNanos(rest);
            }
            if (!waiting.isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        "checkpoints not anchored, the next start''s says what they say anchor={0} waiting={1}",
                        anchor.name(),
                        waiting.size());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
            work.signalAll();
            lock.unlock();
        }
    }
}
