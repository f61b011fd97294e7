package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.demo.Folders;
import org.sallyport.demo.GatewayServer;
import org.sallyport.demo.IdentityProvider;
import org.sallyport.demo.LibertyServer;
import org.sallyport.demo.Passwords;
import org.sallyport.demo.Ports;
import org.sallyport.demo.Postgres;
import org.sallyport.demo.ServerHome;
import org.sallyport.demo.TlsFiles;

/**
 * Everything an integration test talks to, on random ports: the gateway, the databases behind it, its store in a cluster
 * of its own, the identity provider and the test's own issuer.
 *
 * <p>Each part can be closed and started again by a test that wants it gone; such a test leaves everything running.
 */
public final class Gateway implements AutoCloseable {
    private final String maskKey = Passwords.random() + Passwords.random();
    private final Path work = Path.of(System.getProperty("sallyport.work"));
    private final Path runtime = Path.of(System.getProperty("sallyport.runtime"));
    private final int port = Ports.free();
    private final int httpsPort = Ports.free();
    private final TlsFiles tls = TlsFiles.create(work);
    private final Api api = new Api(httpsPort, tls);
    private final TestIssuer testIssuer = new TestIssuer();
    private final Postgres databases = cluster("databases");
    private final Postgres store = cluster("store");
    private final IdentityProvider provider =
            IdentityProvider.define(home("identity"), Ports.free(), "https://127.0.0.1:" + httpsPort);
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Postgres.Login owner;
    private final Postgres.Login storeOwner;
    private final Postgres.Login storeUser;
    private final LibertyServer server;

