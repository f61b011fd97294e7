package org.sallyport.record;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.flywaydb.core.Flyway;

/** Brings the store's schema up to date when the application starts; where the store does not answer, as soon as it does. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class StoreSchema {
    private static final Logger LOG = System.getLogger(StoreSchema.class.getName());

    /** Soon enough that nobody waits for it once the store is back. */
    private static final int RETRY_SECONDS = 2;

    @Resource(lookup = "jdbc/sallyport-migration")
    private DataSource store;

    @Resource
    private ManagedScheduledExecutorService executor;

    private volatile boolean current;
    private volatile boolean closed;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public StoreSchema() {}

    /** Whether the store has the schema that this version writes to. */
    public boolean isCurrent() {
        return current;
    }

    @PostConstruct
    void open() {
        attempt();
    }

    @PreDestroy
    void close() {
        closed = true;
    }

    private void attempt() {
        if (closed) {
            return;
        }
        try {
            requireUtf8(store);
            migrate(store);
            int unused = StoreCalendar.addDays(store, StoreCalendar.DAYS_AHEAD);
            StoreGrants.give(store, ConfigProvider.getConfig().getValue("store.user", String.class));
            current = true;
            LOG.log(Level.INFO, "store's schema is current");
        } catch (RuntimeException | SQLException e) {
            LOG.log(Level.WARNING, "store''s schema not brought up to date, trying again reason={0}", e.getMessage());
            executor.schedule(this::attempt, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** A store in another encoding refuses some records' texts, or, in SQL_ASCII, fails to cut one for those that it is exported to, for ever. */
    static void requireUtf8(DataSource store) throws SQLException {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement();
                ResultSet encoding = statement.executeQuery("SHOW server_encoding")) {
            encoding.next();
            if (!encoding.getString(1).equals("UTF8")) {
                throw new IllegalStateException(
                        "the store's database must be in UTF8, and is in " + encoding.getString(1));
            }
        }
    }

    static void migrate(DataSource store) {
        Flyway.configure(StoreSchema.class.getClassLoader())
                .dataSource(store)
                .locations("classpath:db/migration")
                // On Liberty a location that cannot be listed is else taken for an empty one.
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }
}
