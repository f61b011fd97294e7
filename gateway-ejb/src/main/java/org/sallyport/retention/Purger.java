package org.sallyport.retention;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.sallyport.metric.Happening;
import org.sallyport.metric.Tally;
import org.sallyport.record.PurgeRecord;
import org.sallyport.record.PurgeRecord.Order;
import org.sallyport.record.PurgeRecord.Scope;
import org.sallyport.retention.PurgeStore.Plan;
import org.sallyport.retention.PurgeStore.Waiting;

/**
 * Purges in two steps, each in a round of its own: what is to go is recorded first, and removed once that is signed. So a crash between the
 * two is nothing special, and nobody can make up a purge afterwards who has not the gateway's key.
 */
final class Purger {
    private static final Logger LOG = System.getLogger(Purger.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Function<PurgeRecord, CompletionStage<Void>> record;
    private final boolean signs;
    private final Clock clock;
    private final Tally tally;

    /**
     * @param record makes a purge durable
     * @param signs  whether what is recorded will be signed: where nothing is, a purge does not wait for it
     */
    Purger(Function<PurgeRecord, CompletionStage<Void>> record, boolean signs, Clock clock, Tally tally) {
        this.record = record;
        this.signs = signs;
        this.clock = clock;
        this.tally = tally;
    }

    /** Carries out what waits, and records what has expired since. What fails is tried again in the next round. */
    void round(PurgeStore store, Retention retention) throws SQLException {
        Set<Optional<String>> busy = new HashSet<>();
        for (Waiting purge : store.waiting()) {
            boolean due = purge.signed() || !signs;
            boolean done = due && attempt(() -> carryOut(store, purge));
            if (!done && purge.order().by().isEmpty()) {
                busy.add(purge.scope().connection());
            }
        }
        retention.keeps().forEach((name, keep) -> {
            Optional<String> connection = Optional.of(name);
            if (!busy.contains(connection)) {
                boolean unused = attempt(() -> expire(store, connection, keep, retention.policy()));
            }
        });
    }

    private interface Step {
        void take() throws SQLException;
    }

    /** One that fails again and again must not keep the others. */
    private boolean attempt(Step step) {
        try {
            step.take();
            return true;
        } catch (SQLException | RuntimeException e) {
            tally.count(Happening.PURGE_FAILED);
            LOG.log(Level.WARNING, "not purged, trying again reason={0}", e.getMessage());
            return false;
        }
    }

    private void carryOut(PurgeStore store, Waiting purge) throws SQLException {
        if (store.carryOut(purge.id())) {
            tally.count(Happening.PURGE_CARRIED_OUT);
            LOG.log(Level.INFO, "purge carried out purge={0}", purge.id());
        } else if (purge.order().by().isPresent()) {
            // A hold or another purge came between: what is left of it is recorded anew.
            Plan rest = store.plan(purge.scope());
            if (rest.taken().records() > 0) {
                var unused = record(rest, purge.order());
            }
        }
    }

    private void expire(PurgeStore store, Optional<String> connection, Duration keep, String policy)
            throws SQLException {
        Instant now = clock.instant();
        Plan plan = store.planADay(new Scope(connection, Optional.empty(), now.minus(keep)), keep);
        if (plan.taken().records() > 0) {
            var unused = record(plan, new Order(Optional.empty(), "keep " + keep + " in policy " + policy, now));
        }
    }

    /** Records a purge by somebody's request; empty where there is nothing to purge. */
    Optional<PurgeRecord> request(PurgeStore store, Scope scope, Order order) throws SQLException {
        Plan plan = store.plan(scope);
        return plan.taken().records() == 0 ? Optional.empty() : Optional.of(record(plan, order));
    }

    private PurgeRecord record(Plan plan, Order order) {
        PurgeRecord purge = new PurgeRecord(
                UUID.randomUUID(),
                plan.scope(),
                plan.taken(),
                plan.holds(),
                new Order(order.by(), order.reason(), clock.instant()));
        record.apply(purge)
                .toCompletableFuture()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        tally.count(Happening.PURGE_RECORDED);
        LOG.log(
                Level.INFO,
                "purge recorded purge={0} connection={1} endedBefore={2} records={3}",
                purge.id(),
                purge.scope().connection().orElse(""),
                purge.scope().endedBefore(),
                purge.taken().records());
        return purge;
    }
}
