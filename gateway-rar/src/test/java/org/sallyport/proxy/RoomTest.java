package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/** All sessions live in one process: one client's messages must not fill it. */
@ExtendWith(Leaks.class)
class RoomTest {
    private static final int MIB = 1024 * 1024;
    private static final String LONG = "SELECT 1 -- " + "x".repeat(MIB);

    @TempDir
    private static Path folder;

    private static RealServer server;

    private final List<RawClient> clients = new ArrayList<>();
    private ScriptedApplication application;
    private Listener listener;

    @BeforeAll
    static void start() throws Exception {
        server = RealServer.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void listen() throws Exception {
        application = new ScriptedApplication(server::target);
        var limits = new ListenerSettings.Limits(100, 100, 100, 100, RealServer.LIMITS.authenticationTime(), 8 * MIB);
        listener = Listener.bind(
                new ListenerSettings("127.0.0.1", 0, true, RealServer.keyStore(folder), limits),
                application,
                new Room(9 * MIB / 2));
    }

    @AfterEach
    void leave() throws Exception {
        for (RawClient client : clients) {
            client.close();
        }
        listener.close();
    }

    private RawClient session() throws IOException {
        RawClient client = new RawClient(listener.address().getPort());
        clients.add(client);
        assertThat(client.login("agent", "shop", ScriptedApplication.TOKEN))
                .last()
                .extracting(Message::type)
                .isEqualTo('Z');
        return client;
    }

    /** Begins a message and does not end it. */
    private RawClient beginning(int bytes) throws IOException {
        return session().header('Q', 7 * MIB).bytes(new byte[bytes]).flush();
    }

    private static String end(RawClient client) throws IOException {
        List<Message> messages = client.receiveUntil('-');
        return messages.size() == 1
                ? "closed"
                : messages.get(messages.size() - 2).summary();
    }

    @Test
    void whoeverKeepsTheMostOfItIsEndedAndOthersGoOn() throws Exception {
        RawClient small = session();
        RawClient less = beginning(MIB);
        RawClient most = beginning(5 * MIB / 2);
        RawClient last = session();

        assertThat(last.query(LONG).answers()).contains("D:[1]");
        last.header('Q', 7 * MIB).bytes(new byte[MIB]).flush();

        assertThat(end(most)).isEqualTo("E:53200");
        assertThat(small.query("SELECT 1").answers()).contains("D:[1]");
        less.bytes(new byte[MIB]).flush();
        assertThat(small.query(LONG).answers()).contains("D:[1]");
    }

    @Test
    void whatIsPreparedCountsUntilItIsClosed() throws Exception {
        RawClient client = session();
        for (int i = 0; i < 6; i++) {
            assertThat(client.parse("s", LONG).sync().answers()).contains("1");
            assertThat(client.close('S', "s").sync().answers()).contains("3");
        }
        for (int i = 0; i < 4; i++) {
            client.parse("s" + i, LONG);
        }
        assertThat(client.sync().answers()).contains("1", "Z:I");
        assertThat(session().parse("s", LONG).sync().answers()).contains("1");
        assertThat(end(client)).isEqualTo("E:53200");
    }

    @Test
    void whatWaitsForAPersonCounts() throws Exception {
        List<RawClient> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(session().query("/*hold*/ " + i + LONG).flush());
        }
        List<String> ends = new ArrayList<>();
        assertThat(application.ends.take()).isNotNull();
        for (RawClient client : waiting) {
            client.withPatience(Duration.ofMillis(500));
            try {
                ends.add(client.receive().summary());
            } catch (SocketTimeoutException waits) {
                ends.add("waits");
            }
        }
        assertThat(ends).containsOnlyOnce("E:53200").contains("waits");
    }

    @Test
    void whoeverLeavesGivesItsRoomToOthers() throws Exception {
        for (int i = 0; i < 10; i++) {
            RawClient begun = beginning(3 * MIB);
            RawClient prepared = session();
            begun.close();
            while (application.ends.poll() == null) {
                Thread.sleep(1);
            }
            assertThat(prepared.parse("s", LONG).sync().answers()).contains("1");
            prepared.terminate().flush();
            assertThat(end(prepared)).isEqualTo("closed");
            while (application.ends.poll() == null) {
                Thread.sleep(1);
            }
        }
    }
}
