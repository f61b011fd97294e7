package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.Verdict;
import org.sallyport.contract.Visibility;

/** Cancelling by the gateway's own keys (threat 110). */
class CancelTest {
    @TempDir
    private static Path folder;

    private static RealServer server;
    private static ScriptedApplication application;
    private static Listener listener;

    @BeforeAll
    static void start() throws Exception {
        server = RealServer.start(folder);
        application = new ScriptedApplication(server::target);
        listener = Listener.bind(
                new ListenerSettings("127.0.0.1", 0, true, RealServer.keyStore(folder), RealServer.LIMITS),
                application);
    }

    @AfterAll
    static void stop() throws Exception {
        listener.close();
        server.close();
    }

    private static RawClient connect(String encryption) throws Exception {
        RawClient client = new RawClient(listener.address().getPort());
        if (encryption.equals("asked")) {
            client.requestTls();
        } else if (encryption.equals("direct")) {
            client.encrypt("postgresql");
        }
        return client;
    }

    private static Message login(RawClient client, int version) throws Exception {
        client.startup(version, "user", "agent", "database", "shop").flush().receive();
        List<Message> answers =
                client.password(ScriptedApplication.TOKEN).flush().receiveUntil('Z');
        return answers.stream()
                .filter(message -> message.type() == 'K')
                .findFirst()
                .orElseThrow();
    }

    /** Starts a statement, and returns once the server runs it. */
    private static void run(RawClient client, String mark) throws Exception {
        client.query("SELECT pg_sleep(60) AS " + mark).flush();
        do {
            Thread.sleep(10);
        } while (!server.value("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%AS "
                        + mark + "'")
                .equals("1"));
    }

    @ParameterizedTest
    @CsvSource({
        "none, 0x30000",
        "none, 0x30002",
        "asked, 0x30000",
        "asked, 0x30002",
        "direct, 0x30000",
        "direct, 0x30002"
    })
    void aKeyCancelsWhateverEncryptionItComesBy(String encryption, String version) throws Exception {
        try (RawClient client = connect("none")) {
            Message key = login(client, Integer.decode(version));
            run(client, "canceled");
            try (RawClient other = connect(encryption)) {
                assertThat(other.cancel(key).flush().receive().type()).isEqualTo('-');
            }
            assertThat(client.receiveUntil('Z')).extracting(Message::summary).contains("E:57014");
        }
    }

    private static void cancel(Message key) throws Exception {
        try (RawClient other = connect("none")) {
            assertThat(other.cancel(key).flush().receive().type()).isEqualTo('-');
        }
    }

    private static CompletableFuture<Verdict> held(String sql) throws Exception {
        while (!application.held.containsKey(sql)) {
            Thread.sleep(10);
        }
        return application.held.get(sql);
    }

    @Test
    void whatRunsIsCanceledAndNotWhatIsHeldBehindIt() throws Exception {
        try (RawClient client = connect("none")) {
            Message key = login(client, 3 << 16);
            run(client, "first");
            client.query("SELECT 'second' /*hold*/").flush();
            CompletableFuture<Verdict> second = held("SELECT 'second' /*hold*/");

            cancel(key);

            assertThat(client.receiveUntil('Z')).extracting(Message::summary).endsWith("E:57014", "Z:I");
            assertThat(second).isNotDone();
            second.complete(new Verdict.Permit(Visibility.CLEAR, false));
            assertThat(client.receiveUntil('Z')).extracting(Message::summary).contains("D:[second]");
        }
    }

    @Test
    void whatIsHeldInAPipelineIsWithdrawnTogetherWithWhatRunsBeforeIt() throws Exception {
        try (RawClient client = connect("none")) {
            Message key = login(client, 3 << 16);
            client.parse("", "SELECT pg_sleep(60)").bind("", "").execute("", 0);
            client.parse("", "SELECT 'third' /*hold*/")
                    .bind("", "")
                    .execute("", 0)
                    .sync()
                    .flush();
            CompletableFuture<Verdict> third = held("SELECT 'third' /*hold*/");

            cancel(key);

            assertThat(client.receiveUntil('Z')).extracting(Message::summary).endsWith("E:57014", "Z:I");
            assertThat(third).isCancelled();
        }
    }

    @Test
    void whatRunsInASessionThatIsEndedIsCanceled() throws Exception {
        try (RawClient client = connect("none")) {
            login(client, 3 << 16);
            run(client, "ended");

            application.handles.values().forEach(handle -> handle.end(Refusal.of("57P01", "over")));

            assertThat(client.receiveUntil('Z')).extracting(Message::summary).contains("E:57P01");
            String running = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%AS ended'";
            for (int i = 0; i < 100 && !server.value(running).equals("0"); i++) {
                Thread.sleep(100);
            }
            assertThat(server.value(running)).isEqualTo("0");
        }
    }

    /** A wrong key is answered as a right one is: by the end of the connection, without a word. */
    @ParameterizedTest
    @ValueSource(ints = {0x30000, 0x30002})
    void aWrongKeyDoesNothingAndSaysNothing(int version) throws Exception {
        try (RawClient client = connect("none")) {
            String key = login(client, version).payload();
            run(client, "undisturbed");
            String process = key.substring(0, 4);
            List<String> wrong = List.of(
                    process + (char) (key.charAt(4) ^ 1) + key.substring(5),
                    key + "\0\0\0\0",
                    process + key.substring(4, 8),
                    "\0\0\0\1" + key.substring(4));
            for (String guess : wrong) {
                if (!guess.equals(key)) {
                    try (RawClient other = connect("none")) {
                        assertThat(other.cancel(new Message('K', guess))
                                        .flush()
                                        .receive()
                                        .type())
                                .isEqualTo('-');
                    }
                }
            }
            assertThat(
                            server.value(
                                    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%AS undisturbed'"))
                    .isEqualTo("1");
            try (RawClient other = connect("none")) {
                other.cancel(new Message('K', key)).flush().receive();
            }
            assertThat(client.receiveUntil('Z')).extracting(Message::summary).contains("E:57014");
        }
    }
}
