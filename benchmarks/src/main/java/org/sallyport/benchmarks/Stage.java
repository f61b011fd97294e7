package org.sallyport.benchmarks;

import com.nimbusds.jose.JOSEException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.sallyport.benchmarks.Level.Login;
import org.sallyport.demo.Folders;
import org.sallyport.demo.GatewayServer;
import org.sallyport.demo.LibertyServer;
import org.sallyport.demo.Ports;
import org.sallyport.demo.Postgres;
import org.sallyport.demo.ServerHome;
import org.sallyport.demo.TlsFiles;

/** The measured database and everything that stands before it, on one machine; closed, all of it is gone. */
final class Stage implements AutoCloseable {
    private static final String DATABASE = "bench";
    private static final String STORE = "sallyport";

    /** The connection whose results are on record. */
    private static final String RECORDED = "recorded";

    /** The connection on which nobody may do everything. */
    private static final String RESTRICTED = "restricted";

    /** Logs in without a password, as direct and simple proxies do; the gateway itself insists on SCRAM. */
    private static final Login TRUSTED = new Login("trusted", "", DATABASE);

    private final Path root;
    private final Path work;
    private final String durability;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final List<Level> levels = new ArrayList<>();
    private final TlsFiles tls;
    private final Postgres databases;
    private final Postgres store;

    /**
     * @param root       the project's folder
     * @param durability what the gateway's record waits for; with {@code fsync} the measured database waits for its disk, too
     */
    Stage(Path root, String durability) {
        this.root = root;
        this.durability = durability;
        this.work = root.resolve("benchmarks/target/stage");
        Folders.delete(work);
        this.tls = TlsFiles.create(work);
        this.databases = new Postgres(work.resolve("databases"), Ports.free(), tls, configuration(durability));
        this.store = new Postgres(work.resolve("store"), Ports.free(), tls);
    }

    /**
     * Starts everything; where that fails, {@link #close()} ends what was started.
     *
     * @param whole whether the whole gateway is measured, or only what needs no application server
     */
    void start(int scale, boolean whole) throws IOException, JOSEException {
        Postgres.Login owner = startDatabases(scale);
        if (Command.exists("pgbouncer")) {
            levels.add(pgBouncer());
        }
        levels.add(relay());
        levels.add(proxyAlone(owner));
        if (whole) {
            levels.add(gateway(owner));
        }
    }

    /** Starts what tells the cost of the record: the listener without one, and the gateway for three kinds of sessions. */
    void startRecording(int scale) throws IOException, JOSEException {
        Postgres.Login owner = startDatabases(scale);
        levels.add(proxyAlone(owner));
        Level gateway = gateway(owner);
        levels.add(gateway);
        levels.add(otherwise(gateway, "gateway, restricted", RESTRICTED));
        levels.add(otherwise(gateway, "gateway, results too", RECORDED));
    }

    /** The same gateway by another of its connections. */
    private static Level otherwise(Level gateway, String name, String connection) {
        Login login = new Login(gateway.login().user(), gateway.login().password(), connection);
        return new Level(name, gateway.port(), login, gateway.processes());
    }

    private Postgres.Login startDatabases(int scale) throws IOException {
        keep(databases).start();
        keep(store).start();
        Postgres.Login owner = databases.createOwner("bench", DATABASE);
        trust(owner);
        Level direct = new Level("direct", databases.port(), TRUSTED, List.of());
        Command.of("pgbench", "-i", "-q", "-s", Integer.toString(scale))
                .with(direct.environment())
                .run();
        databases.execute(DATABASE, databases.superuser(), "GRANT ALL ON ALL TABLES IN SCHEMA public TO bench");
        databases.execute(DATABASE, databases.superuser(), "VACUUM ANALYZE pgbench_accounts");
        levels.add(direct);
        return owner;
    }

    /** How many records of the gateway's journal have come to its store. */
    long shipped() {
        try (Connection connection = store.connect(STORE, store.superuser());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(max(shipped), 0) FROM journal")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("the store does not tell how far the record is", e);
        }
    }

    /** A file that is there for as long as the stage. */
    Path file(String name) {
        return work.resolve(name);
    }

    private static Map<String, String> configuration(String durability) {
        return durability.equals("fsync")
                ? Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on")
                : Map.of();
    }

    List<Level> levels() {
        return levels;
    }

    /** The measured database's process. */
    long database() throws IOException {
        return postmaster("databases");
    }

    /** The process of the gateway's store. */
    long store() throws IOException {
        return postmaster("store");
    }

    private long postmaster(String cluster) throws IOException {
        return Long.parseLong(Files.readAllLines(work.resolve(cluster).resolve("data/postmaster.pid"))
                .get(0)
                .strip());
    }

