package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.security.auth.login.FailedLoginException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.contract.Secret;
import org.sallyport.contract.Server.Host;
import org.sallyport.contract.Server.Security;
import org.sallyport.contract.Server.SessionAttributes;
import org.sallyport.contract.Server.TlsMode;
import org.sallyport.contract.Target;
import org.sallyport.wire.Frontend;
import org.sallyport.wire.ProtocolException;

/** Which of several hosts a session is on: real servers, a real standby, and hosts that are not well. */
class ServerSearchTest {
    private static final Security PLAIN = Security.of(TlsMode.DISABLE, Optional.empty());
    private static final Host NOBODY = new Host("127.0.0.1", 1);

    @TempDir
    private static Path primaryFolder;

    @TempDir
    private static Path standbyFolder;

    private static RealServer primary;
    private static RealServer standby;

    private final Logins logins = new Logins();

    @BeforeAll
    static void start() throws Exception {
        primary = RealServer.start(primaryFolder);
        standby = RealServer.startStandby(standbyFolder, EmbeddedPostgres::builder);
    }

    @AfterAll
    static void stop() throws Exception {
        primary.close();
        standby.close();
    }

    @AfterEach
    void close() {
        logins.close();
    }

    private static Host host(RealServer server) {
        return new Host("127.0.0.1", server.port());
    }

    private static Target target(SessionAttributes attributes, Host... hosts) {
        return target(RealServer.PASSWORD, attributes, hosts);
    }

    private static Target target(String password, SessionAttributes attributes, Host... hosts) {
        return new Target(Logins.server(PLAIN, attributes, hosts), "gateway", new Secret(password.toCharArray()));
    }

    private void assertOn(RealServer expected, ServerConnection connection) {
        assertThat(((InetSocketAddress) connection.channel().remoteAddress()).getPort())
                .isEqualTo(expected.port());
    }

    @Test
    void takesTheFirstHostThatIsThere() throws Exception {
        assertOn(primary, logins.login(target(SessionAttributes.ANY, NOBODY, host(primary), host(standby))));
        assertOn(standby, logins.login(target(SessionAttributes.ANY, host(standby), host(primary))));
    }

    @Test
    void passesByWhatCannotWrite() throws Exception {
        assertOn(primary, logins.login(target(SessionAttributes.READ_WRITE, host(standby), host(primary))));
        assertThatThrownBy(() -> logins.login(target(SessionAttributes.READ_WRITE, host(standby))))
                .hasRootCauseMessage("the session is read-only");
        primary.execute("ALTER ROLE gateway SET default_transaction_read_only = on");
        try {
            assertThatThrownBy(() -> logins.login(target(SessionAttributes.READ_WRITE, host(primary))))
                    .hasRootCauseMessage("the session is read-only");
        } finally {
            primary.execute("ALTER ROLE gateway RESET default_transaction_read_only");
        }
    }

    @Test
    void triesEveryAddressOfAName() throws Exception {
        logins.withName("primary.example", "127.0.0.2", "127.0.0.1").withName("nowhere.example");

        assertOn(
                primary,
                logins.login(target(
                        SessionAttributes.ANY,
                        new Host("unknown.invalid", 5432),
                        new Host("nowhere.example", 5432),
                        new Host("primary.example", primary.port()))));
    }

    @Test
    void passesByAHostThatTakesNobodyNow() throws Exception {
        try (var starting = new Answering(OldPooler.error("57P03"))) {
            assertOn(primary, logins.login(target(SessionAttributes.ANY, starting.host(), host(primary))));
        }
    }

    @Test
    void getsPastAPoolerThatKnowsTheOldProtocolOnly() throws Exception {
        try (var pooler = new OldPooler(primary.port())) {
            Host host = new Host("127.0.0.1", pooler.port());
            logins.login(target(SessionAttributes.READ_WRITE, host));
            assertThatThrownBy(() -> logins.login(target("wrong", SessionAttributes.ANY, host)))
                    .hasRootCauseInstanceOf(FailedLoginException.class);
        }
    }

