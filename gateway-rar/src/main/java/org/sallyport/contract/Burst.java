package org.sallyport.contract;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Stages that complete together. What those who wait for them have an executor do reaches it as one task, so that its thread is woken
 * once and not for each of them.
 */
public final class Burst {
    private static final Logger LOG = System.getLogger(Burst.class.getName());

    private static final ThreadLocal<@Nullable Burst> PRESENT = new ThreadLocal<>();

    private final Map<Executor, List<Runnable>> tasks = new LinkedHashMap<>();

    private Burst() {}

    /** Runs {@code completions} on this thread, and hands over afterwards what {@link #execute} was given meanwhile. */
    public static void of(Runnable completions) {
        if (PRESENT.get() != null) {
            completions.run();
            return;
        }
        Burst burst = new Burst();
        PRESENT.set(burst);
        try {
            completions.run();
        } finally {
            PRESENT.remove();
            burst.tasks.forEach(Burst::handOver);
        }
    }

    /** Has {@code executor} run the task: at once, or at the end of the burst that this thread is in. Its tasks keep their order. */
    public static void execute(Executor executor, Runnable task) {
        Burst burst = PRESENT.get();
        if (burst == null) {
            executor.execute(task);
        } else {
            burst.tasks.computeIfAbsent(executor, first -> new ArrayList<>()).add(task);
        }
    }

    /** Whoever completes a stage hears nothing of what becomes of it: an executor that has ended takes nothing more, and the others do. */
    private static void handOver(Executor executor, List<Runnable> together) {
        try {
            executor.execute(() -> together.forEach(Burst::run));
        } catch (RejectedExecutionException ended) {
            LOG.log(Level.DEBUG, "nobody runs any more what was to be done tasks={0}", together.size());
        }
    }

    /** One that fails must not take the others' turn; not for want of buffers, either, which is an error. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a task failed", e);
        }
    }
}