    private Gateway() {
        try {
            keep(testIssuer);
            keep(databases).start();
            keep(store).start();
            keep(provider).start();
            owner = databases.createOwner("shop_gateway", "shop");
            databases.execute("shop", owner, read(Path.of(System.getProperty("sallyport.demo"), "shop.sql")));
            storeOwner = store.createOwner("sallyport_owner", "sallyport");
            storeUser = store.createLogin("sallyport_store");
            databases.createDatabase("bench", owner);
            databases.createDatabase("restored", owner);
            server = keep(defineServer());
            server.start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Starts everything, or nothing. */
    static Gateway start() {
        Folders.delete(Path.of(System.getProperty("sallyport.work")));
        return new Gateway();
    }

    private <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }

    private LibertyServer defineServer() {
        return define(home("gateway"), port, httpsPort, "sallyport", policy())
                .with("sallyport.checkpoint.anchors", "log,file:" + anchors())
                .with("sallyport.export.sinks", "file:" + events())
                .define();
    }

    /** Where the gateway sends its record besides. */
    Path events() {
        return work.resolve("events.ndjson").toAbsolutePath();
    }

    /** Where the gateway anchors its checkpoints. */
    Path anchors() {
        return work.resolve("anchors.ndjson").toAbsolutePath();
    }

    private GatewayServer define(ServerHome home, int listener, int https, String database, Path policy) {
        return new GatewayServer(home, listener, https)
                .withStore(store, database, storeUser)
                .withStoreOwner(storeOwner)
                .withShop(owner)
                .withIdentityProvider(provider)
                .withPolicy(policy)
                .with("masks.key", maskKey);
    }

    /** One more server over the same databases, with a store of its own; the caller starts and closes it. */
    LibertyServer another(String name, int listener, Path policy) {
        return another(name, listener, policy, Map.of());
    }

    /** The same with more variables. */
    LibertyServer another(String name, int listener, Path policy, Map<String, String> variables) {
        store.createDatabase("sallyport_" + name, storeOwner);
        GatewayServer another = define(home("gateway", name), listener, Ports.free(), "sallyport_" + name, policy);
        variables.forEach(another::with);
        return another.define();
    }

    /** One more server over the same databases and the same store. */
    LibertyServer secondNode(String name, int listener) {
        return define(home("gateway", name), listener, Ports.free(), "sallyport", work.resolve("policy.yaml"))
                .with("sallyport.node", name)
                .define();
    }

    /** Embedded binaries, or with -Pcontainers the official image. */
    private Postgres cluster(String name) {
        return ContainerEngine.wanted()
                ? new Postgres(Ports.free(), tls, ContainerEngine::new)
                : new Postgres(work.resolve(name), Ports.free(), tls);
    }

    private ServerHome home(String name) {
        return home(name, name);
    }

    private ServerHome home(String definition, String name) {
        return ServerHome.of(runtime, definition, work.resolve(name + "-server"), tls);
    }

    /** Where the definition of the gateway's server is, with all that comes with it. */
    Path definition() {
        return home("gateway").definition();
    }

    /** A new folder for a test's files. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(work.resolve(name));
    }

    private Path policy() {
        try {
            return Files.writeString(work.resolve("policy.yaml"), policyText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The policy of the tests, with the places of this run filled in. */
    String policyText() {
        String text = read(Path.of("src/test/resources/policy.yaml"));
        Map<String, String> places = Map.of(
                "@agents@", provider.agents(),
                "@people@", provider.people(),
                "@test-issuer@", testIssuer.url(),
                "@port@", Integer.toString(databases.port()),
                "@certificate@", tls.certificate().toAbsolutePath().toString());
        for (Map.Entry<String, String> place : places.entrySet()) {
            text = text.replace(place.getKey(), place.getValue());
        }
        return text;
    }

    /** A fresh token of the real provider, for reporting-agent, migration-agent or dana. */
    public String token(String name) {
        return provider.token(name, api.client());
    }

    /** The passwords of all databases, and the key of the masks: they may be found nowhere. */
    public List<String> passwords() {
        return List.of(
                owner.password(),
                storeOwner.password(),
                storeUser.password(),
                databases.superuser().password(),
                maskKey);
    }

    /** A client that speaks the protocol message by message, logged in. */
    RawClient rawClient(String database, Agent agent) throws IOException {
        RawClient client = new RawClient(port);
        List<String> answers = client.login(agent.name(), database, agent.token()).stream()
                .map(Message::summary)
                .toList();
        assertThat(answers).contains("Z:I");
        return client;
    }

    /** A pgjdbc connection through the gateway. */
    public Connection connect(String database, String user, String token) throws SQLException {
        return connect(database, user, token, Map.of());
    }

    /** A pgjdbc connection through the gateway with some of the driver's properties. */
    public Connection connect(String database, String user, String token, Map<String, String> settings)
            throws SQLException {
        return connect(port, database, user, token, settings);
    }

    /** The same through another gateway. */
    Connection connectAt(int listener, String database, Agent agent) throws SQLException {
        return connect(listener, database, agent.name(), agent.token(), Map.of());
    }

    private Connection connect(int listener, String database, String user, String token, Map<String, String> settings)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", token);
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", tls.certificate().toString());
        properties.setProperty("loginTimeout", "20");
        properties.setProperty("socketTimeout", "60");
        properties.putAll(settings);
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + listener + "/" + database, properties);
    }

    /** A connection to a database itself, past the gateway, to see what became of it. */
    public Connection connectDirectly(String database) throws SQLException {
        return databases.connect(database, owner);
    }

    /** libpq's environment for a program that connects to a database itself, past the gateway. */
    public Map<String, String> directEnvironment(String database) {
        return Map.of(
                "PGHOST",
                "127.0.0.1",
                "PGPORT",
                Integer.toString(databases.port()),
                "PGDATABASE",
                database,
                "PGUSER",
                owner.user(),
                "PGPASSWORD",
                owner.password(),
                "PGSSLMODE",
                "disable");
    }

    /** What the server of the databases has logged. */
    public String databaseLog() {
        return read(work.resolve("databases").resolve("postgres.log"));
    }

    /** Where the gateway's server keeps its logs. */
    public Path serverFolder() {
        return work.resolve("gateway-server");
    }

    /** libpq's environment for a program that connects through the gateway. */
    public Map<String, String> environment(String database, String user, String token) {
        return Map.of(
                "PGHOST",
                "127.0.0.1",
                "PGPORT",
                Integer.toString(port),
                "PGDATABASE",
                database,
                "PGUSER",
                user,
                "PGPASSWORD",
                token,
                "PGSSLMODE",
                "verify-full",
                "PGSSLROOTCERT",
                tls.certificate().toAbsolutePath().toString(),
                "PGCONNECT_TIMEOUT",
                "20");
    }

    public int port() {
        return port;
    }

    public Api api() {
        return api;
    }

    public TlsFiles tls() {
        return tls;
    }

    public TestIssuer testIssuer() {
        return testIssuer;
    }

    /** The cluster with the databases behind the gateway. */
    public Postgres databases() {
        return databases;
    }

    /** The cluster with the gateway's own store. */
    public Postgres store() {
        return store;
    }

    public IdentityProvider identityProvider() {
        return provider;
    }

    public LibertyServer server() {
        return server;
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            AutoCloseable part = started.pop();
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException("could not stop " + part, e);
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
