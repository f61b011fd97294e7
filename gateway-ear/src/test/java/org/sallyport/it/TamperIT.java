package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.sallyport.demo.LibertyServer;
import org.sallyport.demo.Ports;
import org.sallyport.demo.Postgres;
import org.sallyport.demo.StartFailure;

/** What a packaged gateway has recorded, signed and anchored, and been killed over, checked by the packaged verifier. */
@WithGateway
class TamperIT {
    private static final String DATABASE = "sallyport_tampered";

    private final Gateway gateway;
    private final Agent agent;
    private final Path anchors;
    private final Auditor auditor;

    TamperIT(Gateway gateway) throws IOException {
        this.gateway = gateway;
        auditor = new Auditor(gateway);
        agent = Agent.in(gateway, "migration-agents");
        anchors = gateway.folder("anchors").resolve("tampered.ndjson");
    }

    @Test
    void findsAnEditAndNothingElse() throws Exception {
        Path journal;
        int port = Ports.free();
        Path policy = Files.writeString(anchors.resolveSibling("policy.yaml"), gateway.policyText());
        try (LibertyServer server = gateway.another(
                        "tampered", port, policy, Map.of("sallyport.checkpoint.anchors", "log,file:" + anchors))
                .start()) {
            journal = server.definition().resolve("journal");
            work(port);
            server.kill();
            server.start();
            work(port);
        }
        Auditor.assertSound(
                auditor.verify("--store", auditor.store(DATABASE), "--anchor", anchors.toString(), "--unsigned", "0"));
        Auditor.assertSound(
                auditor.verify("--journal", journal.toString(), "--anchor", anchors.toString(), "--unsigned", "0"));
        Auditor.assertSound(auditor.verify(
                "--store",
                auditor.store(DATABASE),
                "--journal",
                journal.toString(),
                "--anchor",
                anchors.toString(),
                "--unsigned",
                "0"));

        String key = edit("UPDATE statement SET text = replace(text, '41', '42')"
                + " WHERE (session_id, number) = (SELECT session_id, number FROM statement WHERE text LIKE '%41%' LIMIT 1)"
                + " RETURNING session_id || ' ' || number");

        Programs.Result edited = auditor.verify("--store", auditor.store(DATABASE), "--anchor", anchors.toString());
        assertThat(edited.status()).as(edited.output()).isEqualTo(1);
        assertThat(edited.output()).contains("FOUND table statement, session_id, number = " + key);
        assertThat(edited.output().lines().filter(line -> line.startsWith("FOUND")))
                .hasSize(1);

        edit("DELETE FROM checkpoint WHERE sequence = (SELECT max(sequence) FROM checkpoint) RETURNING sequence::text");
        assertThat(auditor.verify("--store", auditor.store(DATABASE), "--anchor", anchors.toString())
                        .output())
                .contains("its end was cut off or written anew");
    }

    /** All that the other tests have done to the gateway's record until now, while it goes on. */
    @Test
    void findsNothingInARunningGatewaysRecord() throws Exception {
        try (Connection connection = gateway.connect("shop", agent.name(), agent.token());
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
        // What has been anchored may be on its way into the store.
        AtomicReference<String> said = new AtomicReference<>("");
        Eventually.holds("a sound record", Duration.ofMinutes(1), () -> {
            Programs.Result found = auditor.verify(
                    "--store",
                    auditor.store("sallyport"),
                    "--anchor",
                    gateway.anchors().toString());
            said.set(found.output() + found.errors());
            return found.status() == 0 || !found.output().contains("still in its node's journal");
        });
        assertThat(said.get()).contains("signed up to").endsWith("sound\n");
    }

    /** Nobody records for months what nobody can prove, because of a wrong path. */
    @Test
    void doesNotStartWithoutAKey() throws IOException {
        Path policy = Files.writeString(anchors.resolveSibling("keyless.yaml"), gateway.policyText());
        try (LibertyServer server = gateway.another(
                "keyless",
                Ports.free(),
                policy,
                Map.of(
                        "sallyport.checkpoint.keystore",
                        anchors.resolveSibling("none.p12").toString()))) {
            assertThatThrownBy(server::start).isInstanceOf(StartFailure.class);
            assertThat(server.output())
                    .contains("sallyport.checkpoint.keystore: ", "none.p12", "sallyport.checkpoint.signing=off");
        }
    }

    private void work(int port) throws SQLException {
        try (Connection connection = gateway.connectAt(port, "shop", agent);
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 50; i++) {
                statement.execute("SELECT " + i);
            }
        }
    }

    /** As somebody who owns everything; returns what the one row gives. */
    private String edit(String change) throws SQLException {
        Postgres store = gateway.store();
        try (Connection connection = store.connect(DATABASE, store.superuser());
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            try (PreparedStatement update = connection.prepareStatement(change);
                    ResultSet row = update.executeQuery()) {
                assertThat(row.next()).as(change).isTrue();
                return row.getString(1);
            }
        }
    }
}
