package org.sallyport.journal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sallyport.journal.Waiting.Roomless;

/**
 * Records in the order in which they were appended, numbered without gaps and chained, until they are released.
 *
 * <p>{@link #append} may be called on any thread and does not block: it stores into mapped memory, or lets the record wait for
 * room. All that touches the disk is done by the one thread in {@link #run()}: it makes the next file before the present one is
 * full, and by one flush makes everything durable that was appended meanwhile.
 *
 * <pre>
 * spare ──▶ current ──▶ sealed ──▶ deleted, once all of it is released
 * </pre>
 *
 * <p>Where no file can be reserved (the limit, a full disk) the second half of the present one is kept for what has happened
 * already: new intents wait, and are refused when their patience ends. A flush that fails ends the journal: what the operating
 * system then keeps of it is not known.
 */
public final class Journal implements Runnable, AutoCloseable {
    private static final Logger LOG = System.getLogger(Journal.class.getName());

    /** How often the disk is looked after when nobody asks: a disk that was full may have room again. */
    private static final long IDLE_MILLIS = 1000;

    /** Whoever waits meanwhile waits for the processor anyway. */
    private static final long MOST_GATHERING_NANOS = 1_000_000;

    private static final CompletionStage<Void> DURABLE =
            CompletableFuture.<Void>completedFuture(null).minimalCompletionStage();

    private final JournalSettings settings;
    private final JournalFolder folder;
    private final UUID id;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();

    /** Held by whoever touches the disk; taken before the other. */
    private final ReentrantLock disk = new ReentrantLock();

    private final Waiting waiting = new Waiting();
    private final List<Segment> sealed = new ArrayList<>();
    private Segment current;
    private @Nullable Segment spare;
    private boolean reservable = true;
    private boolean turning;
    private long flushed;
    private long released;
    private @Nullable Throwable failure;
    private volatile Runnable afterFlush = () -> {};
    private volatile Executor together = Runnable::run;

    private Journal(JournalSettings settings, JournalFolder folder, List<Segment> segments) {
        this.settings = settings;
        this.folder = folder;
        this.sealed.addAll(segments.subList(0, segments.size() - 1));
        this.current = segments.get(segments.size() - 1);
        this.id = current.journal();
        this.released = segments.get(0).first() - 1;
        this.flushed = current.next() - 1;
    }

