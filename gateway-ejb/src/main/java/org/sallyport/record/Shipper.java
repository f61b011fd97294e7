package org.sallyport.record;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sallyport.journal.Journal;
import org.sallyport.journal.JournalDamaged;
import org.sallyport.journal.JournalReader;
import org.sallyport.journal.JournalRecord;

/**
 * Carries the journal's records into the store, in order, each once: the store says in the same transaction how far it has got.
 *
 * <p>Ships what has gathered, then waits a moment for more to gather; sooner where somebody asks. While the store does not answer
 * it tries again and again, and the journal keeps what waits.
 */
public final class Shipper implements Runnable {
    private static final Logger LOG = System.getLogger(Shipper.class.getName());

    /** Rows of one transaction, and their bytes: the heap of a shipment. */
    private static final int MOST_RECORDS = 4096;

    private static final long MOST_BYTES = 4L * 1024 * 1024;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** The store has records of this journal that this journal has not. */
    private static final class AnotherJournal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AnotherJournal(long sequence) {
            super("the store has another record " + sequence + " of this journal: its folder was set back, or copied");
        }
    }

    /** Nobody can tell of which table the record is. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(RuntimeException why) {
            super(why);
        }
    }

    /** What takes shipments. */
    public interface Store {
        /** How far the journal is there. */
        Shipped shipped(UUID journal);

        /** Adds all of a shipment or nothing. */
        void take(Shipment shipment);

        /** Adds a shipment of one record, as its bytes, that {@link #take} refuses for what is in it. */
        void takeStray(Shipment shipment, String why);
    }

    private final Journal journal;
    private final Store store;
    private final Duration linger;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();
    private final Condition progress = lock.newCondition();
    private @Nullable JournalReader reader;
    private Duration pause = FIRST_PAUSE;
    private long shipped;
    private boolean wanted;
    private boolean closed;

    /** @param linger how long what was just recorded may stay out of the store while nobody asks for it */
    public Shipper(Journal journal, Store store, Duration linger) {
        this.journal = journal;
        this.store = store;
        this.linger = linger;
    }

    /** Ships until it is closed or its thread interrupted. */
    @Override
    public void run() {
        try {
            while (!isClosed()) {
                await(ship());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (JournalDamaged damaged) {
            LOG.log(Level.ERROR, "nothing is shipped any more: {0}", damaged.getMessage());
        }
    }

    /** Ships what there is, up to one transaction; says how long to wait before more is shipped. */
    Duration ship() {
        try {
            boolean full = shipOnce();
            pause = FIRST_PAUSE;
            return full ? Duration.ZERO : linger;
        } catch (JournalDamaged damaged) {
            throw damaged;
        } catch (AnotherJournal another) {
            LOG.log(Level.ERROR, "nothing is shipped: {0}", another.getMessage());
            return LONGEST_PAUSE;
        } catch (RuntimeException failure) {
            // Whether it was taken although the answer was lost, the store is asked first.
            reader = null;
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            LOG.log(
                    Level.WARNING,
                    "the record waits in the journal for the store waiting={0} failure={1}",
                    lag(),
                    failure.getClass().getName());
            return pause;
        }
    }

    private boolean shipOnce() {
        List<JournalRecord> records = reader().read(MOST_RECORDS, MOST_BYTES);
        if (!records.isEmpty()) {
            takeAll(records);
        }
        return records.size() == MOST_RECORDS || bytes(records) >= MOST_BYTES;
    }

    private static long bytes(List<JournalRecord> records) {
        return records.stream().mapToLong(record -> record.payload().length).sum();
    }

    private JournalReader reader() {
        if (reader == null) {
            reader = readerBehind(store.shipped(journal.id()));
            progressed(reader.next() - 1);
        }
        return reader;
    }

    private JournalReader readerBehind(Shipped there) {
        JournalReader behind = journal.reader(there.sequence() + 1);
        if (behind.next() > there.sequence() + 1) {
            LOG.log(
                    Level.ERROR,
                    "the store lacks records that the journal has released first={0} last={1}",
                    there.sequence() + 1,
                    behind.next() - 1);
        } else if (behind.next() <= there.sequence() || !Arrays.equals(behind.chain(), there.chain())) {
            throw new AnotherJournal(there.sequence());
        }
        return behind;
    }

    private void takeAll(List<JournalRecord> records) {
        try {
            take(records);
        } catch (RuntimeException failure) {
            if (!isOfRecords(failure)) {
                throw failure;
            }
            // One record that no table takes must not keep the others.
            records.forEach(this::takeAlone);
        }
    }

    /** Whether other records may still be taken. */
    private static boolean isOfRecords(RuntimeException failure) {
        return failure instanceof Unreadable || StoreFailure.isOfRows(failure);
    }

    private void takeAlone(JournalRecord record) {
        try {
            take(List.of(record));
        } catch (RuntimeException failure) {
            if (!isOfRecords(failure)) {
                throw failure;
            }
            LOG.log(Level.ERROR, "a record that no table takes is kept as a stray sequence={0}", record.sequence());
            var stray = new Carried<>(record.sequence(), record.seal(), record.payload());
            store.takeStray(
                    new Shipment(journal.id(), record.sequence() - 1, through(record), List.of(stray)),
                    failure.getClass().getName());
            progressed(record.sequence());
        }
    }

    private void take(List<JournalRecord> records) {
        JournalRecord last = records.get(records.size() - 1);
        store.take(new Shipment(
                journal.id(),
                records.get(0).sequence() - 1,
                through(last),
                records.stream().<Carried<?>>map(Shipper::carried).toList()));
        progressed(last.sequence());
    }

    private static Carried<?> carried(JournalRecord record) {
        try {
            return new Carried<>(record.sequence(), record.seal(), RecordFormat.decode(record.payload()));
        } catch (RuntimeException failure) {
            throw new Unreadable(failure);
        }
    }

    private static Shipped through(JournalRecord last) {
        return new Shipped(last.sequence(), last.chain());
    }

    private void progressed(long last) {
        journal.release(last);
        lock.lock();
        try {
            shipped = last;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(Duration time) throws InterruptedException {
        lock.lock();
        try {
            long rest = time.toNanos();
            while (rest > 0 && !wanted && !closed) {
                rest = asked.awaitNanos(rest);
            }
            wanted = false;
        } finally {
            lock.unlock();
        }
    }

    /** Ships now what has been recorded; does not wait for it. */
    public void hurry() {
        lock.lock();
        try {
            wanted = true;
            asked.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the store has what has been recorded by now, no longer than {@code patience}; says whether it has. */
    public boolean catchUp(Duration patience) {
        long last = journal.last();
        hurry();
        lock.lock();
        try {
            long rest = patience.toNanos();
            while (shipped < last && rest > 0 && !closed) {
                rest = progress.awaitNanos(rest);
            }
            return shipped >= last;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The last record of the journal that the store has; zero also while that is not known. */
    public long shipped() {
        lock.lock();
        try {
            return shipped;
        } finally {
            lock.unlock();
        }
    }

    /** Records that wait in the journal for the store. */
    public long lag() {
        long last = journal.last();
        lock.lock();
        try {
            return last - shipped;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Ships nothing more. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            asked.signalAll();
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
