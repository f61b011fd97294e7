package org.sallyport.checkpoint;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.sallyport.journal.Journal;
import org.sallyport.metric.Tally;

/** A notary with its anchors, or nobody where nothing is to be signed. */
public final class NotaryOffice {
    private static final Logger LOG = System.getLogger(NotaryOffice.class.getName());

    private static final Duration LAST_CHECKPOINT = Duration.ofSeconds(2);
    private static final Duration LAST_ANCHORING = Duration.ofSeconds(2);

    private final Optional<Notary> notary;
    private final List<Anchoring> anchorings;

    private NotaryOffice(Optional<Notary> notary, List<Anchoring> anchorings) {
        this.notary = notary;
        this.anchorings = anchorings;
    }

    /** @param record makes a checkpoint a record of the journal */
    public static NotaryOffice open(
            CheckpointSettings settings,
            Journal journal,
            Function<Checkpoint, CompletionStage<Void>> record,
            Tally tally) {
        if (settings.signer().isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "nothing is signed: whoever can change the journal and the store can change the record");
            return new NotaryOffice(Optional.empty(), List.of());
        }
        List<Anchoring> anchorings = settings.anchors().stream()
                .map(anchor -> new Anchoring(anchor, tally))
                .toList();
        if (anchorings.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "checkpoints are anchored nowhere: that the end of the record was cut off shows nowhere");
        }
        CheckpointSigner signer = settings.signer().get();
        LOG.log(Level.INFO, "checkpoints are signed key={0} anchors={1}", signer.id(), names(settings));
        var ways = new Notary.Ways(record, checkpoint -> anchorings.forEach(each -> each.add(checkpoint)));
        Notary notary = new Notary(journal::head, signer, ways, settings.cadence(), Clock.systemUTC(), tally);
        return new NotaryOffice(Optional.of(notary), anchorings);
    }

    private static List<String> names(CheckpointSettings settings) {
        return settings.anchors().stream().map(Anchor::name).toList();
    }

    /** @param start starts a thread of that name */
    public void start(BiConsumer<String, Runnable> start) {
        anchorings.forEach(anchoring -> start.accept("sallyport-anchor", anchoring));
    }

    /** See {@link Notary#look}; does not fail. */
    public void look() {
        try {
            notary.ifPresent(Notary::look);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "no checkpoint failure={0}", e.toString());
        }
    }

    /** Has all signed that was recorded, and anchored as far as the anchors answer. */
    public void close() {
        notary.ifPresent(open -> open.close(LAST_CHECKPOINT));
        anchorings.forEach(anchoring -> anchoring.close(LAST_ANCHORING));
    }
}
