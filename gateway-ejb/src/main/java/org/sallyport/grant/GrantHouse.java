package org.sallyport.grant;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.record.GrantRecord;
import org.sallyport.record.RecordHouse;
import org.sallyport.record.StoreSchema;

/** Keeps this node's book of grants up to date while the application runs, where the policy has anything to grant. */
@Singleton
@LocalBean
@Startup
@DependsOn("RecordHouse")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class GrantHouse implements GrantOffice.Ledger {
    private static final Logger LOG = System.getLogger(GrantHouse.class.getName());

    /** Several times in the second for which what was read is believed. */
    private static final long READ_MILLIS = 250;

    /** How soon whoever works on the strength of a grant notices that it is over. */
    private static final long LOOK_MILLIS = 100;

    private static final long END_SECONDS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @EJB
    private StoredGrants store;

    @EJB
    private RecordHouse records;

    @EJB
    private StoreSchema schema;

    @Resource
    private ManagedScheduledExecutorService executor;

    private final Clock clock = Clock.systemUTC();
    private final List<Future<?>> rounds = new ArrayList<>();
    private GrantBook book;
    private volatile @Nullable GrantOffice office;
    private volatile boolean silent;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public GrantHouse() {}

    @PostConstruct
    void open() {
        book = new GrantBook(clock);
    }

    @PreDestroy
    void close() {
        rounds.forEach(round -> round.cancel(false));
    }

    /**
     * Begins to look for grants, where the policy has anything to grant.
     *
     * @param look called again and again, so that what rests on a grant ends with it; must not throw
     */
    public void under(PolicyBundle bundle, Runnable look) {
        office = new GrantOffice(bundle, this, clock);
        if (bundle.knowsGrants()) {
            rounds.add(executor.scheduleWithFixedDelay(this::read, 0, READ_MILLIS, TimeUnit.MILLISECONDS));
            // Not behind the reading: that may hang, and then nothing is granted any more.
            rounds.add(executor.scheduleWithFixedDelay(look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS));
            rounds.add(executor.scheduleWithFixedDelay(this::end, END_SECONDS, END_SECONDS, TimeUnit.SECONDS));
        }
    }

    public GrantBook book() {
        return book;
    }

    private void read() {
        if (!schema.isCurrent()) {
            return;
        }
        try {
            Instant asked = clock.instant();
            book.read(store.inForce(), asked);
            silent = false;
        } catch (RuntimeException e) {
            if (!silent) {
                silent = true;
                LOG.log(Level.WARNING, "grants not read, so nothing is granted failure={0}", e.getClass());
            }
        }
    }

    private void end() {
        try {
            if (schema.isCurrent()) {
                store.overdue(grant -> office().end(grant));
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "end of a grant not recorded, trying again failure={0}", e.getClass());
        }
    }

    private GrantOffice office() {
        GrantOffice known = office;
        if (known == null) {
            throw new IllegalStateException("no policy is loaded");
        }
        return known;
    }

    /** Gives something in somebody's name. Public for the container: a bean shows its other methods to nobody. */
    public Outcome give(GrantWish wish, String who, Set<String> groups) {
        return told(office().give(wish, who, groups));
    }

    /** All groups of which anything depends on whether somebody is in them. */
    public Set<String> groups() {
        return office().groups();
    }

    /** See {@link #give}. */
    public Outcome revoke(UUID id, String who, String reason) {
        return told(office().revoke(id, who, reason));
    }

    /** Takes a grant back for whom it was given to. */
    public Outcome giveBack(UUID id, String identity) {
        return told(office().giveBack(id, identity));
    }

    /** This node knows at once. */
    private Outcome told(Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            read();
            LOG.log(
                    Level.INFO,
                    "grant {0} grant={1} identity={2} connection={3}",
                    done.grant().state(clock.instant()),
                    done.grant().id(),
                    done.grant().given().identity(),
                    done.grant().given().connection());
        }
        return outcome;
    }

    @Override
    public boolean answers() {
        return book.isFresh();
    }

    @Override
    public boolean record(GrantRecord grant) {
        if (grant.act() != GrantRecord.Act.GRANT) {
            book.forget(grant.id());
        }
        records.recorder()
                .grant(grant)
                .toCompletableFuture()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return records.catchUp(PATIENCE);
    }

    @Override
    public Optional<Grant> find(UUID id) {
        boolean unused = records.catchUp(PATIENCE);
        return store.find(id);
    }
}
