package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/** The session's own server is asked for a setting; the client cannot tell. */
class AskingTest {
    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static RealServer server;

    @SuppressWarnings("NullAway.Init")
    private static ScriptedApplication application;

    @SuppressWarnings("NullAway.Init")
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

    @BeforeEach
    void forget() {
        application.shown.clear();
    }

    private static RawClient client() throws IOException {
        RawClient client = new RawClient(listener.address().getPort());
        client.login("agent", "shop", ScriptedApplication.TOKEN);
        return client;
    }

    @Test
    void itTellsWhatTheSessionHasSet() throws IOException {
        try (RawClient client = client()) {
            client.query("SET search_path = \"Mine\", public").answers();
            assertThat(client.query("SELECT 1 /*show*/").answers()).containsExactly("T", "D:[1]", "C:SELECT 1", "Z:I");
            client.query("BEGIN").answers();
            client.query("SET LOCAL search_path = theirs").answers();
            assertThat(client.query("SELECT 1 /*show*/").answers()).endsWith("Z:T");
            client.query("COMMIT").answers();
            assertThat(client.query("SELECT 1 /*show*/").answers()).endsWith("Z:I");
        }
        assertThat(application.shown).containsExactly("\"Mine\", public", "theirs", "\"Mine\", public");
    }

    /** A Query would have taken them away. */
    @Test
    void theUnnamedStatementAndPortalStay() throws IOException {
        try (RawClient client = client()) {
            client.query("BEGIN").answers();
            client.parse("", "SELECT generate_series(1, 3)")
                    .bind("", "")
                    .execute("", 1)
                    .sync();
            assertThat(client.answers()).containsExactly("1", "2", "D:[1]", "s", "Z:T");
            client.parse("other", "SELECT 2 /*show*/").sync();
            assertThat(client.answers()).containsExactly("1", "Z:T");
            assertThat(client.execute("", 1).sync().answers()).containsExactly("D:[2]", "s", "Z:T");
            assertThat(client.bind("", "").execute("", 0).sync().answers())
                    .containsExactly("2", "D:[1]", "D:[2]", "D:[3]", "C:SELECT 3", "Z:T");
        }
        assertThat(application.shown).hasSize(1).doesNotContain("not told");
    }

    /** PostgreSQL takes these before a transaction's first snapshot only. */
    @Test
    void noSnapshotIsTaken() throws IOException {
        try (RawClient client = client()) {
            client.query("BEGIN").answers();
            assertThat(client.query("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE /*show*/")
                            .answers())
                    .containsExactly("C:SET", "Z:T");
        }
        assertThat(application.shown).hasSize(1).doesNotContain("not told");
    }

    @Test
    void itWaitsForWhatWasSentBefore() throws IOException {
        try (RawClient client = client()) {
            client.query("SET search_path = mine");
            client.query("SELECT pg_sleep(0.2)");
            client.query("SELECT 1 /*show*/");
            client.flush();
            client.receiveUntil('Z');
            client.receiveUntil('Z');
            assertThat(client.receiveUntil('Z')).extracting(Message::summary).endsWith("C:SELECT 1", "Z:I");
        }
        assertThat(application.shown).containsExactly("mine");
    }

    @Test
    void nobodyIsAskedInTheMiddleOfAPipeline() throws IOException {
        try (RawClient client = client()) {
            client.parse("", "SELECT 1").bind("", "").execute("", 0);
            client.parse("", "SELECT 2 /*show*/").bind("", "").execute("", 0).sync();
            assertThat(client.answers())
                    .containsExactly("1", "2", "D:[1]", "C:SELECT 1", "1", "2", "D:[2]", "C:SELECT 1", "Z:I");
        }
        assertThat(application.shown).containsOnly("not told");
    }

    @Test
    void nobodyIsAskedInAFailedTransaction() throws IOException {
        try (RawClient client = client()) {
            client.query("BEGIN").answers();
            client.query("SELECT 1 / 0").answers();
            assertThat(client.query("SELECT 1 /*show*/").answers()).containsExactly("E:25P02", "Z:E");
            assertThat(client.query("ROLLBACK").answers()).containsExactly("C:ROLLBACK", "Z:I");
        }
        assertThat(application.shown).containsExactly("not told");
    }
}
