package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Law 4 while what keeps the record fails under load, and comes back: nothing is lost, nothing passes unrecorded, nobody has to help. */
@WithGateway
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FaultIT {
    private static final int CUTS = 20;

    /** Of the journal's: what is there can be written to, but not the end of a new one. */
    private static final int JUST_BELOW_A_FILE = 16 * 1024 * 1024 - 4096;

    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("sallyport.outage", 3));

    private final Gateway gateway;
    private final MortalGateway mortal;

    FaultIT(Gateway gateway, MortalGateway mortal) {
        this.gateway = gateway;
        this.mortal = mortal;
    }

    /** For some seconds; the profile {@code chaos} has minutes. */
    @Test
    void theStoreIsStopped() throws Exception {
        try (Witnesses witnesses = new Witnesses(gateway, mortal).start()) {
            witnesses.awaitWork("before");
            gateway.store().close();
            try {
                long end = System.nanoTime() + OUTAGE.toNanos();
                do {
                    witnesses.awaitWork("without the store");
                } while (System.nanoTime() < end);
            } finally {
                gateway.store().start();
            }
            witnesses.awaitWork("after");
            witnesses.stop();
            witnesses.assertAllIsOnRecord();
        }
    }

    @Test
    void theStoresConnectionsAreCutInMidBatch() throws Exception {
        try (Witnesses witnesses = new Witnesses(gateway, mortal).start()) {
            for (int cut = 0; cut < CUTS; cut++) {
                witnesses.awaitWork("cut " + cut);
                execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            }
            witnesses.stop();
            witnesses.assertAllIsOnRecord();
        }
    }

    @Test
    void theStoresDiskIsFull() throws Exception {
        try (Witnesses witnesses = new Witnesses(gateway, mortal).start()) {
            witnesses.awaitWork("before");
            execute("""
                    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
                    CREATE TRIGGER full_disk BEFORE INSERT ON statement FOR EACH ROW EXECUTE FUNCTION full_disk();
                    """);
            try {
                witnesses.awaitWork("the store takes nothing");
                witnesses.awaitWork("the store still takes nothing");
            } finally {
                execute("DROP FUNCTION full_disk() CASCADE");
            }
            witnesses.stop();
            witnesses.assertAllIsOnRecord();
            assertThat(strays()).as("records that no table took").isZero();
        }
    }

    /** No file of the gateway's may grow: as on a full disk the journal gets no new file. */
    @Test
    void theJournalsDiskIsFull() throws Exception {
        try (Witnesses witnesses = new Witnesses(gateway, mortal).start().startLongWinded(200_000)) {
            witnesses.awaitWork("before");
            limitFiles(JUST_BELOW_A_FILE + ":unlimited");
            try {
                witnesses.awaitRefusal("53100");
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
            } finally {
                limitFiles("unlimited:unlimited");
            }
            witnesses.awaitWork("after");
            witnesses.stop();
            witnesses.assertAllIsOnRecord();
        }
    }

    private void limitFiles(String limits) {
        String process = Long.toString(mortal.processId());
        Programs.Result limited = Programs.run(Map.of(), "prlimit", "--pid", process, "--fsize=" + limits);
        assertThat(limited.status()).as(limited.errors()).isZero();
    }

    private void execute(String sql) throws SQLException {
        try (Connection store = mortal.store();
                Statement statement = store.createStatement()) {
            statement.execute(sql);
        }
    }

    private long strays() throws SQLException {
        try (Connection store = mortal.store();
                Statement statement = store.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM stray_record")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
