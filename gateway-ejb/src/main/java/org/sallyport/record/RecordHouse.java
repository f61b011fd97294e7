package org.sallyport.record;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.sallyport.checkpoint.CheckpointSettings;
import org.sallyport.checkpoint.NotaryOffice;
import org.sallyport.contract.Burst;
import org.sallyport.journal.Durability;
import org.sallyport.journal.Journal;
import org.sallyport.journal.JournalSettings;
import org.sallyport.metric.MetricTally;
import org.sallyport.unit.ByteSize;

/** Opens the journal and keeps it and its shipper at work for as long as the application runs. */
@Singleton
@Startup
@DependsOn("StoreSchema")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RecordHouse {
    private static final Logger LOG = System.getLogger(RecordHouse.class.getName());

    /** How long a client waits for the record before it gets an error: less than clients' usual time-outs. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Rows gather meanwhile, so that a busy gateway ships thousands at once. */
    private static final Duration LINGER = Duration.ofMillis(100);

    private static final Duration LAST_SHIPMENT = Duration.ofSeconds(2);

    /** How often it is looked whether a checkpoint is due. */
    private static final long LOOK_MILLIS = 250;

    /** How often the store hears of a gateway that records nothing: it takes one for gone that it has not heard of for a day. */
    private static final int LIVE_MINUTES = 60;

    @EJB
    private Ledger ledger;

    @Resource
    private ManagedThreadFactory threads;

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private MetricRegistry metrics;

    private Journal journal;
    private Recorder recorder;
    private Shipper shipper;
    private boolean signs;
    private NotaryOffice notary;
    private Future<?> expiry;
    private Future<?> looks;
    private Future<?> aftermath;
    private Future<?> lives;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public RecordHouse() {}

    @PostConstruct
    void open() {
        Config config = ConfigProvider.getConfig();
        JournalSettings settings = settings(config);
        CheckpointSettings checkpoints = checkpoints(config);
        journal = open(settings);
        journal.completeBy(Burst::of);
        recorder = new Recorder(journal);
        long before = journal.last();
        shipper = new Shipper(journal, ledger, LINGER);
        if (settings.durability() == Durability.STORE) {
            journal.afterFlush(shipper::hurry);
        }
        start("sallyport-journal", journal);
        start("sallyport-shipper", shipper);
        signs = checkpoints.signer().isPresent();
        notary = NotaryOffice.open(checkpoints, journal, recorder::checkpoint, new MetricTally(metrics));
        notary.start(this::start);
        expiry = executor.scheduleWithFixedDelay(journal::expire, 500, 500, TimeUnit.MILLISECONDS);
        looks = executor.scheduleWithFixedDelay(notary::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        Aftermath left = new Aftermath(journal.id(), before, ledger::unended, recorder, Clock.systemUTC());
        aftermath = executor.scheduleWithFixedDelay(() -> left.look(shipper.shipped()), 1, 1, TimeUnit.SECONDS);
        lives = executor.scheduleWithFixedDelay(this::live, 0, LIVE_MINUTES, TimeUnit.MINUTES);
    }

    private void live() {
        try {
            ledger.live(journal.id());
        } catch (RuntimeException away) {
            LOG.log(
                    Level.WARNING,
                    "the store does not hear that this gateway is there failure={0}",
                    away.getClass().getName());
        }
    }

    /** Without a key nothing may run, unless the operator has said so. */
    private static CheckpointSettings checkpoints(Config config) {
        try {
            return CheckpointSettings.of(config);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.ERROR, "{0}", e.getMessage());
            throw e;
        }
    }

    private static JournalSettings settings(Config config) {
        return new JournalSettings(
                setting(config, "sallyport.journal.folder", Path::of),
                setting(config, "sallyport.journal.durability", Durability::of),
                setting(config, "sallyport.journal.limit", ByteSize::of),
                JournalSettings.SEGMENT_BYTES,
                PATIENCE);
    }

    private static <T> T setting(Config config, String name, Function<String, T> meaning) {
        try {
            return meaning.apply(config.getValue(name, String.class));
        } catch (IllegalArgumentException e) {
            LOG.log(Level.ERROR, "{0}: {1}", name, e.getMessage());
            throw e;
        }
    }

    /** Without a journal nothing may run, so the application does not start. */
    private static Journal open(JournalSettings settings) {
        try {
            Journal journal = Journal.open(settings);
            LOG.log(
                    Level.INFO,
                    "journal opened folder={0} id={1} records={2} durability={3}",
                    settings.folder(),
                    journal.id(),
                    journal.last(),
                    settings.durability());
            return journal;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "journal cannot be opened: {0}", e.getMessage());
            throw new IllegalStateException("no journal", e);
        }
    }

    private void start(String name, Runnable work) {
        Thread thread = threads.newThread(work);
        thread.setName(name);
        thread.start();
    }

    @PreDestroy
    void close() {
        lives.cancel(false);
        aftermath.cancel(false);
        looks.cancel(false);
        notary.close();
        expiry.cancel(false);
        boolean unused = shipper.catchUp(LAST_SHIPMENT);
        shipper.close();
        journal.close();
    }

    public Recorder recorder() {
        return recorder;
    }

    /** See {@link Shipper#catchUp}: whoever reads the store then finds what was recorded before. */
    public boolean catchUp(Duration patience) {
        return shipper.catchUp(patience);
    }

    /** Whether what is recorded will be signed. */
    public boolean signs() {
        return signs;
    }

    /** How many records are not in the store yet. */
    public long lag() {
        return shipper.lag();
    }

    /** Whether what is about to happen can be recorded now. */
    public boolean takesIntents() {
        return journal.takesIntents();
    }
}
