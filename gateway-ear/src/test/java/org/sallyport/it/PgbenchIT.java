package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** pgbench: the same transactions with the same results by one client, and no error by many at once. */
@WithGateway
class PgbenchIT {
    private static final int SECONDS = Integer.getInteger("sallyport.pgbench.seconds", 3);
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+) \\(without");
    private static final String BUILTIN = "--builtin=tpcb-like";
    private static final String PIPELINE = "--file=src/test/resources/pgbench/pipeline.sql";
    private static final String SUMS = """
            SELECT sum(abalance), sum(abalance::bigint * aid) FROM pgbench_accounts;
            SELECT bid, bbalance FROM pgbench_branches ORDER BY bid;
            SELECT count(*), sum(delta::bigint * aid) FROM pgbench_history;
            """;

    private final Gateway gateway;

    PgbenchIT(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void makesTheSameTransactionsInEveryMode() throws Exception {
        String told = Transcript.ofBoth(gateway, "bench", PgbenchIT::fewTransactions);
        assertThat(told.split("number of transactions actually processed: 40/40\n"))
                .hasSize(6);
    }

    private static String fewTransactions(Route route) {
        // Says something of its own where the tables were not there.
        route.run("pgbench", "-i", "-I", "d");
        StringBuilder told = new StringBuilder(route.run("pgbench", "-i", "-I", "dtGvpf", "-s", "2"));
        for (String mode : List.of("simple", "extended", "prepared")) {
            told.append(fewTransactions(route, mode, BUILTIN));
        }
        told.append(fewTransactions(route, "extended", PIPELINE));
        told.append(fewTransactions(route, "prepared", PIPELINE));
        return told.append(route.run("psql", "-X", "-c", SUMS)).toString();
    }

    private static String fewTransactions(Route route, String mode, String script) {
        return route.run("pgbench", "-n", "-t", "40", "-M", mode, script, "-r", "--random-seed=7");
    }

    @Test
    void runsManyClientsWithoutAnErrorInEveryMode(TestReporter reporter) {
        Map<String, String> environment = Route.through(gateway, "bench").environment();
        Programs.Result made = Programs.run(environment, "pgbench", "-i", "-s", "4", "-q");
        assertThat(made.status()).as(made.errors()).isZero();
        for (String mode : List.of("simple", "extended", "prepared")) {
            for (String script : List.of("select-only", "tpcb-like")) {
                String tps = manyClients(environment, mode, script);
                reporter.publishEntry(Map.of("pgbench", script + " " + mode + " c=16 T=" + SECONDS, "tps", tps));
            }
        }
    }

    private static String manyClients(Map<String, String> environment, String mode, String script) {
        String[] command = ("pgbench -n -c 16 -j 2 -T " + SECONDS + " -M " + mode + " -b " + script).split(" ");
        Programs.Result result = Programs.run(Duration.ofSeconds(120 + SECONDS), environment, command);
        assertThat(result.status()).as(result.errors()).isZero();
        assertThat(result.output()).contains("number of failed transactions: 0 (");
        assertThat(result.errors()).doesNotContain("error", "ERROR", "aborted");
        Matcher tps = TPS.matcher(result.output());
        assertThat(tps.find()).as(result.output()).isTrue();
        return tps.group(1);
    }
}
