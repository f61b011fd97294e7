package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.client.ServerVersion;
import org.sallyport.contract.Secret;
import org.sallyport.contract.Server;
import org.sallyport.contract.Server.AuthenticationMethod;
import org.sallyport.contract.Server.ChannelBinding;
import org.sallyport.contract.Server.Security;
import org.sallyport.contract.Server.SessionAttributes;
import org.sallyport.contract.Server.TlsMode;
import org.sallyport.contract.Target;

/** What a session needs of its server, with PostgreSQL's oldest and newest versions, or all of them. */
@ParameterizedClass(name = "{0}")
@MethodSource("org.sallyport.client.ServerVersion#available")
class ServerVersionsTest {
    @TempDir
    private static Path folders;

    // NullAway does not know who sets them.
    @SuppressWarnings("NullAway.Init")
    private static RealServer server;

    @SuppressWarnings("NullAway.Init")
    private static RealServer standby;

    @SuppressWarnings("NullAway.Init")
    private static Listener listener;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    private ServerVersion version;

    private final Logins logins = new Logins();

    @BeforeParameterizedClassInvocation
    static void start(ServerVersion version) throws Exception {
        Path folder = Files.createDirectory(folders.resolve(version.toString()));
        folders.toFile().setExecutable(true, false);
        server = RealServer.start(folder, version.builder());
        standby = RealServer.startStandby(Files.createDirectory(folder.resolve("standby")), version::builder);
        server.execute("SET password_encryption = md5; CREATE ROLE old_md5 LOGIN PASSWORD 'sesame'");
        server.execute("CREATE ROLE old_password LOGIN PASSWORD 'sesame'");
        listener = Listener.bind(
                new ListenerSettings("127.0.0.1", 0, true, RealServer.keyStore(folder), RealServer.LIMITS),
                new ScriptedApplication(() -> target(
                        "gateway", RealServer.PASSWORD, ChannelBinding.REQUIRE, AuthenticationMethod.SCRAM_SHA_256)));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        listener.close();
        standby.close();
        server.close();
    }

    @AfterEach
    void close() {
        logins.close();
    }

    private static Server.Host host(int port) {
        return new Server.Host("127.0.0.1", port);
    }

    private static Target target(
            String user, String password, ChannelBinding binding, AuthenticationMethod method, Server.Host... hosts) {
        Security security = new Security(TlsMode.REQUIRE, Optional.empty(), binding, Set.of(method));
        SessionAttributes attributes = hosts.length > 1 ? SessionAttributes.READ_WRITE : SessionAttributes.ANY;
        Server.Host[] used = hosts.length > 0 ? hosts : new Server.Host[] {host(server.port())};
        return new Target(Logins.server(security, attributes, used), user, new Secret(password.toCharArray()));
    }

    private static RawClient gateway() throws Exception {
        RawClient client = new RawClient(listener.address().getPort());
        client.login("agent", "shop", ScriptedApplication.TOKEN);
        return client;
    }

    /** The superuser needs no password. */
    private static RawClient direct() throws Exception {
        RawClient client = new RawClient(server.port());
        client.startup(3 << 16, Map.of("user", "postgres", "database", "postgres"))
                .flush();
        client.receiveUntil('Z');
        return client;
    }

    @Test
    void logsInByEveryMethod() throws Exception {
        logins.login(
                target("gateway", RealServer.PASSWORD, ChannelBinding.REQUIRE, AuthenticationMethod.SCRAM_SHA_256));
        logins.login(
                target("gateway", RealServer.PASSWORD, ChannelBinding.DISABLE, AuthenticationMethod.SCRAM_SHA_256));
        logins.login(target("old_md5", "sesame", ChannelBinding.PREFER, AuthenticationMethod.MD5));
        logins.login(target("old_password", "sesame", ChannelBinding.PREFER, AuthenticationMethod.PASSWORD));
    }

    @Test
    void findsTheHostThatWrites() throws Exception {
        Target target = target(
                "gateway",
                RealServer.PASSWORD,
                ChannelBinding.REQUIRE,
                AuthenticationMethod.SCRAM_SHA_256,
                host(standby.port()),
                host(server.port()));

        assertThat(logins.login(target).channel().remoteAddress().toString()).endsWith(":" + server.port());
    }

