package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.client.RawClient;
import org.sallyport.contract.SessionEnd;
import org.sallyport.proxy.ScriptedApplication.SlowIntent;

/** What only reads is sent to the server at once; nothing of it reaches the client before its intent is durable. */
class PendingIntentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static RealServer server;

    private ScriptedApplication application;
    private Listener listener;
    private RawClient client;

    @BeforeAll
    static void start() throws Exception {
        server = RealServer.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void enter() throws Exception {
        application = new ScriptedApplication(server::target);
        listener = Listener.bind(
                new ListenerSettings("127.0.0.1", 0, true, RealServer.keyStore(folder), RealServer.LIMITS),
                application);
        client = new RawClient(listener.address().getPort()).withPatience(PATIENCE);
        client.login("agent", "shop", ScriptedApplication.TOKEN);
    }

    @AfterEach
    void leave() throws IOException {
        client.close();
        listener.close();
    }

    private SlowIntent intent() throws InterruptedException {
        return Objects.requireNonNull(application.intents.poll(30, TimeUnit.SECONDS));
    }

    /** It hurries only where something waits: the server has answered. */
    private static void awaitHurry(SlowIntent intent) throws InterruptedException {
        assertThat(intent.hurried().await(30, TimeUnit.SECONDS)).isTrue();
    }

    private void nothingArrives() throws IOException {
        client.withPatience(Duration.ofMillis(200));
        assertThatThrownBy(client::receive).isInstanceOf(SocketTimeoutException.class);
        client.withPatience(PATIENCE);
    }

    @Test
    void aResultWaitsForItsIntent() throws Exception {
        client.query("SELECT 1 /*read*/").flush();
        SlowIntent intent = intent();
        awaitHurry(intent);
        nothingArrives();
        assertThat(application.outcomeOf("SELECT 1")).isPresent();

        intent.durable().complete(null);

        assertThat(client.answers()).contains("D:[1]", "C:SELECT 1");
    }

    @Test
    void nobodyIsHurriedWhileTheServerIsStillAtIt() throws Exception {
        client.query("SELECT pg_sleep(3), 2 /*read*/").flush();
        SlowIntent intent = intent();
        assertThat(intent.hurried().getCount()).isEqualTo(1);

        intent.durable().complete(null);

        assertThat(client.answers()).contains("C:SELECT 1");
        assertThat(intent.hurried().getCount()).isEqualTo(1);
    }

    @Test
    void whatIsAskedBehindItIsAnsweredBehindIt() throws Exception {
        client.parse("", "SELECT 3 /*read*/").bind("", "").execute("", 0);
        client.parse("", "SELECT 4").bind("", "").execute("", 0).sync().flush();
        SlowIntent intent = intent();
        awaitHurry(intent);
        nothingArrives();

        intent.durable().complete(null);

        assertThat(client.answers()).containsSubsequence("D:[3]", "C:SELECT 1", "D:[4]", "C:SELECT 1");
    }

    @Test
    void aLargeResultIsNotReadAheadOfItsIntent() throws Exception {
        client.query("SELECT repeat('x', 1000) FROM generate_series(1, 20000) /*read*/")
                .flush();
        SlowIntent intent = intent();
        awaitHurry(intent);
        nothingArrives();

        intent.durable().complete(null);

        assertThat(client.answers()).contains("C:SELECT 20000");
    }

    @Test
    void nothingEverLeavesBehindAnIntentThatIsLost() throws Exception {
        client.query("SELECT 'a secret' /*read*/").flush();
        SlowIntent intent = intent();
        awaitHurry(intent);

        intent.durable().completeExceptionally(new IllegalStateException("the disk is gone"));

        assertThat(client.receiveUntil('-').toString()).contains("58030").doesNotContain("a secret");
        assertThat(application.ends.poll(30, TimeUnit.SECONDS)).isEqualTo(SessionEnd.ENDED);
    }

    @Test
    void aClientThatLeavesMeanwhileLeavesNothingBehind() throws Exception {
        client.query("SELECT 5 /*read*/").flush();
        awaitHurry(intent());

        client.close();

        assertThat(application.ends.poll(30, TimeUnit.SECONDS)).isEqualTo(SessionEnd.CLIENT_LOST);
    }
}
