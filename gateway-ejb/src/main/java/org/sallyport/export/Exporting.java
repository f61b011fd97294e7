package org.sallyport.export;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.sallyport.metric.Happening;
import org.sallyport.metric.Tally;

/** Has one sink brought what is on record, again and again. Its own thread waits for the sink and the store, nobody else does. */
final class Exporting implements Runnable {
    private static final Logger LOG = System.getLogger(Exporting.class.getName());

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Brings a sink what comes next, in a transaction. */
    interface Round {
        boolean send(Sink sink) throws SQLException, IOException;

        long lag(Sink sink) throws SQLException;
    }

    private final Sink sink;
    private final Round round;
    private final Tally tally;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition end = lock.newCondition();
    private boolean closed;
    private volatile long lag;

    Exporting(Sink sink, Round round, Tally tally) {
        this.sink = sink;
        this.round = round;
        this.tally = tally;
    }

    /** Sends until it is closed or its thread interrupted. */
    @Override
    public void run() {
        Duration pause = Duration.ZERO;
        try {
            while (!pauses(pause)) {
                pause = next(pause);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends once; says how long to wait before the next time. */
    Duration next(Duration before) {
        try {
            boolean sent = round.send(sink);
            if (sent) {
                tally.count(Happening.EXPORT_SENT);
            }
            measure();
            return sent ? Duration.ZERO : FIRST_PAUSE;
        } catch (IOException | SQLException | RuntimeException e) {
            tally.count(Happening.EXPORT_FAILED);
            measure();
            LOG.log(
                    Level.WARNING,
                    "the record waits for a sink sink={0} waiting={1} failure={2}",
                    sink.name(),
                    lag,
                    reason(e));
            Duration twice = before.isZero() ? FIRST_PAUSE : before.multipliedBy(2);
            return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
        }
    }

    /** The store's messages may carry what a row holds. */
    private static String reason(Exception failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        return cause == null ? failure.getClass().getName() : cause.toString();
    }

    private void measure() {
        try {
            lag = round.lag(sink);
        } catch (SQLException | RuntimeException unknown) {
            // The store does not answer: what was known last stands.
        }
    }

    /** How many records the store has that the sink has not, as far as was known last. */
    long lag() {
        return lag;
    }

    private boolean pauses(Duration pause) throws InterruptedException {
        lock.lock();
        try {
            long rest = pause.toNanos();
            while (!closed && rest > 0) {
                rest = end.awaitNanos(rest);
            }
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Sends nothing more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            end.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