    /** {@code 'K' | Int32 length | Int32 process | secret}: seen by somebody in between, whom the login ignores here. */
    @Test
    void getsTheLongestKeyThatTheServerHas() throws Exception {
        String length = version.major() >= 18 ? "\0\0\0\50" : "\0\0\0\14";
        Queue<String> said = new ConcurrentLinkedQueue<>();
        UnaryOperator<String> listening = bytes -> {
            said.add(bytes);
            return bytes;
        };
        try (TlsRelay relay = new TlsRelay(RealServer.keyStore(folders), server.port(), listening)) {
            logins.login(target(
                    "gateway",
                    RealServer.PASSWORD,
                    ChannelBinding.DISABLE,
                    AuthenticationMethod.SCRAM_SHA_256,
                    host(relay.port())));
        }
        assertThat(String.join("", said)).contains("K" + length);
    }

    /** Directly it fails in analysis, for want of its table; through the gateway it is refused. */
    private static final String DENIED = "SELECT * FROM missing /*deny*/";

    private static final List<Consumer<RawClient>> ROUNDS = List.of(
            c -> c.query("CREATE TABLE t (id int PRIMARY KEY, v text)"),
            c -> c.query("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, NULL); SELECT * FROM t ORDER BY id"),
            c -> c.query("SELECT 1 / 0"),
            c -> c.parse("s", "SELECT id, v FROM t WHERE id >= $1 ORDER BY id")
                    .describe('S', "s")
                    .bind("p", "s", "1")
                    .describe('P', "p")
                    .execute("p", 2)
                    .execute("p", 2)
                    .sync(),
            c -> c.parse("", "SELECT $1::int").bind("", "", "x").execute("", 0).sync(),
            c -> c.query("COPY t FROM STDIN"),
            c -> c.copyData("4\tfour\n5\tfive\n").copyDone(),
            c -> c.query("COPY t TO STDOUT"),
            c -> c.query("BEGIN; UPDATE t SET v = 'gone'"),
            c -> c.query(DENIED),
            c -> c.query("SELECT 1"),
            c -> c.query("COMMIT"),
            c -> c.parse("", "DELETE FROM t")
                    .bind("", "")
                    .execute("", 0)
                    .parse("", DENIED)
                    .bind("", "")
                    .execute("", 0)
                    .sync(),
            c -> c.query("SELECT * FROM t ORDER BY id"));

    @Test
    void speaksAsTheServerDoes() throws Exception {
        try (RawClient gateway = gateway();
                RawClient direct = direct()) {
            List<String> expected = transcript(direct);

            assertThat(transcript(gateway)).isEqualTo(expected);
            assertThat(expected).contains("G", "s", "H", "E:22012", "E:42501", "Z:E", "C:ROLLBACK", "D:[1, a]");
        }
    }

    private static List<String> transcript(RawClient client) throws Exception {
        server.execute("DROP TABLE IF EXISTS t");
        List<String> transcript = new ArrayList<>();
        for (Consumer<RawClient> round : ROUNDS) {
            round.accept(client);
            client.flush();
            Message message;
            do {
                message = client.receive();
                transcript.add(message.summary().replace("E:42P01", "E:42501"));
            } while (message.type() != 'Z' && message.type() != 'G' && message.type() != '-');
        }
        return transcript;
    }

    @Test
    void cancels() throws Exception {
        try (RawClient client = new RawClient(listener.address().getPort())) {
            Message key = client.login("agent", "shop", ScriptedApplication.TOKEN).stream()
                    .filter(message -> message.type() == 'K')
                    .findFirst()
                    .orElseThrow();
            client.query("SELECT pg_sleep(3600)").flush();
            while (server.value("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'")
                    .equals("0")) {
                Thread.sleep(20);
            }

            ByteBuffer words = ByteBuffer.wrap(key.payload().getBytes(StandardCharsets.ISO_8859_1));
            try (RawClient canceller = new RawClient(listener.address().getPort())) {
                canceller.raw(16, 80877102, words.getInt(), words.getInt()).flush();
            }

            assertThat(client.receiveUntil('Z')).extracting(Message::summary).contains("E:57014", "Z:I");
            assertThat(client.query("SELECT 1").answers()).contains("D:[1]");
        }
    }
}
