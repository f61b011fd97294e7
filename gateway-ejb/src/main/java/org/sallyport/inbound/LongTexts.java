package org.sallyport.inbound;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has long texts judged only as many at a time as there is memory for, in the order in which they come: to read one takes a
 * hundred times its length, and a few clients could have that end the process. Thread-safe; does not block.
 */
final class LongTexts {
    /** Shorter ones wait for nobody: as many as there are sessions take little. */
    private static final int SHORT = 8 * 1024;

    /** Of the heap for each character: a fifth of it is for reading. */
    private static final int HEAP_BYTES = 512;

    /** A text is as long as this at most; of a longer one nothing is read. */
    private static final long LONGEST = 1 << 20;

    private record Turn(long length, CompletableFuture<Void> come) {}

    private final Executor executor;
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private long free = Math.max(LONGEST, Runtime.getRuntime().maxMemory() / HEAP_BYTES);

    /** @param executor where those go on that had to wait */
    LongTexts(Executor executor) {
        this.executor = executor;
    }

    /** Judges at once where nobody has to wait. */
    <T> CompletionStage<T> inTurn(int length, Supplier<CompletionStage<T>> judge) {
        if (length <= SHORT) {
            return judge.get();
        }
        Turn turn = new Turn(Math.min(length, LONGEST), new CompletableFuture<>());
        CompletionStage<T> judged =
                comesAtOnce(turn) ? begun(judge) : turn.come().thenComposeAsync(come -> judge.get(), executor);
        return judged.whenComplete((done, failure) -> giveUp(turn));
    }

    private static <T> CompletionStage<T> begun(Supplier<CompletionStage<T>> judge) {
        try {
            return judge.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private synchronized boolean comesAtOnce(Turn turn) {
        boolean comes = waiting.isEmpty() && turn.length() <= free;
        if (comes) {
            free -= turn.length();
        } else {
            waiting.add(turn);
        }
        return comes;
    }

    private void giveUp(Turn turn) {
        for (Turn next = next(turn.length()); next != null; next = next(0)) {
            next.come().complete(null);
        }
    }

    private synchronized @Nullable Turn next(long given) {
        free += given;
        Turn next = waiting.peek();
        if (next == null || next.length() > free) {
            return null;
        }
        free -= next.length();
        return waiting.remove();
    }
}
