package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.client.RawClient;

/** A server, or whatever stands before it, that does not take the settings by which statements are read (threat 28). */
class PinnedAtLoginTest {
    @TempDir
    private static Path folder;

    @ParameterizedTest
    @CsvSource({"off, ''", "on, off"})
    void endsTheSessionBeforeItsFirstStatement(String conforming, String then) throws Exception {
        try (PressureServer server = new PressureServer()) {
            server.conforming = conforming;
            server.conformingThen = then;
            var application = new ScriptedApplication(() -> RealServer.target(server.port(), ScramVerifier.PASSWORD));
            try (Listener listener = Listener.bind(
                            new ListenerSettings("127.0.0.1", 0, true, RealServer.keyStore(folder), RealServer.LIMITS),
                            application);
                    RawClient client = new RawClient(listener.address().getPort())) {
                client.startup(3 << 16, Map.of("user", "agent", "database", "shop"))
                        .password(ScriptedApplication.TOKEN)
                        .query("SELECT 'unread'")
                        .flush();

                assertThat(client.receiveUntil('-'))
                        .filteredOn(message -> message.type() == 'E')
                        .singleElement()
                        .satisfies(message -> assertThat(message.field('S')).hasValue("FATAL"));
                assertThat(application.attempts).isEmpty();
                assertThat(server.received).hasValue(0);
            }
        }
    }
}
