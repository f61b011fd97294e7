package org.sallyport.record;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Ends on record the sessions that a gateway left open when it was killed: whoever reads the record then knows that what became of their last
 * statements is unknown, and not still to come.
 *
 * <p>Which they are the store knows, once it has what was recorded before this start.
 */
final class Aftermath {
    /** Why such a session is over; {@link org.sallyport.contract.SessionEnd} has the others. */
    static final String REASON = "GATEWAY_LOST";

    private static final Logger LOG = System.getLogger(Aftermath.class.getName());

    private final UUID journal;
    private final long before;
    private final BiFunction<UUID, Long, List<UUID>> unended;
    private final Recorder recorder;
    private final Clock clock;
    private boolean done;

    /**
     * @param before  the journal's last record at this start
     * @param unended the sessions that a journal began up to a record and did not end, as the store has them
     */
    Aftermath(UUID journal, long before, BiFunction<UUID, Long, List<UUID>> unended, Recorder recorder, Clock clock) {
        this.journal = journal;
        this.before = before;
        this.unended = unended;
        this.recorder = recorder;
        this.clock = clock;
        this.done = before == 0;
    }

    /**
     * Looks whether it can be done, and does it; called from time to time by one thread, which may block.
     *
     * @param shipped how far the store has the journal
     */
    void look(long shipped) {
        if (done || shipped < before) {
            return;
        }
        List<UUID> sessions;
        try {
            sessions = unended.apply(journal, before);
        } catch (RuntimeException failure) {
            LOG.log(
                    Level.WARNING,
                    "sessions that were left open cannot be looked for yet failure={0}",
                    failure.getClass().getName());
            return;
        }
        // Where an end cannot be recorded now, the next start finds its session again.
        sessions.forEach(session -> recorder.end(new SessionEndRecord(session, clock.instant(), REASON)));
        done = true;
        if (!sessions.isEmpty()) {
            LOG.log(Level.INFO, "sessions that were left open are ended on record count={0}", sessions.size());
        }
    }
}
