package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/** The newest start-up that there is, and settings given to real psql, against the packaged gateway. */
@WithGateway
class StartupIT {
    private final Gateway gateway;
    private final Agent operator;
    private final Agent reporter;

    StartupIT(Gateway gateway) {
        this.gateway = gateway;
        operator = Agent.in(gateway, "operators");
        reporter = Agent.in(gateway, "reporting-agents");
    }

    /** As libpq 18 with {@code sslnegotiation=direct max_protocol_version=3.2}. */
    @Test
    void tlsFromTheFirstByteCarriesProtocol32AndItsCancelKey() throws Exception {
        try (RawClient client = new RawClient(gateway.port()).encrypt("postgresql")) {
            client.startup(0x30002, "user", operator.name(), "database", "bench")
                    .flush();
            assertThat(client.receive().summary()).isEqualTo("R:3");
            List<Message> answers = client.password(operator.token()).flush().receiveUntil('Z');
            Message key = answers.stream()
                    .filter(answer -> answer.type() == 'K')
                    .findFirst()
                    .orElseThrow();
            assertThat(key.payload()).hasSize(4 + 32);
            client.query("SELECT pg_sleep(60) AS canceled_by_a_long_key").flush();
            Eventually.holds("the statement runs", () -> runs("canceled_by_a_long_key"));
            try (RawClient canceling = new RawClient(gateway.port()).encrypt("postgresql")) {
                assertThat(canceling.cancel(key).flush().receive().type()).isEqualTo('-');
            }
            assertThat(client.receiveUntil('Z')).extracting(Message::summary).contains("E:57014", "Z:I");
        }
    }

    private boolean runs(String mark) {
        Programs.Result running = Programs.run(
                gateway.directEnvironment("bench"),
                "psql",
                "-XAtc",
                "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%AS " + mark + "'");
        return running.output().equals("1\n");
    }

    @Test
    void newerProtocolsAreNegotiated() throws IOException {
        try (RawClient client = new RawClient(gateway.port())) {
            client.requestTls();
            client.startup(0x30007, "user", operator.name(), "database", "bench", "_pq_.future", "1")
                    .flush();
            assertThat(client.receive()).isEqualTo(new Message('v', "\0\3\0\2\0\0\0\1_pq_.future\0"));
            assertThat(client.receive().summary()).isEqualTo("R:3");
        }
    }

    private Programs.Result psql(Agent agent, String database, String options, String command) {
        Map<String, String> environment = new HashMap<>(gateway.environment(database, agent.name(), agent.token()));
        environment.put("PGOPTIONS", options);
        return Programs.run(environment, "psql", "-XAtc", command);
    }

    @Test
    void theHostThatTakesWritesIsFoundAndTheLoginBoundToItsCertificate() {
        String command = "SELECT ssl, pg_is_in_recovery(), current_database() FROM pg_stat_ssl"
                + " WHERE pid = pg_backend_pid()";
        assertThat(psql(operator, "spread", "", command).output()).isEqualTo("t|f|shop\n");
    }

    @Test
    void psqlGetsItsOptionsAsPostgresqlReadsThem() {
        String options = "-c work_mem=7MB --statement-timeout=5min -c my.var=a\\ b";
        String command = "SELECT current_setting('work_mem'), current_setting('statement_timeout'),"
                + " current_setting('my.var')";
        Map<String, String> direct = new HashMap<>(gateway.directEnvironment("bench"));
        direct.put("PGOPTIONS", options);
        assertThat(psql(operator, "bench", options, command))
                .isEqualTo(new Programs.Result(0, "7MB|5min|a b\n", ""))
                .isEqualTo(Programs.run(direct, "psql", "-XAtc", command));
    }

    @Test
    void psqlIsToldWhatTheDatabaseSaysAgainstASetting() {
        assertThat(psql(operator, "bench", "-c work_mem=much", "SELECT 1"))
                .satisfies(result -> assertThat(result.status()).isEqualTo(2))
                .satisfies(result -> assertThat(result.errors())
                        .contains("FATAL:  invalid value for parameter \"work_mem\": \"much\"")
                        .doesNotContain("shop_gateway"));
    }

    @Test
    void aRestrictedPsqlIsToldWhichSettingItMayNotMake() {
        assertThat(psql(reporter, "shop", "-c statement_timeout=5min", "SELECT count(*) FROM products"))
                .isEqualTo(new Programs.Result(0, "120\n", ""));
        assertThat(psql(reporter, "shop", "-c search_path=pg_temp", "SELECT 1").errors())
                .contains(
                        "FATAL:  permission denied to set parameter \"search_path\" at start-up", "Rule \"start-up\"");
        assertThat(psql(reporter, "shop", "-c standard_conforming_strings=off", "SELECT 1")
                        .errors())
                .contains("FATAL:  standard_conforming_strings must be on");
    }
}
