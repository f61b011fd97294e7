package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.SessionEnd;

/** A client that does not read, or has ended TLS, cannot keep its connection. */
class UnheardTest {
    @TempDir
    private static Path folder;

    private static Message login(RawClient client) throws IOException {
        var answers = client.login("agent", "shop", ScriptedApplication.TOKEN);
        return answers.get(answers.size() - 1);
    }

    @Test
    void whoeverEndsTlsHasLeft() throws Exception {
        try (RealServer server = RealServer.start(folder)) {
            var application = new ScriptedApplication(server::target);
            var settings = new ListenerSettings("127.0.0.1", 0, true, RealServer.keyStore(folder), RealServer.LIMITS);
            try (Listener listener = Listener.bind(settings, application);
                    RawClient client = new RawClient(listener.address().getPort())) {
                assertThat(login(client).type()).isEqualTo('Z');
                client.query("/*hold*/ DELETE FROM pg_class").flush();
                application.holding.await();
                client.finish(); // ends TLS and not the connection

                assertThat(application.ends.poll(10, TimeUnit.SECONDS)).isEqualTo(SessionEnd.CLIENT_LOST);
            }
        }
    }

    @Test
    void itsSeatIsFreeAlsoIfItNeverHearsThatItIsOver() throws Exception {
        try (RealServer server = RealServer.start(folder)) {
            var application = new ScriptedApplication(server::target);
            var limits = new ListenerSettings.Limits(1, 1, 100, 100, Duration.ofSeconds(30), 1 << 20);
            try (Listener listener = Listener.bind(
                            new ListenerSettings("127.0.0.1", 0, true, RealServer.keyStore(folder), limits),
                            application);
                    RawClient deaf = new RawClient(listener.address().getPort())) {
                assertThat(login(deaf).type()).isEqualTo('Z');
                deaf.query("SELECT repeat('x', 8000) FROM generate_series(1, 100000)")
                        .flush();
                Thread.sleep(1000); // nobody says when everything on the way is full
                application.handles.values().forEach(session -> session.end(Refusal.of("28000", "token expired")));
                assertThat(application.ends.take()).isNotNull();

                long patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                boolean letIn = false;
                while (!letIn && System.nanoTime() < patience) {
                    Thread.sleep(200);
                    try (RawClient next = new RawClient(listener.address().getPort())) {
                        letIn = login(next).type() == 'Z';
                    }
                }
                assertThat(letIn).isTrue();
            }
        }
    }
}
