package org.sallyport.approval;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.inject.Produces;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;

/** Opens this node's desk when the application starts, and keeps the store tidy while it runs. */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class ApprovalHouse {
    private static final Logger LOG = System.getLogger(ApprovalHouse.class.getName());

    /** Often enough that what a dead node left pending is not looked at for long. */
    private static final int TIDY_SECONDS = 15;

    /** Whoever approves on another node sees the statement run at once. */
    private static final int LISTEN_MILLIS = 500;

    @EJB
    private ApprovalStore store;

    @Resource
    private ManagedScheduledExecutorService executor;

    private ApprovalDesk desk;
    private final StoreClock clock = new StoreClock(Clock.systemUTC());
    private final List<Future<?>> rounds = new ArrayList<>();
    private volatile boolean deaf;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public ApprovalHouse() {}

    @PostConstruct
    void open() {
        desk = new ApprovalDesk(store, executor, clock, new Tenure(node(), UUID.randomUUID()));
        // On the executor, again and again: the store may not answer yet when the application starts.
        rounds.add(executor.scheduleWithFixedDelay(this::tidy, 0, TIDY_SECONDS, TimeUnit.SECONDS));
        rounds.add(executor.scheduleWithFixedDelay(this::listen, LISTEN_MILLIS, LISTEN_MILLIS, TimeUnit.MILLISECONDS));
    }

    @PreDestroy
    void close() {
        rounds.forEach(round -> round.cancel(false));
    }

    @Produces
    public ApprovalDesk desk() {
        return desk;
    }

    private void tidy() {
        try {
            clock.set(store::now);
            desk.tidy();
        } catch (RuntimeException failure) {
            // A periodic task that throws is never run again.
            LOG.log(Level.WARNING, "approvals not tidied, the store did not answer failure={0}", failure.getClass());
        }
    }

    private void listen() {
        try {
            desk.listen();
            deaf = false;
        } catch (RuntimeException failure) {
            if (!deaf) {
                deaf = true;
                LOG.log(
                        Level.WARNING,
                        "not heard what other nodes decided, the store did not answer failure={0}",
                        failure.getClass());
            }
        }
    }

    /** The node's name, the same after a restart: what an earlier life left is found by it. */
    private static String node() {
        return ConfigProvider.getConfig()
                .getOptionalValue("sallyport.node", String.class)
                .orElseGet(ApprovalHouse::host);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
