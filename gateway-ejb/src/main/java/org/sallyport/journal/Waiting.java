package org.sallyport.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Those who wait: for room, and until what was appended for them is durable. Guarded by the journal's lock. */
final class Waiting {
    /** What has no room yet is kept on the heap; past this newcomers are refused at once. */
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    /**
     * A record that has no room yet.
     *
     * @param happened whether it tells of something that cannot be refused any more
     * @param deadline by {@link System#nanoTime()}
     */
    record Roomless(byte[] payload, boolean happened, long deadline, CompletableFuture<Void> durable) {}

    private record Appended(long sequence, long deadline, CompletableFuture<Void> durable) {}

    private final Deque<Roomless> roomless = new ArrayDeque<>();
    private final Deque<Appended> appended = new ArrayDeque<>();
    private long bytes;

    /** False where too much waits already. */
    boolean forRoom(Roomless record) {
        if (bytes + record.payload().length > MOST_BYTES) {
            return false;
        }
        bytes += record.payload().length;
        roomless.add(record);
        return true;
    }

    void forDurability(long sequence, long deadline, CompletableFuture<Void> durable) {
        appended.add(new Appended(sequence, deadline, durable));
    }

    boolean isAnyRoomless(Predicate<Roomless> which) {
        return roomless.stream().anyMatch(which);
    }

    boolean isAnyAppended() {
        return !appended.isEmpty();
    }

    /** Takes those off, oldest first, that {@code placed} answers with true. */
    void place(Predicate<Roomless> placed) {
        Iterator<Roomless> each = roomless.iterator();
        while (each.hasNext()) {
            Roomless record = each.next();
            if (placed.test(record)) {
                each.remove();
                bytes -= record.payload().length;
            }
        }
    }

    /** Takes those off whose records are durable. */
    List<CompletableFuture<Void>> durable(long sequence) {
        List<CompletableFuture<Void>> durable = new ArrayList<>();
        while (!appended.isEmpty() && appended.peek().sequence() <= sequence) {
            durable.add(appended.remove().durable());
        }
        return durable;
    }

    /** Takes those off that wait for durability in vain. */
    List<CompletableFuture<Void>> late(long now) {
        List<CompletableFuture<Void>> late = new ArrayList<>();
        while (!appended.isEmpty() && appended.peek().deadline() - now <= 0) {
            late.add(appended.remove().durable());
        }
        return late;
    }

    /** Takes all off. */
    List<CompletableFuture<Void>> all() {
        List<CompletableFuture<Void>> all = durable(Long.MAX_VALUE);
        roomless.forEach(record -> all.add(record.durable()));
        roomless.clear();
        bytes = 0;
        return all;
    }
}
