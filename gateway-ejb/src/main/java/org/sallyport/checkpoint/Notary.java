package org.sallyport.checkpoint;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sallyport.journal.JournalHead;
import org.sallyport.metric.Happening;
import org.sallyport.metric.Tally;

/**
 * Has a checkpoint recorded when enough has been recorded since the last one, or something and long enough ago, and has it anchored once
 * it is durable: an anchor never knows more than the journal.
 *
 * <p>A checkpoint is of a record before it, not of the one just before it: the journal does not wait for the signature.
 */
public final class Notary {
    private static final Logger LOG = System.getLogger(Notary.class.getName());

    /** Nothing is signed yet, as far as this process knows. */
    private static final long NOTHING = -1;

    /**
     * How often.
     *
     * @param records as many after the last checkpoint make the next one due
     * @param time    as long after the last checkpoint any record makes the next one due
     */
    public record Cadence(long records, Duration time) {
        public Cadence {
            if (records < 1 || time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("checkpoints need at least one record and some time between them");
            }
        }
    }

    private final Supplier<JournalHead> journal;
    private final CheckpointSigner signer;
    private final Function<Checkpoint, CompletionStage<Void>> record;
    private final Consumer<Checkpoint> anchors;
    private final Cadence cadence;
    private final Clock clock;
    private final Tally tally;
    private final AtomicLong covered = new AtomicLong(NOTHING);
    private Instant last = Instant.EPOCH;

    /** Where checkpoints go: first into the record, then to the anchors. */
    public record Ways(Function<Checkpoint, CompletionStage<Void>> record, Consumer<Checkpoint> anchors) {}

    public Notary(
            Supplier<JournalHead> journal,
            CheckpointSigner signer,
            Ways ways,
            Cadence cadence,
            Clock clock,
            Tally tally) {
        this.journal = journal;
        this.signer = signer;
        this.record = ways.record();
        this.anchors = ways.anchors();
        this.cadence = cadence;
        this.clock = clock;
        this.tally = tally;
    }

    /** Writes a checkpoint where one is due. */
    public synchronized void look() {
        JournalHead head = journal.get();
        long since = since(head);
        if (since >= cadence.records() || (since > 0 && isDue(clock.instant()))) {
            write(head);
        }
    }

    /** The last checkpoint: of all that has been recorded, if anything has been since the one before. */
    public synchronized void close(Duration patience) {
        JournalHead head = journal.get();
        if (since(head) > 0) {
            await(write(head), patience);
        }
    }

    /** Records since the last checkpoint, but for that itself. */
    private long since(JournalHead head) {
        return head.sequence() - covered.get() - 1;
    }

    /** Where the clock was set back, at once. */
    private boolean isDue(Instant now) {
        return now.isBefore(last) || !now.isBefore(last.plus(cadence.time()));
    }

    private CompletableFuture<Void> write(JournalHead head) {
        long before = covered.getAndSet(head.sequence());
        last = clock.instant();
        Checkpoint checkpoint = signer.sign(head, last);
        return record.apply(checkpoint)
                .whenComplete((recorded, failure) -> onRecorded(checkpoint, before, failure))
                .toCompletableFuture();
    }

    private void onRecorded(Checkpoint checkpoint, long before, @Nullable Throwable failure) {
        if (failure == null) {
            tally.count(Happening.CHECKPOINT_WRITTEN);
            anchors.accept(checkpoint);
            return;
        }
        covered.compareAndSet(checkpoint.head().sequence(), before);
        tally.count(Happening.CHECKPOINT_FAILED);
        LOG.log(
                Level.WARNING,
                "checkpoint not recorded, another will follow sequence={0} failure={1}",
                checkpoint.head().sequence(),
                failure.getClass().getName());
    }

    private static void await(CompletableFuture<Void> written, Duration patience) {
        try {
            written.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "the last checkpoint may not be on record failure={0}", e.toString());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