    private <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }

    private void trust(Postgres.Login owner) throws IOException {
        databases.execute(
                "postgres", databases.superuser(), "CREATE ROLE trusted LOGIN IN ROLE \"" + owner.user() + "\"");
        databases.execute(DATABASE, databases.superuser(), "GRANT CREATE ON SCHEMA public TO trusted");
        databases.execute(
                DATABASE,
                databases.superuser(),
                "ALTER DEFAULT PRIVILEGES FOR ROLE trusted IN SCHEMA public GRANT SELECT ON TABLES TO bench");
        Path rules = work.resolve("databases/data/pg_hba.conf");
        Files.writeString(rules, "host bench trusted 127.0.0.1/32 trust\n" + Files.readString(rules));
        databases.execute("postgres", databases.superuser(), "SELECT pg_reload_conf()");
    }

    private Level pgBouncer() throws IOException {
        int port = Ports.free();
        Path settings = Files.writeString(work.resolve("pgbouncer.ini"), """
                [databases]
                bench = host=127.0.0.1 port=%d user=trusted
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = session
                max_client_conn = 200
                default_pool_size = 100
                server_round_robin = 0
                ignore_startup_parameters = extra_float_digits
                log_connections = 0
                log_disconnections = 0
                """.formatted(databases.port(), port));
        // It refuses to be root.
        boolean root = System.getProperty("user.name").equals("root");
        Command command = root
                ? Command.of("pgbouncer", "-u", "nobody", settings.toString())
                : Command.of("pgbouncer", settings.toString());
        return level("PgBouncer", port, TRUSTED, command);
    }

    private Level relay() {
        int port = Ports.free();
        String loops = Integer.toString(Runtime.getRuntime().availableProcessors());
        return level(
                "bare relay",
                port,
                TRUSTED,
                java(FramingRelay.class, Integer.toString(port), Integer.toString(databases.port()), loops));
    }

    private Level proxyAlone(Postgres.Login owner) {
        int port = Ports.free();
        Command command = java(
                        ProxyAlone.class,
                        Integer.toString(port),
                        Integer.toString(databases.port()),
                        DATABASE,
                        owner.user(),
                        tls.keystore().toString())
                .with(Map.of("BENCH_PASSWORD", owner.password(), "BENCH_KEY_STORE_PASSWORD", tls.password()));
        return level("proxy alone", port, new Login("bench", "any", DATABASE), command);
    }

    private static Command java(Class<?> main, String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx512m",
                "-Dio.netty.leakDetection.level=disabled",
                "-classpath",
                System.getProperty("java.class.path"),
                main.getName()));
        words.addAll(List.of(arguments));
        return new Command(words, Map.of());
    }

    private Level level(String name, int port, Login login, Command command) {
        Process process = command.start(work.resolve(name.replace(' ', '-') + ".log"));
        keep(() -> process.destroyForcibly().waitFor());
        return new Level(name, port, login, List.of(new Level.Process(name, process.pid())));
    }

    private Level gateway(Postgres.Login owner) throws IOException, JOSEException {
        Issuer issuer = keep(Issuer.start());
        Postgres.Login storeOwner = store.createOwner("sallyport_store", STORE);
        int port = Ports.free();
        Path runtime = root.resolve("gateway-ear/target/liberty/wlp");
        LibertyServer server = keep(new GatewayServer(
                        ServerHome.of(runtime, "gateway", work.resolve("gateway-server"), tls), port, Ports.free())
                .withStore(store, STORE, storeOwner)
                .withShop(owner)
                .withPolicy(policy(issuer))
                .with("gateway.tls", "loopback-plain")
                .with("people.issuer", issuer.url())
                .with("console.secret", "unused")
                .with("sallyport.journal.durability", durability)
                .define());
        server.start();
        return new Level(
                "gateway",
                port,
                new Login("bench", issuer.token(), DATABASE),
                List.of(
                        new Level.Process("gateway", server.processId()),
                        new Level.Process("its store", postmaster("store"))));
    }

    private Path policy(Issuer issuer) throws IOException {
        return Files.writeString(work.resolve("policy.yaml"), """
                sallyport: 1
                issuers:
                  - {issuer: "%1$s", audience: sallyport, jwks: "%1$s/jwks", identity: "{sub}", groups: groups}
                connections:
                  bench:
                    server: {host: 127.0.0.1, port: %2$d, database: bench, tls: disable}
                    credential: shop-gateway
                  recorded:
                    server: {host: 127.0.0.1, port: %2$d, database: bench, tls: disable}
                    credential: shop-gateway
                    record: {results: 1MiB}
                  restricted:
                    server: {host: 127.0.0.1, port: %2$d, database: bench, tls: disable}
                    credential: shop-gateway
                roles:
                  some:
                    groups: [everybody]
                    connections: [restricted]
                    may: [{read: [public.*]}, {change: [public.*]}]
                  everything: {groups: [everybody], connections: [bench, recorded], unrestricted: true}
                """.formatted(issuer.url(), databases.port()));
    }

    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                System.err.println("could not stop everything: " + e.getMessage());
            }
        }
    }
}
