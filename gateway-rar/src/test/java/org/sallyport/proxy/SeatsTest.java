package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.client.RawClient;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.Secret;
import org.sallyport.contract.Server;
import org.sallyport.contract.Target;

class SeatsTest {
    @TempDir
    private static Path folder;

    private final Seats seats = new Seats(5, 2);

    private String take(String identity) {
        return seats.take(identity).map(Refusal::message).orElse("a seat");
    }

    @Test
    void oneIdentityLeavesRoomForOthers() {
        assertThat(take("agent")).isEqualTo("a seat");
        assertThat(take("agent")).isEqualTo("a seat");
        assertThat(take("agent")).isEqualTo("too many connections for role \"agent\"");
        assertThat(take("Agent")).as("another identity").isEqualTo("a seat");
    }

    @Test
    void allIdentitiesTogetherAreBounded() {
        for (int i = 0; i < 5; i++) {
            assertThat(take("agent " + i)).isEqualTo("a seat");
        }
        assertThat(take("another")).isEqualTo("sorry, too many clients already");
    }

    @Test
    void whoIsRefusedTakesNoSeat() {
        List.of("a", "a", "b", "b", "c").forEach(this::take);
        for (int i = 0; i < 100; i++) {
            assertThat(take("a")).startsWith("too many connections");
            assertThat(take("d")).startsWith("sorry");
        }
        seats.leave("a");
        assertThat(take("a")).isEqualTo("a seat");
    }

    @Test
    void manyAtOnceNeverLoseASeat() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                String identity = "agent " + t % 3;
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        if (seats.take(identity).isEmpty()) {
                            seats.leave(identity);
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        allIdentitiesTogetherAreBounded();
    }

    /** Whoever comes and goes would otherwise have any number of logins under way at a database that is slow to answer. */
    @Test
    void aClientThatLeavesKeepsItsSeatUntilItsLoginIsOver() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var application = new ScriptedApplication(() -> target(slow.getLocalPort()));
            var limits = new ListenerSettings.Limits(10, 1, 100, 100, Duration.ofSeconds(30), 1 << 20);
            try (Listener listener = Listener.bind(
                    new ListenerSettings("127.0.0.1", 0, true, RealServer.keyStore(folder), limits), application)) {
                RawClient first = new RawClient(listener.address().getPort());
                first.startup(0x30000, "user", "agent", "database", "shop").flush();
                first.receive();
                first.password(ScriptedApplication.TOKEN).flush();
                Socket login = slow.accept();
                first.close();
                Thread.sleep(200); // its end is noticed
                assertThat(answer(listener)).contains("too many connections for role");
                login.close();
                slow.close();
                assertThat(soon(listener)).contains("the database cannot be reached");
            }
        }
    }

    private static Target target(int port) {
        var security = Server.Security.of(Server.TlsMode.DISABLE, Optional.empty());
        var host = new Server.Host("127.0.0.1", port);
        var server = new Server(List.of(host), Server.SessionAttributes.ANY, "shop", security);
        return new Target(server, "gateway", new Secret("secret".toCharArray()));
    }

    private static String answer(Listener listener) throws Exception {
        try (RawClient client = new RawClient(listener.address().getPort())) {
            return client.login("agent", "shop", ScriptedApplication.TOKEN).toString();
        }
    }

    private static String soon(Listener listener) throws Exception {
        String answer = answer(listener);
        for (int i = 0; i < 50 && answer.contains("too many"); i++) {
            Thread.sleep(100);
            answer = answer(listener);
        }
        return answer;
    }
}
