package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/** What somebody costs who is not admitted yet: so much time, so much memory, so many at once (threats 111 and 112). */
class UnauthenticatedTest {
    private static final int PER_ADDRESS = 6;

    @TempDir
    private static Path folder;

    private static RealServer server;

    private final List<RawClient> clients = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        server = RealServer.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private void listen(Duration authenticationTime) throws Exception {
        listeners.add(Listener.bind(
                new ListenerSettings(
                        "127.0.0.1",
                        0,
                        true,
                        RealServer.keyStore(folder),
                        new ListenerSettings.Limits(3, 3, 100, PER_ADDRESS, authenticationTime, 1 << 20)),
                new ScriptedApplication(server::target)));
    }

    private int port() {
        return listeners.get(0).address().getPort();
    }

    @AfterEach
    void leave() throws Exception {
        for (RawClient client : clients) {
            client.close();
        }
        listeners.forEach(Listener::close);
    }

    private RawClient connect() throws IOException {
        RawClient client = new RawClient(port());
        clients.add(client);
        return client;
    }

    /** A client that certainly has its place: it was answered. */
    private RawClient waiting() throws IOException {
        RawClient client = connect().raw(8, 80877104).flush();
        assertThat(client.receiveByte()).isEqualTo('N');
        return client;
    }

    private RawClient startup(RawClient client) throws IOException {
        return client.startup(0x30000, "user", "agent", "database", "shop").flush();
    }

    private static String end(RawClient client) throws IOException {
        List<Message> messages = client.receiveUntil('-');
        assertThat(messages).last().extracting(Message::type).isEqualTo('-');
        return messages.size() == 1
                ? "closed"
                : messages.get(messages.size() - 2).summary();
    }

    private boolean letsIn() throws IOException {
        RawClient client = connect();
        List<Message> answers;
        try {
            answers = client.login("agent", "shop", ScriptedApplication.TOKEN);
        } catch (SocketException closed) {
            return false;
        }
        client.close();
        return answers.get(answers.size() - 1).type() == 'Z';
    }

    @Test
    void aFloodIsClosedUnreadAndLeavesSessionsAlone() throws Exception {
        listen(Duration.ofMinutes(10));
        RawClient session = connect();
        session.login("agent", "shop", ScriptedApplication.TOKEN);
        List<RawClient> silent = new ArrayList<>();
        for (int i = 0; i < PER_ADDRESS; i++) {
            silent.add(waiting());
        }
        for (int i = 0; i < 300; i++) {
            try (RawClient oneTooMany = new RawClient(port())) {
                assertThat(oneTooMany.receive().type()).isEqualTo('-');
            }
            if (i % 50 == 0) {
                assertThat(session.query("SELECT 1").answers()).contains("D:[1]");
            }
        }
        assertThat(letsIn()).isFalse();
        for (RawClient client : silent) {
            client.close();
        }
        while (!letsIn()) {
            Thread.sleep(10); // the gateway learns of the ends a moment later
        }
    }

    @Test
    void anAdmittedClientGivesItsPlaceToTheNext() throws Exception {
        listen(Duration.ofMinutes(10));
        for (int i = 0; i < PER_ADDRESS - 1; i++) {
            waiting();
        }
        for (int i = 0; i < 3; i++) {
            RawClient client = connect();
            assertThat(client.login("agent", "shop", ScriptedApplication.TOKEN))
                    .last()
                    .extracting(Message::type)
                    .isEqualTo('Z');
        }
        assertThat(connect().login("agent", "shop", ScriptedApplication.TOKEN))
                .as("every session is taken")
                .extracting(Message::summary)
                .contains("E:53300");
    }

    @Test
    void whoeverStopsOnTheWayIsClosedAtTheDeadline() throws Exception {
        listen(Duration.ofSeconds(5));
        RawClient silent = connect();
        RawClient inLength = connect().text("\0\0").flush();
        RawClient inPacket = connect().raw(9_000, 0x30000).text("user\0a").flush();
        RawClient inHello = connect().text("\u0016\3\1\2\0\1\0").flush();
        RawClient beforeHello = connect().raw(8, 80877103).flush();
        assertThat(beforeHello.receiveByte()).isEqualTo('S');
        RawClient afterHandshake = connect().encrypt("postgresql");
        assertThat(List.of(end(silent), end(inLength), end(inPacket), end(inHello), end(beforeHello)))
                .containsOnly("closed");
        assertThat(end(afterHandshake)).isEqualTo("closed");
    }

    @Test
    void whoeverStopsAtTheTokenIsToldSoAtTheDeadline() throws Exception {
        listen(Duration.ofSeconds(5));
        RawClient beforeToken = startup(connect());
        RawClient encrypted = startup(connect().encrypt("postgresql"));
        RawClient inToken = startup(connect()).text("p\0\0\1\0abc").flush();
        RawClient undecided =
                startup(connect()).password(ScriptedApplication.NEVER_DECIDED).flush();
        assertThat(List.of(end(beforeToken), end(encrypted), end(inToken), end(undecided)))
                .containsOnly("E:57014");
    }

    /** Slow-loris: a byte now and then keeps nobody in. */
    @Test
    void aByteNowAndThenDoesNotMoveTheDeadline() throws Exception {
        listen(Duration.ofSeconds(5));
        RawClient client = connect().raw(10_000, 0x30000).flush();
        int sent = 0;
        try {
            while (sent < 4_000) {
                client.text("x").flush();
                sent++;
                Thread.sleep(15);
            }
        } catch (SocketException closed) {
            return;
        }
        assertThat(sent).as("bytes taken").isLessThan(4_000);
    }

    @Test
    void aTokenThatClaimsToBeHugeIsRefusedAtOnce() throws Exception {
        listen(Duration.ofMinutes(10));
        RawClient client = startup(connect());
        client.receive();
        client.text("p").raw(Integer.MAX_VALUE).flush();
        assertThat(end(client)).isEqualTo("E:28000");
    }

    @Test
    void nobodyFillsMemoryWhileTheirTokenIsLookedAt() throws Exception {
        listen(Duration.ofMinutes(10));
        RawClient client = startup(connect());
        client.receive();
        client.password(ScriptedApplication.NEVER_DECIDED)
                .text("x".repeat(40_000))
                .flush();
        assertThat(end(client)).isEqualTo("E:08P01");
    }
}
