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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Makes the partitions of the days to come, as the store's owner: the gateway's own role may define nothing. Rows of a day that has
 * none go into the default partition, so nothing waits for this.
 */
@Singleton
@Startup
@DependsOn("StoreSchema")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StoreCalendar {
    private static final Logger LOG = System.getLogger(StoreCalendar.class.getName());

    /** As long as nobody may have to look after a store whose owner cannot log in. */
    static final int DAYS_AHEAD = 14;

    private static final int LOOK_MINUTES = 60;

    @Resource(lookup = "jdbc/sallyport-migration")
    private DataSource store;

    @Resource
    private ManagedScheduledExecutorService executor;

    @EJB
    private StoreSchema schema;

    private Future<?> looks;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public StoreCalendar() {}

    @PostConstruct
    void open() {
        looks = executor.scheduleWithFixedDelay(this::look, LOOK_MINUTES, LOOK_MINUTES, TimeUnit.MINUTES);
    }

    @PreDestroy
    void close() {
        looks.cancel(false);
    }

    private void look() {
        if (!schema.isCurrent()) {
            return;
        }
        try {
            int made = addDays(store, DAYS_AHEAD);
            if (made > 0) {
                LOG.log(Level.INFO, "store''s days added partitions={0}", made);
            }
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.WARNING, "store''s days not added, trying again reason={0}", e.getMessage());
        }
    }

    /** Today's partitions and those of the days to come, where they are not there; says how many it made. */
    static int addDays(DataSource owner, int ahead) throws SQLException {
        try (Connection connection = owner.getConnection();
                PreparedStatement call = connection.prepareStatement("SELECT public.add_days(?)")) {
            call.setInt(1, ahead);
            try (ResultSet row = call.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