    @Test
    void doesNotAskForeverWhatIsNeverUnderstood() throws Exception {
        try (var deaf = new Answering(OldPooler.error("08P01"))) {
            assertThatThrownBy(() -> logins.login(target(SessionAttributes.ANY, deaf.host(), host(primary))))
                    .hasRootCauseInstanceOf(FailedLoginException.class);
        }
    }

    @Test
    void passesByAHostThatHangsUp() throws Exception {
        try (var hangingUp = new Answering(new byte[0])) {
            assertOn(primary, logins.login(target(SessionAttributes.ANY, hangingUp.host(), host(primary))));
        }
    }

    @Test
    void passesByAHostThatDoesNotAnswer() throws Exception {
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Host host = new Host("127.0.0.1", silent.getLocalPort());
            assertThatThrownBy(() -> logins.login(target(SessionAttributes.ANY, host), Duration.ofMillis(200)))
                    .hasRootCauseMessage("no login within PT0.2S");
            assertOn(primary, logins.login(target(SessionAttributes.ANY, host, host(primary)), Duration.ofSeconds(5)));
        }
    }

    @Test
    void aRefusalIsNotHiddenByTheNextHost() throws Exception {
        primary.execute("ALTER ROLE gateway PASSWORD 'another'");
        try {
            assertThatThrownBy(() -> logins.login(target(SessionAttributes.ANY, host(primary), host(standby))))
                    .rootCause()
                    .isInstanceOf(FailedLoginException.class)
                    .hasMessageContaining("28P01");
        } finally {
            primary.execute("ALTER ROLE gateway PASSWORD '" + RealServer.PASSWORD.replace("'", "''") + "'");
        }
    }

    @Test
    void aServerThatIsNotItselfIsNotHiddenByTheNextHost() throws Exception {
        byte[] letIn = {'R', 0, 0, 0, 8, 0, 0, 0, 0, 'Z', 0, 0, 0, 5, 'I'};
        try (var impostor = new Answering(letIn)) {
            assertThatThrownBy(() -> logins.login(target(SessionAttributes.ANY, impostor.host(), host(primary))))
                    .rootCause()
                    .isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void aCancelReachesTheHostThatWasChosen() throws Exception {
        ServerConnection connection = logins.login(target(SessionAttributes.READ_WRITE, host(standby), host(primary)));
        var answers = new Answers();
        connection.channel().pipeline().addLast(answers);
        connection.channel().config().setAutoRead(true);
        connection.channel().writeAndFlush(Frontend.query(connection.channel().alloc(), "SELECT pg_sleep(3600)"));
        while (primary.value("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'")
                .equals("0")) {
            Thread.sleep(20);
        }

        connection.cancel();

        assertThat(answers.next()).contains("57014");
    }

    /** Collects what a server says. */
    private static final class Answers extends SimpleChannelInboundHandler<ByteBuf> {
        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            texts.add(bytes.toString(StandardCharsets.ISO_8859_1));
        }

        String next() throws InterruptedException {
            return String.valueOf(texts.poll(30, TimeUnit.SECONDS));
        }
    }

    /** Answers the startup packet with these bytes, and hangs up. */
    private static final class Answering implements AutoCloseable {
        private final ServerSocket accepting = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

        Answering(byte[] answer) throws IOException {
            Thread thread = new Thread(() -> {
                try {
                    while (true) {
                        answer(answer);
                    }
                } catch (IOException e) {
                    // The test is over.
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        private void answer(byte[] answer) throws IOException {
            try (Socket gateway = accepting.accept()) {
                int length = new DataInputStream(gateway.getInputStream()).readInt();
                gateway.getInputStream().readNBytes(length - 4);
                gateway.getOutputStream().write(answer);
            }
        }

        Host host() {
            return new Host("127.0.0.1", accepting.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            accepting.close();
        }
    }
}
