package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.contract.Verdict;
import org.sallyport.contract.Visibility;

/** A cancel that the server hears only after the statement it was meant for is over (threat 110). */
class LateCancelTest {
    @TempDir
    private static Path folder;

    /** Passes the first connection to a server on, and any later one only once it is allowed to. */
    private static final class HoldingRelay implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch allowed = new CountDownLatch(1);
        private final int serverPort;

        HoldingRelay(int serverPort) throws IOException {
            this.serverPort = serverPort;
            start(this::accept);
        }

        private void accept() throws Exception {
            AtomicInteger connections = new AtomicInteger();
            while (true) {
                Socket client = listening.accept();
                boolean first = connections.getAndIncrement() == 0;
                start(() -> pass(client, first));
            }
        }

        private void pass(Socket client, boolean atOnce) throws Exception {
            if (!atOnce) {
                held.countDown();
                allowed.await();
            }
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            start(() -> copy(server, client));
            copy(client, server);
        }

        private static void copy(Socket from, Socket to) throws IOException {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            }
        }

        private interface Task {
            void run() throws Exception;
        }

        private static void start(Task task) {
            Thread thread = new Thread(() -> {
                try {
                    task.run();
                } catch (IOException closed) {
                    // one of the ends has left
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() {
            try {
                listening.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What goes on while the first statement's cancel has not arrived yet, and that statement is over. */
    private interface Sequel {
        void check(RawClient client, ScriptedApplication application, CountDownLatch allowed) throws Exception;
    }

    private static void cancelTooLate(String behind, Sequel sequel) throws Exception {
        try (RealServer server = RealServer.start(folder);
                HoldingRelay relay = new HoldingRelay(server.port())) {
            var application = new ScriptedApplication(
                    () -> RealServer.target(relay.listening.getLocalPort(), RealServer.PASSWORD));
            application.questions = List.of("SELECT pg_sleep(1), 'asked'");
            try (Listener listener = Listener.bind(
                            new ListenerSettings("127.0.0.1", 0, true, RealServer.keyStore(folder), RealServer.LIMITS),
                            application);
                    RawClient client = new RawClient(listener.address().getPort())) {
                Message key = client.login("agent", "shop", ScriptedApplication.TOKEN).stream()
                        .filter(message -> message.type() == 'K')
                        .findFirst()
                        .orElseThrow();
                try (Connection locking = server.lock(1)) {
                    client.query("SELECT pg_advisory_lock(1), 'first'").flush();
                    while (server.value("SELECT count(*) FROM pg_locks WHERE NOT granted")
                            .equals("0")) {
                        Thread.onSpinWait();
                    }
                    if (!behind.isEmpty()) {
                        client.query(behind).flush();
                        while (application.attempts.size() < 2) {
                            Thread.onSpinWait();
                        }
                    }
                    cancel(listener.address().getPort(), key);
                    relay.held.await();
                }
                assertThat(client.answers()).contains("D:[, first]");
                sequel.check(client, application, relay.allowed);
            }
        }
    }

    @Test
    void neverHitsTheNextStatement() throws Exception {
        cancelTooLate("", (client, application, allowed) -> {
            client.query("SELECT pg_sleep(1), 'second'").flush();
            assertThat(application.attempts).noneMatch(attempt -> attempt.sql().contains("second"));
            allowed.countDown();

            assertThat(client.answers()).contains("D:[, second]");
        });
    }

    /** As long as one was not released it was not cancelled: who approved it has done so for one run. */
    @Test
    void neverHitsWhatIsApprovedMeanwhile() throws Exception {
        cancelTooLate("SELECT pg_sleep(1), 'second' /*hold*/", (client, application, allowed) -> {
            application.held.values().forEach(verdict -> verdict.complete(new Verdict.Permit(Visibility.CLEAR, false)));
            Thread.sleep(200);
            allowed.countDown();

            assertThat(client.answers()).contains("D:[, second]");
        });
    }

    /** That is put to the server between the client's statements. */
    @Test
    void neverHitsWhatTheGatewayAsks() throws Exception {
        cancelTooLate("SELECT 'second' /*ask*/", (client, application, allowed) -> {
            allowed.countDown();

            assertThat(client.answers()).contains("D:[second]");
            assertThat(application.shown).containsExactly("[[, asked]]");
        });
    }

    private static void cancel(int port, Message key) throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.raw(16, 80877102, int4(key, 0), int4(key, 4)).flush();
            assertThat(client.receive().type()).isEqualTo('-');
        }
    }

    private static int int4(Message message, int at) {
        String bytes = message.payload();
        return bytes.charAt(at) << 24 | bytes.charAt(at + 1) << 16 | bytes.charAt(at + 2) << 8 | bytes.charAt(at + 3);
    }
}
