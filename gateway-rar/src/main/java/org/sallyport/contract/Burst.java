package org.sallyport.contract;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
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
            burst.tasks.forEach((executor, together) -> executor.execute(() -> together.forEach(Burst::run)));
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

    /** One that fails must not take the others' turn. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a task failed", e);
        }
    }
}
