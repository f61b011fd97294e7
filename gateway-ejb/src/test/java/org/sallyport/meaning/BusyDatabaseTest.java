package org.sallyport.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What a database notices of being asked: pgbench's TPC-B, with and without new statements asked about on side connections, and what a
 * thousand questions leave behind. Printed; how fast a machine is, nothing is required of. {@code pgbench} comes from the PATH.
 */
@EnabledIfSystemProperty(named = "sallyport.busy", matches = "[0-9]+")
class BusyDatabaseTest {
    private static final int SECONDS = Integer.getInteger("sallyport.busy", 30);
    private static final int ROUNDS = 3;
    private static final int CLIENTS = 8;
    private static final int QUESTIONS_A_SECOND = 100;
    private static final int QUESTIONS = 1000;
    private static final Pattern SPEED = Pattern.compile("tps = ([0-9.]+)");
    private static final Pattern LATENCY = Pattern.compile("latency average = ([0-9.]+)");
    private static final String SIDE = "sallyport-side";

    private final ExecutorService executor = Executors.newFixedThreadPool(8);
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();

    /** The oldest snapshot that a side connection was seen to hold. */
    private final AtomicLong heldMillis = new AtomicLong();

    private final AtomicLong heldTransactions = new AtomicLong();

    @Test
    @Timeout(3600)
    void whatABusyDatabaseNotices() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("shared_buffers", "256MB")
                        .setServerConfig("max_wal_size", "4GB")
                        .start();
                Meanings meanings = new Meanings(name -> side(postgres), executor)) {
            pgbench(postgres, "-i", "-q", "-s", "10");
            leftovers(postgres, meanings);
            locks(postgres);
            speed(postgres, meanings);
        } finally {
            executor.shutdownNow();
            clock.shutdownNow();
        }
        assertThat(asked.get()).isPositive();
        assertThat(answered).hasValue(asked.get());
    }

    private static Connection side(EmbeddedPostgres postgres) throws SQLException {
        return postgres.getDatabase("postgres", "postgres", Map.of("ApplicationName", SIDE))
                .getConnection();
    }

    private void ask(Meanings meanings) {
        String sql =
                "SELECT a.aid, a.abalance + b.bbalance AS both FROM pgbench_accounts a JOIN pgbench_branches b USING (bid)"
                        + " WHERE a.aid = 17 AND a.filler <> 'question " + asked.incrementAndGet()
                        + "' ORDER BY 2 LIMIT 10";
        meanings.of("bench", 1, new Question(sql, List.of())).thenAccept(answer -> {
            if (answer.meaning().isPresent()) {
                answered.incrementAndGet();
            }
        });
    }

    private void settle() throws InterruptedException {
        for (int i = 0; i < 600 && answered.get() < asked.get(); i++) {
            Thread.sleep(100);
        }
    }

    /** Asked one after the other, nobody else being there, and no autovacuum. */
    private void leftovers(EmbeddedPostgres postgres, Meanings meanings) throws SQLException, InterruptedException {
        try (Connection owner = postgres.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute("ALTER SYSTEM SET autovacuum = off");
            statement.execute("SELECT pg_reload_conf()");
            ask(meanings);
            settle();
            Thread.sleep(2000);
            Map<String, BigDecimal> before = counted(statement);
            for (int i = 0; i < QUESTIONS; i++) {
                ask(meanings);
                settle(i);
            }
            settle();
            Thread.sleep(2000);
            Map<String, BigDecimal> after = counted(statement);
            System.out.println("left behind by " + QUESTIONS + " questions:");
            after.forEach((what, count) -> {
                BigDecimal more = count.subtract(before.getOrDefault(what, BigDecimal.ZERO));
                if (more.signum() != 0) {
                    System.out.println("  " + what + ": " + more.toPlainString());
                }
            });
            statement.execute("ALTER SYSTEM RESET autovacuum");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    /** Not more at once than are asked at once. */
    private void settle(int i) throws InterruptedException {
        if (i % 50 == 49) {
            settle();
        }
    }

    private static Map<String, BigDecimal> counted(Statement statement) throws SQLException {
        statement.execute("SELECT pg_stat_clear_snapshot()");
        Map<String, BigDecimal> counted = new TreeMap<>();
        try (ResultSet rows = statement.executeQuery("""
                SELECT 'dead rows in ' || relname, n_dead_tup::numeric FROM pg_stat_sys_tables WHERE schemaname = 'pg_catalog'
                UNION ALL SELECT 'bytes of ' || relname, pg_total_relation_size(relid) FROM pg_stat_sys_tables WHERE schemaname = 'pg_catalog'
                UNION ALL SELECT 'bytes of WAL', pg_current_wal_insert_lsn() - '0/0'
                UNION ALL SELECT 'transaction ids', pg_snapshot_xmax(pg_current_snapshot())::text::numeric""")) {
            while (rows.next()) {
                counted.put(rows.getString(1), rows.getBigDecimal(2));
            }
        }
        return counted;
    }

    /** What a question holds at its end, in its own words. */
    private static void locks(EmbeddedPostgres postgres) throws SQLException {
        try (Connection side = side(postgres);
                Statement statement = side.createStatement()) {
            statement.execute("BEGIN");
            statement.execute(Reader.FUNCTION.formatted(
                    "pg_temp.reading", "", "SELECT aid FROM pgbench_accounts JOIN pgbench_branches USING (bid)"));
            try (ResultSet rows = statement.executeQuery(Reader.tree("reading"))) {
                rows.next();
            }
            System.out.println("locks of a question:");
            try (ResultSet rows = statement.executeQuery("""
                    SELECT locktype, coalesce(relation::regclass::text, classid::regclass::text, ''), mode, count(*)
                      FROM pg_locks WHERE pid = pg_backend_pid() AND relation IS DISTINCT FROM 'pg_locks'::regclass
                     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""")) {
                while (rows.next()) {
                    System.out.println("  " + rows.getString(1) + " " + rows.getString(2) + " " + rows.getString(3));
                }
            }
            statement.execute("ROLLBACK");
        }
    }

    private void speed(EmbeddedPostgres postgres, Meanings meanings) throws Exception {
        pgbench(postgres, "-T", "10", "-c", "" + CLIENTS, "-j", "2");
        try (Connection owner = postgres.getPostgresDatabase().getConnection();
                Statement watching = owner.createStatement()) {
            speed(postgres, meanings, watching);
        }
    }

    private void speed(EmbeddedPostgres postgres, Meanings meanings, Statement watching) throws Exception {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            double without = speed(postgres);
            int before = asked.get();
            ScheduledFuture<?> asking = clock.scheduleAtFixedRate(
                    () -> ask(meanings), 0, TimeUnit.SECONDS.toMicros(1) / QUESTIONS_A_SECOND, TimeUnit.MICROSECONDS);
            ScheduledFuture<?> watch =
                    clock.scheduleWithFixedDelay(() -> watch(watching), 100, 50, TimeUnit.MILLISECONDS);
            double with = speed(postgres);
            asking.cancel(false);
            watch.cancel(false);
            settle();
            ratios.add(with / without);
            System.out.printf(
                    "round %d: %.0f tps without, %.0f tps with %d questions, ratio %.3f%n",
                    round + 1, without, with, asked.get() - before, with / without);
        }
        System.out.printf(
                "ratios %s; oldest snapshot of a side connection %d ms, %d transactions behind%n",
                ratios, heldMillis.get(), heldTransactions.get());
    }

    /** By another connection, every twentieth of a second. */
    private void watch(Statement watching) {
        try (ResultSet row = watching.executeQuery("""
                SELECT coalesce(max(extract(epoch FROM clock_timestamp() - xact_start) * 1000), 0)::bigint,
                       coalesce(max(age(backend_xmin)), 0)
                  FROM pg_stat_activity WHERE backend_xmin IS NOT NULL AND application_name = '""" + SIDE + "'")) {
            row.next();
            heldMillis.accumulateAndGet(row.getLong(1), Math::max);
            heldTransactions.accumulateAndGet(row.getLong(2), Math::max);
        } catch (SQLException e) {
            System.out.println("not watched: " + e.getMessage());
        }
    }

    private static double speed(EmbeddedPostgres postgres) throws IOException, InterruptedException {
        String told = pgbench(postgres, "-T", "" + SECONDS, "-c", "" + CLIENTS, "-j", "2");
        Matcher latency = LATENCY.matcher(told);
        Matcher speed = SPEED.matcher(told);
        assertThat(speed.find() && latency.find()).as(told).isTrue();
        System.out.println("  " + speed.group() + ", " + latency.group() + " ms");
        return Double.parseDouble(speed.group(1));
    }

    private static String pgbench(EmbeddedPostgres postgres, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("pgbench", "-h", "127.0.0.1", "-U", "postgres"));
        command.addAll(List.of("-p", "" + postgres.getPort()));
        command.addAll(Arrays.asList(options));
        command.add("postgres");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
        return told;
    }
}
