package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sallyport.demo.LibertyServer;
import org.sallyport.demo.Ports;
import org.sallyport.demo.Postgres;

/** A packaged gateway whose record of one connection is kept for seconds, and the packaged verifier. */
@WithGateway
class RetentionIT {
    private static final String DATABASE = "sallyport_expiring";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Gateway gateway;
    private final Auditor auditor;
    private final Path folder;
    private final int port = Ports.free();
    private final int httpsPort = Ports.free();
    private final Api api;
    private final String ada;
    private final String otto;

    RetentionIT(Gateway gateway) throws IOException {
        this.gateway = gateway;
        auditor = new Auditor(gateway);
        folder = gateway.folder("expiring");
        api = new Api(httpsPort, gateway.tls());
        ada = gateway.testIssuer().token("ada", "admin");
        otto = gateway.testIssuer().token("otto", "auditor");
    }

    @Test
    void purgesWhatHasExpiredAndNotWhatIsHeldAndTheRecordStaysSound() throws Exception {
        Path policy = Files.writeString(
                folder.resolve("policy.yaml"),
                gateway.policyText().replace("record: {results: 256KiB}", "record: {results: 256KiB, keep: 2s}"));
        Path anchors = folder.resolve("anchors.ndjson");
        Map<String, String> settings = Map.of(
                "sallyport.checkpoint.anchors",
                "file:" + anchors,
                "sallyport.checkpoint.seconds",
                "1",
                "sallyport.retention.seconds",
                "1",
                "people.issuer",
                gateway.testIssuer().url(),
                "people.jwks",
                gateway.testIssuer().url() + "/jwks",
                "https.port",
                Integer.toString(httpsPort));
        Agent held = Agent.in(gateway, "migration-agents");
        Agent expired = Agent.in(gateway, "migration-agents");
        Agent erased = Agent.in(gateway, "operators");
        try (LibertyServer server =
                gateway.another("expiring", port, policy, settings).start()) {
            String hold = workUnderHold(held);
            work("shop", expired);
            work("bench", erased);
            Eventually.holds("the record has expired", LIMIT, () -> statementsOf(expired) == 0);
            assertThat(statementsOf(held)).isEqualTo(10);
            assertThat(statementsOf(erased)).isEqualTo(10);
            assertSound(anchors);

            assertThat(release(hold).statusCode()).isEqualTo(200);
            assertThat(release(hold).statusCode()).isEqualTo(409);
            assertThat(erase(otto, erased).statusCode()).isEqualTo(403);
            assertThat(erase(ada, erased).statusCode()).isEqualTo(202);
            Eventually.holds("all is purged", LIMIT, () -> statementsOf(held) == 0 && statementsOf(erased) == 0);
            assertThat(erase(ada, erased).statusCode()).isEqualTo(404);
            server.kill();
            server.start();
        }
        assertSound(anchors, "--unsigned", "0");
        assertThat(one("SELECT count(*) >= 3 * 24 FROM purged")).isEqualTo("t");

        assertThat(one("SELECT count(*) FROM statement WHERE text LIKE '%41%'")).isEqualTo("0");
        one(
                "UPDATE purged SET purge = gen_random_uuid() WHERE (journal, sequence) = (SELECT journal, sequence FROM purged LIMIT 1)"
                        + " RETURNING 1");
        Programs.Result found = auditor.verify("--store", auditor.store(DATABASE), "--anchor", anchors.toString());
        assertThat(found.status()).as(found.output()).isEqualTo(1);
        assertThat(found.output())
                .contains("of a purge that nobody has recorded", "not what this purge was recorded to take");
    }

    private String workUnderHold(Agent agent) throws SQLException {
        try (Connection connection = gateway.connectAt(port, "shop", agent);
                Statement statement = connection.createStatement()) {
            work(statement);
            String session = new Person(api, otto).session(agent.name()).text("id");
            assertThat(hold("{\"session\": \"" + session + "\", \"connection\": \"shop\", \"reason\": \"x\"}")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(hold("{\"connection\": \"shoppe\", \"reason\": \"x\"}").statusCode())
                    .isEqualTo(400);
            HttpResponse<String> held = hold("{\"session\": \"" + session + "\", \"reason\": \"case 7\"}");
            assertThat(held.statusCode()).as(held.body()).isEqualTo(201);
            Fields listed = Fields.of(api.get("/api/v1/holds", otto).body())
                    .objects("items")
                    .get(0);
            assertThat(listed.text("session")).isEqualTo(session);
            assertThat(listed.text("placedBy")).isEqualTo("otto");
            return listed.text("id");
        }
    }

    private HttpResponse<String> hold(String body) {
        return api.post("/api/v1/holds", otto, body);
    }

    private HttpResponse<String> release(String hold) {
        return api.delete("/api/v1/holds/" + hold + "?reason=over", otto);
    }

    private HttpResponse<String> erase(String token, Agent agent) {
        return api.post("/api/v1/purges", token, "{\"identity\": \"" + agent.name() + "\", \"reason\": \"a request\"}");
    }

    private void work(String database, Agent agent) throws SQLException {
        try (Connection connection = gateway.connectAt(port, database, agent);
                Statement statement = connection.createStatement()) {
            work(statement);
        }
    }

    private static void work(Statement statement) throws SQLException {
        for (int i = 0; i < 10; i++) {
            statement.execute("SELECT 4" + i);
        }
    }

    private void assertSound(Path anchors, String... more) {
        String[] what = {"--store", auditor.store(DATABASE), "--anchor", anchors.toString()};
        String[] all = Stream.of(what, more).flatMap(Arrays::stream).toArray(String[]::new);
        Eventually.holds(
                "what is anchored has come into the store",
                () -> !auditor.verify(all).output().contains("still in its node's journal"));
        Auditor.assertSound(auditor.verify(all));
    }

    private long statementsOf(Agent agent) {
        return Long.parseLong(
                one("SELECT count(*) FROM statement t JOIN session s ON s.id = t.session_id WHERE s.identity = '"
                        + agent.name() + "' AND text LIKE 'SELECT 4%'"));
    }

    /** As somebody who owns everything. */
    private String one(String sql) {
        Postgres store = gateway.store();
        try (Connection connection = store.connect(DATABASE, store.superuser());
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            try (ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getString(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