    /**
     * Opens what the folder holds, or begins a journal there.
     *
     * @throws JournalDamaged where a file does not hold what was written to it; a torn end of the last one is cut off and logged
     * @throws IOException where the folder cannot be used, or another process does
     */
    public static Journal open(JournalSettings settings) throws IOException {
        JournalFolder folder = JournalFolder.lock(settings.folder());
        try {
            return new Journal(settings, folder, folder.segments(settings.segmentBytes()));
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Has {@code then} run, on the journal's thread, whenever more can be read; under {@link Durability#OS} only now and then. */
    public void afterFlush(Runnable then) {
        afterFlush = then;
    }

    /** Has the stages of records that became durable together completed by {@code together}, which runs its tasks at once. */
    public void completeBy(Executor together) {
        this.together = together;
    }

    /** Tells this journal from every other. */
    public UUID id() {
        return id;
    }

    /** The sequence of the newest record; zero where there is none. */
    public long last() {
        lock.lock();
        try {
            return current.next() - 1;
        } finally {
            lock.unlock();
        }
    }

    public JournalHead head() {
        lock.lock();
        try {
            return new JournalHead(id, current.next() - 1, current.chain());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Appends a record. The stage completes when it is as durable as the settings say, on any thread; exceptionally, with
     * {@link JournalFull} or {@link TimeoutException}, where that took longer than their patience. A record whose stage failed may
     * be there all the same.
     *
     * @param payload  the journal's from now on
     * @param happened whether it tells of something that cannot be refused any more, for which room is kept
     */
    public CompletionStage<Void> append(byte[] payload, boolean happened) {
        lock.lock();
        try {
            if (failure != null) {
                return CompletableFuture.failedFuture(failure);
            }
            if (RecordFrame.size(payload.length) > settings.segmentBytes() / 2 - Segment.HEAD) {
                return CompletableFuture.failedFuture(
                        new IllegalArgumentException("a record too large for the journal"));
            }
            if (hasRoom(payload.length, happened)) {
                return place(payload);
            }
            return awaitRoom(new Roomless(payload, happened, deadline(), new CompletableFuture<>()));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Appends a record for which nobody waits yet. Until it is hurried it becomes durable with others, or when the journal looks
     * after itself the next time.
     *
     * @param payload the journal's from now on
     * @return none where it is not appended, since there is no room at present or the journal has ended
     */
    public Optional<Unhurried> appendUnhurried(byte[] payload) {
        lock.lock();
        try {
            if (failure != null || !hasRoom(payload.length, false)) {
                return Optional.empty();
            }
            long sequence = current.next();
            return Optional.of(new Unhurried(stage(payload), () -> hurry(sequence)));
        } finally {
            lock.unlock();
        }
    }

    /**
     * A record that waits for others.
     *
     * @param durable as of {@link #append}
     * @param hurry   has it made durable now; does not block
     */
    public record Unhurried(CompletionStage<Void> durable, Runnable hurry) {}

    private void hurry(long sequence) {
        lock.lock();
        try {
            if (sequence > flushed) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private CompletionStage<Void> place(byte[] payload) {
        CompletionStage<Void> durable = stage(payload);
        if (settings.durability() != Durability.OS) {
            work.signal();
        }
        return durable;
    }

    private CompletionStage<Void> stage(byte[] payload) {
        if (settings.durability() == Durability.OS) {
            current.store(payload);
            return DURABLE;
        }
        CompletableFuture<Void> durable = new CompletableFuture<>();
        waiting.forDurability(current.stage(payload), deadline(), durable);
        return durable;
    }

    private boolean hasRoom(int payload, boolean happened) {
        return !turning && current.fits(payload) && (happened || spare != null || current.isInFirstHalf());
    }

    private CompletionStage<Void> awaitRoom(Roomless record) {
        if (!waiting.forRoom(record)) {
            return CompletableFuture.failedFuture(new JournalFull());
        }
        work.signal();
        return record.durable();
    }

    private long deadline() {
        return System.nanoTime() + settings.patience().toNanos();
    }

    /** Keeps the journal going until it is closed or its thread interrupted. */
    @Override
    public void run() {
        try {
            while (awaitWork()) {
                gather();
                work();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitWork() throws InterruptedException {
        lock.lock();
        try {
            if (failure == null && !hasWork()) {
                boolean unused = work.await(IDLE_MILLIS, TimeUnit.MILLISECONDS);
            }
            return failure == null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets those go first who are about to append something: on a busy machine each flush then takes many records, and on an idle
     * one this takes no time.
     */
    private void gather() {
        long end = System.nanoTime() + MOST_GATHERING_NANOS;
        long seen;
        long last = last();
        do {
            seen = last;
            Thread.yield();
            last = last();
        } while (last > seen && System.nanoTime() < end);
    }

    private boolean hasWork() {
        boolean flush = settings.durability() != Durability.OS && flushed < current.next() - 1;
        return flush || isTurnDue() || (reservable && isReserveDue());
    }

    /** One round of what the disk needs. */
    void work() {
        disk.lock();
        try {
            if (!hasEnded()) {
                flush();
                reserve();
                turn();
            }
        } catch (IOException | RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the journal cannot go on, nothing is recorded any more failure={0}", e.toString());
            end(e);
        } finally {
            disk.unlock();
        }
    }

    private void flush() throws IOException {
        Segment segment;
        Segment.Staged staged;
        long appended;
        lock.lock();
        try {
            segment = current;
            staged = current.takeStaged();
            appended = current.next() - 1;
            if (appended == flushed) {
                return;
            }
        } finally {
            lock.unlock();
        }
        segment.write(staged);
        segment.force();
        onFlushed(appended);
    }

    private void onFlushed(long sequence) {
        List<CompletableFuture<Void>> durable;
        lock.lock();
        try {
            flushed = sequence;
            durable = settings.durability() == Durability.FSYNC ? waiting.durable(sequence) : List.of();
        } finally {
            lock.unlock();
        }
        complete(durable);
        afterFlush.run();
    }

    private void complete(List<CompletableFuture<Void>> stages) {
        if (!stages.isEmpty()) {
            together.execute(() -> stages.forEach(stage -> stage.complete(null)));
        }
    }

    private boolean isReserveDue() {
        return spare == null && sealed.size() + 1 < settings.segments();
    }

    /** The next file; where there can be none the reason is logged once. */
    private void reserve() {
        lock.lock();
        try {
            if (!isReserveDue()) {
                return;
            }
        } finally {
            lock.unlock();
        }
        Segment reserved = null;
        try {
            reserved = folder.reserve(settings.segmentBytes());
        } catch (IOException e) {
            if (reservable) {
                LOG.log(Level.ERROR, "no room for the journal folder={0} failure={1}", settings.folder(), e.toString());
            }
        }
        List<CompletableFuture<Void>> placed;
        lock.lock();
        try {
            reservable = reserved != null;
            spare = reserved;
            placed = placeRoomless();
        } finally {
            lock.unlock();
        }
        complete(placed);
    }

    private boolean isTurnDue() {
        return spare != null && waiting.isAnyRoomless(record -> !current.fits(record.payload().length));
    }

    /** Goes on in the next file; until then nothing is appended, so that no file is flushed before the one before it. */
    private void turn() throws IOException {
        Segment full;
        Segment next;
        lock.lock();
        try {
            if (!isTurnDue()) {
                return;
            }
            turning = true;
            full = current;
            next = Objects.requireNonNull(spare);
        } finally {
            lock.unlock();
        }
        flush();
        next.begin(new SegmentHead(id, full.next(), full.chain()));
        folder.force();
        List<CompletableFuture<Void>> placed;
        lock.lock();
        try {
            sealed.add(full);
            current = next;
            spare = null;
            turning = false;
            placed = placeRoomless();
        } finally {
            lock.unlock();
        }
        complete(placed);
        deleteReleased();
    }

    /** Returns those that are durable by that alone: whoever waits for them may append again, and must not do so in here. */
    private List<CompletableFuture<Void>> placeRoomless() {
        List<CompletableFuture<Void>> placed = new ArrayList<>();
        waiting.place(record -> {
            if (!hasRoom(record.payload().length, record.happened())) {
                return false;
            }
            if (settings.durability() == Durability.OS) {
                current.store(record.payload());
                placed.add(record.durable());
            } else {
                waiting.forDurability(current.stage(record.payload()), deadline(), record.durable());
            }
            return true;
        });
        return placed;
    }

    /** Everything up to {@code sequence} has been carried on: nobody needs it here any more. */
    public void release(long sequence) {
        List<CompletableFuture<Void>> durable;
        lock.lock();
        try {
            released = Math.max(released, sequence);
            durable = settings.durability() == Durability.STORE ? waiting.durable(released) : List.of();
        } finally {
            lock.unlock();
        }
        complete(durable);
        deleteReleased();
    }

    private void deleteReleased() {
        List<Segment> done = new ArrayList<>();
        lock.lock();
        try {
            while (!sealed.isEmpty() && sealed.get(0).next() - 1 <= released) {
                done.add(sealed.remove(0));
            }
            if (!done.isEmpty()) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
        done.forEach(folder::delete);
    }

    /** Reads from the record with this sequence on, or from the oldest that is there where that one is gone. */
    public JournalReader reader(long from) {
        return new JournalReader(this, from);
    }

    /** The file that holds a record, or will hold it next; the oldest where it is gone. */
    Segment segmentOf(long sequence) {
        lock.lock();
        try {
            return sealed.stream()
                    .filter(segment -> sequence < segment.next())
                    .findFirst()
                    .orElse(current);
        } finally {
            lock.unlock();
        }
    }

    /** The sequence before which a file may be read. */
    long readable(Segment segment) {
        lock.lock();
        try {
            return settings.durability() == Durability.OS ? segment.next() : Math.min(segment.next(), flushed + 1);
        } finally {
            lock.unlock();
        }
    }

    /** Gives up those whose patience has ended; called from time to time, by a thread that does not touch the disk. */
    public void expire() {
        List<CompletableFuture<Void>> full = new ArrayList<>();
        List<CompletableFuture<Void>> late;
        lock.lock();
        try {
            long now = System.nanoTime();
            waiting.place(record -> record.deadline() - now <= 0 && full.add(record.durable()));
            late = waiting.late(now);
        } finally {
            lock.unlock();
        }
        full.forEach(stage -> stage.completeExceptionally(new JournalFull()));
        late.forEach(stage -> stage.completeExceptionally(new TimeoutException("the journal's disk does not answer")));
    }

    /** Whether something that has not happened yet may be recorded now. */
    public boolean takesIntents() {
        lock.lock();
        try {
            return failure == null && (spare != null || current.isInFirstHalf());
        } finally {
            lock.unlock();
        }
    }

    private boolean hasEnded() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    private void end(Throwable why) {
        List<CompletableFuture<Void>> lost;
        lock.lock();
        try {
            if (failure == null) {
                failure = why;
            }
            lost = waiting.all();
            work.signalAll();
        } finally {
            lock.unlock();
        }
        lost.forEach(stage -> stage.completeExceptionally(why));
    }

    /** Takes nothing more, makes durable what was appended, and lets others open the folder; what still waits fails. */
    @Override
    public void close() {
        disk.lock();
        try {
            if (!hasEnded()) {
                flush();
            }
        } catch (IOException e) {
            LOG.log(Level.ERROR, "the journal''s end may not be on the disk failure={0}", e.toString());
        } finally {
            // Nothing of it is touched any more once others may open it.
            end(new IllegalStateException("the journal is closed"));
            closeFiles();
            folder.close();
            disk.unlock();
        }
    }

    private void closeFiles() {
        sealed.forEach(folder::close);
        folder.close(current);
        if (spare != null) {
            folder.close(spare);
        }
    }
}
