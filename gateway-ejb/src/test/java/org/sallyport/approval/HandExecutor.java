package org.sallyport.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.sallyport.identity.AdjustableClock;

/** An executor that the test turns by hand, with its clock. */
final class HandExecutor extends AbstractExecutorService implements ScheduledExecutorService {
    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Alarm<?>> alarms = new PriorityQueue<>(Comparator.comparing(alarm -> alarm.due));
    private final AdjustableClock clock;

    HandExecutor(AdjustableClock clock) {
        this.clock = clock;
    }

    /** Runs what is ready, and what that makes ready. */
    void run() {
        for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
            task.run();
        }
    }

    void advance(Duration time) {
        clock.advance(time);
        while (!alarms.isEmpty() && !alarms.peek().due.isAfter(clock.instant())) {
            ready.add(alarms.remove());
        }
        run();
    }

    /** Alarms that still would ring. */
    long alarmsSet() {
        return alarms.stream().filter(alarm -> !alarm.isCancelled()).count();
    }

    @Override
    public void execute(Runnable task) {
        ready.add(task);
    }

    @Override
    public <T> ScheduledFuture<T> schedule(Callable<T> task, long delay, TimeUnit unit) {
        Alarm<T> alarm = new Alarm<>(task, clock.instant().plus(delay, unit.toChronoUnit()));
        alarms.add(alarm);
        return alarm;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return schedule(Executors.callable(task), delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }

    private static final class Alarm<T> extends FutureTask<T> implements ScheduledFuture<T> {
        private final Instant due;

        Alarm(Callable<T> task, Instant due) {
            super(task);
            this.due = due;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException();
        }
    }
}
