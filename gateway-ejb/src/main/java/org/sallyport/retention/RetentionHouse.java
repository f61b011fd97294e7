package org.sallyport.retention;

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
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.sallyport.metric.Happening;
import org.sallyport.metric.MetricTally;
import org.sallyport.metric.Tally;
import org.sallyport.record.PurgeRecord;
import org.sallyport.record.RecordHouse;
import org.sallyport.record.StoreSchema;

/** Looks for what has expired, while the application runs; of several nodes one at a time. */
@Singleton
@Startup
@DependsOn("RecordHouse")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RetentionHouse {
    private static final Logger LOG = System.getLogger(RetentionHouse.class.getName());

    @Resource(lookup = "jdbc/sallyport-migration")
    private DataSource owner;

    @Resource
    private ManagedScheduledExecutorService executor;

    @EJB
    private RecordHouse records;

    @EJB
    private StoreSchema schema;

    @Inject
    private MetricRegistry metrics;

    private volatile Retention retention = Retention.FOR_EVER;
    private Tally tally;
    private Purger purger;
    private Future<?> rounds;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public RetentionHouse() {}

    @PostConstruct
    void open() {
        int seconds = ConfigProvider.getConfig().getValue("sallyport.retention.seconds", Integer.class);
        tally = new MetricTally(metrics);
        purger = new Purger(records.recorder()::purge, records.signs(), Clock.systemUTC(), tally);
        rounds = executor.scheduleWithFixedDelay(this::round, seconds, seconds, TimeUnit.SECONDS);
    }

    @PreDestroy
    void close() {
        rounds.cancel(false);
    }

    /** Until this is called everything is kept. */
    public void keep(Retention wanted) {
        retention = wanted;
    }

    private void round() {
        if (!schema.isCurrent()) {
            return;
        }
        try (Connection connection = owner.getConnection()) {
            PurgeStore store = new PurgeStore(connection);
            if (store.lock()) {
                try {
                    purger.round(store, retention);
                } finally {
                    store.unlock();
                }
            }
        } catch (SQLException | RuntimeException e) {
            tally.count(Happening.PURGE_FAILED);
            LOG.log(Level.WARNING, "not purged, trying again reason={0}", e.getMessage());
        }
    }

    /**
     * Records that what is on record of these sessions is to be removed; empty where nothing is. Public for the container: a bean shows
     * its other methods to nobody.
     */
    public Optional<PurgeRecord> request(PurgeRecord.Scope scope, PurgeRecord.Order order) throws SQLException {
        try (Connection connection = owner.getConnection()) {
            return purger.request(new PurgeStore(connection), scope, order);
        }
    }
}
