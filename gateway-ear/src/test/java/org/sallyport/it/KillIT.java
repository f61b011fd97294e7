package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Law 4, at its hardest: the gateway is killed again and again while clients and pgbench work. */
@WithGateway
class KillIT {
    private static final int KILLS = Integer.getInteger("sallyport.kills", 3);
    private static final int LONGEST_ROUND_MILLIS = 2000;

    private final Gateway gateway;
    private final MortalGateway mortal;

    KillIT(Gateway gateway, MortalGateway mortal) {
        this.gateway = gateway;
        this.mortal = mortal;
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void whateverHappenedIsOnRecordOnceHoweverOftenTheGatewayIsKilled() throws Exception {
        long seed = Long.getLong("sallyport.seed", System.nanoTime());
        System.out.println(KILLS + " kills from seed " + seed);
        Random random = new Random(seed);
        assertThat(Route.direct(gateway, "bench").run("pgbench", "-i", "-q", "-s", "2"))
                .contains("exit status 0");
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> transfers = CompletableFuture.runAsync(() -> transfer(enough));
        try (Witnesses witnesses = new Witnesses(gateway, mortal).start()) {
            for (int kill = 0; kill < KILLS; kill++) {
                witnesses.awaitWork("round " + kill + ", seed " + seed);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_ROUND_MILLIS)));
                mortal.kill();
                mortal.start();
            }
            witnesses.awaitWork("the end, seed " + seed);
            enough.set(true);
            transfers.get(Witnesses.RECOVERY.toSeconds(), TimeUnit.SECONDS);
            witnesses.stop();
            witnesses.assertAllIsOnRecord();
            assertTransfersAreOnRecord();
            Eventually.holds("every session that was cut off has ended on record", () -> open() == 0);
            Auditor auditor = new Auditor(gateway);
            Auditor.assertSound(auditor.verify("--store", auditor.store(MortalGateway.DATABASE)));
        } finally {
            enough.set(true);
        }
    }

    /** pgbench, begun again each time that its connections end. */
    private void transfer(AtomicBoolean enough) {
        for (int round = 0; !enough.get(); round++) {
            Agent operator = Agent.in(gateway, "operators");
            Map<String, String> environment =
                    new HashMap<>(gateway.environment("bench", operator.name(), operator.token()));
            environment.put("PGPORT", Integer.toString(mortal.port()));
            String mode = round % 2 == 0 ? "prepared" : "simple";
            Programs.run(environment, "pgbench", "-n", "-c", "4", "-T", "3", "-M", mode, "-b", "tpcb-like");
        }
    }

    /** Each row of pgbench's history stands for a transaction whose INSERT and END were recorded. */
    private void assertTransfersAreOnRecord() throws SQLException {
        Map<String, Integer> recorded;
        try (Connection store = mortal.store()) {
            recorded = Remembered.by(store, "").committedTransfers();
        }
        List<String> there = transfers();
        assertThat(there).isNotEmpty();
        for (String row : there) {
            assertThat(recorded.merge(row, -1, Integer::sum))
                    .as("transfer %s", row)
                    .isNotNegative();
        }
        System.out.println(there.size() + " transfers of pgbench, each of them on record");
    }

    private long open() {
        try (Connection store = mortal.store();
                Statement statement = store.createStatement();
                ResultSet count = statement.executeQuery(
                        "SELECT count(*) FROM session s WHERE NOT EXISTS (SELECT FROM session_end e WHERE e.session_id = s.id)")) {
            count.next();
            return count.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> transfers() throws SQLException {
        List<String> transfers = new ArrayList<>();
        try (Connection direct = gateway.connectDirectly("bench");
                Statement statement = direct.createStatement();
                ResultSet rows = statement.executeQuery("SELECT tid, bid, aid, delta FROM pgbench_history")) {
            while (rows.next()) {
                transfers.add(rows.getInt(1) + "," + rows.getInt(2) + "," + rows.getInt(3) + "," + rows.getInt(4));
            }
        }
        return transfers;
    }
}
