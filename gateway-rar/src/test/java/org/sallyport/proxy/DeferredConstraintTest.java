package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/** What a statement did whose errors must not show values may fail later: when its transaction ends (threat 78). */
@ExtendWith(Leaks.class)
class DeferredConstraintTest {
    private static final String CHANGE = "UPDATE deferred SET v = 'a' /*mask*/";

    @TempDir
    private static Path folder;

    private static RealServer server;
    private static Listener listener;

    @BeforeAll
    static void start() throws Exception {
        server = RealServer.start(folder);
        server.execute("CREATE TABLE deferred (v text, total int, UNIQUE (v, total) DEFERRABLE INITIALLY DEFERRED)");
        listener = Listener.bind(
                new ListenerSettings("127.0.0.1", 0, true, RealServer.keyStore(folder), RealServer.LIMITS),
                new ScriptedApplication(server::target));
    }

    @AfterAll
    static void stop() throws Exception {
        listener.close();
        server.close();
    }

    @BeforeEach
    void fill() throws Exception {
        server.execute("TRUNCATE deferred; INSERT INTO deferred VALUES ('x', 4711), ('y', 4711)");
    }

    private static RawClient client() throws IOException {
        RawClient client = new RawClient(listener.address().getPort());
        client.login("agent", "shop", ScriptedApplication.TOKEN);
        return client;
    }

    /** Exactly one error comes, with its SQLSTATE and without the value. */
    private static void failsDiscreetly(List<Message> answers) {
        assertThat(answers)
                .filteredOn(message -> message.type() == 'E')
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.field('C')).contains("23505");
                    assertThat(error.field('D').orElse("")).doesNotContain("4711");
                });
    }

    @Test
    void atACommit() throws IOException {
        try (RawClient client = client()) {
            client.query("BEGIN").flush().receiveUntil('Z');
            client.query(CHANGE).flush().receiveUntil('Z');
            failsDiscreetly(client.query("COMMIT").flush().receiveUntil('Z'));
        }
    }

    @Test
    void whenItIsMadeImmediate() throws IOException {
        try (RawClient client = client()) {
            client.query("BEGIN").flush().receiveUntil('Z');
            client.query(CHANGE).flush().receiveUntil('Z');
            failsDiscreetly(
                    client.query("SET CONSTRAINTS ALL IMMEDIATE").flush().receiveUntil('Z'));
        }
    }

    @Test
    void atASync() throws IOException {
        try (RawClient client = client()) {
            failsDiscreetly(client.parse("", CHANGE)
                    .bind("", "")
                    .execute("", 0)
                    .sync()
                    .flush()
                    .receiveUntil('Z'));
        }
    }

    /** The rows of its RETURNING are fetched one by one; it has changed all of them with the first. */
    @Test
    void whileItsPortalIsSuspended() throws IOException {
        try (RawClient client = client()) {
            client.query("BEGIN").flush().receiveUntil('Z');
            client.parse("", "UPDATE deferred SET v = 'a' RETURNING v /*mask*/")
                    .bind("", "")
                    .execute("", 1)
                    .sync()
                    .flush()
                    .receiveUntil('Z');
            failsDiscreetly(client.query("COMMIT").flush().receiveUntil('Z'));
        }
    }

    /** Not longer: what comes behind it is as it would be. */
    @Test
    void untilItsTransactionIsOver() throws IOException {
        try (RawClient client = client()) {
            client.query("SELECT v FROM deferred /*mask*/").flush().receiveUntil('Z');
            List<Message> answers =
                    client.query("UPDATE deferred SET v = 'a'").flush().receiveUntil('Z');

            assertThat(answers)
                    .filteredOn(message -> message.type() == 'E')
                    .singleElement()
                    .satisfies(error -> assertThat(error.field('D').orElse("")).contains("4711"));
        }
    }
}
