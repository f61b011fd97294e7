package org.sallyport.noninterference;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.sallyport.client.Message;
import org.sallyport.contract.GatewayListener;
import org.sallyport.inbound.TestGateway;
import org.sallyport.policy.PolicyBundle;

/**
 * Two databases that differ only in what the masks hide, behind one gateway. The second is made from the first, so that even the
 * OIDs of all objects are the same.
 */
final class Twins implements AutoCloseable {
    private static final String SAMPLE = "sample";
    private static final List<String> SIDES = List.of("_here", "_copy");

    private final EmbeddedPostgres postgres;
    private final TestGateway gateway;
    private final Set<Origin> labelled;

    /**
     * What is in a pair of databases.
     *
     * @param schema and what both have in common
     * @param values of either side; "$side" in it is 0 or 1
     */
    record Content(String schema, String values) {}

    private Twins(Path folder, Map<String, Content> databases, String policy, UnaryOperator<GatewayListener> between)
            throws IOException, SQLException {
        // Nothing but the statements changes what the planner sees.
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("autovacuum", "off")
                // docs/masking.md, "Limits": how many values a column has decides whether it is worth to remember
                // results by them.
                .setServerConfig("enable_memoize", "off")
                .setServerConfig("fsync", "off")
                .setServerConfig("hba_file", rules(folder).toString())
                .start();
        execute("postgres", "CREATE ROLE gateway LOGIN PASSWORD 'gateway'");
        for (Map.Entry<String, Content> database : databases.entrySet()) {
            create(database.getKey(), database.getValue());
        }
        labelled = databases.containsKey(SAMPLE) ? readLabelled() : Set.of();
        Path file = Files.writeString(folder.resolve("policy.yaml"), policy(policy, databases.keySet()));
        gateway = TestGateway.open(folder, PolicyBundle.load(file), "gateway", between);
    }

    private void create(String name, Content content) throws SQLException {
        String first = name + SIDES.get(0);
        String second = name + SIDES.get(1);
        execute("postgres", "CREATE DATABASE \"" + first + "\" OWNER gateway");
        execute(first, "ALTER SCHEMA public OWNER TO gateway");
        execute(first, "SET SESSION AUTHORIZATION gateway; " + content.schema());
        execute("postgres", "CREATE DATABASE \"" + second + "\" OWNER gateway TEMPLATE \"" + first + "\"");
        for (int side = 0; side < 2; side++) {
            execute(name + SIDES.get(side), content.values().replace("$side", String.valueOf(side)));
            execute(name + SIDES.get(side), "VACUUM FULL");
            execute(name + SIDES.get(side), "VACUUM ANALYZE");
        }
    }

    private String policy(String policy, Set<String> databases) {
        List<String> names = databases.stream()
                .flatMap(name -> SIDES.stream().map(side -> name + side))
                .toList();
        String server =
                "  %1$s: {server: {host: 127.0.0.1, port: %2$d, database: %1$s, tls: disable}, credential: gateway}";
        return policy.replace("$names", names.toString())
                .replace(
                        "$connections",
                        names.stream()
                                .map(name -> server.formatted(name, postgres.getPort()))
                                .collect(Collectors.joining("\n")));
    }

    /** The gateway goes in nowhere without being asked for its password. */
    private static Path rules(Path folder) throws IOException {
        Path rules = Files.writeString(
                folder.resolve("hba.conf"),
                "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
        folder.toFile().setExecutable(true, false);
        rules.toFile().setReadable(true, false);
        return rules;
    }

    /** On the sample schema. */
    static Twins ofSample(Path folder, UnaryOperator<GatewayListener> between) throws IOException, SQLException {
        Content sample = new Content(resource("schema.sql"), resource("values.sql"));
        return new Twins(folder, Map.of(SAMPLE, sample), resource("policy.yaml"), between);
    }

    /** On other schemas, each in a pair of its own. */
    static Twins of(Path folder, Map<String, Content> databases, String policy) throws IOException, SQLException {
        return new Twins(folder, databases, policy, UnaryOperator.identity());
    }

    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Twins.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A column as RowDescription names it. */
    record Origin(int table, int attribute) {}

    /** The sample's labelled columns. */
    Set<Origin> labelled() {
        return labelled;
    }

    private Set<Origin> readLabelled() throws SQLException {
        Set<Origin> found = new HashSet<>();
        String query = "SELECT attrelid::oid::int, attnum FROM pg_attribute JOIN pg_class c ON c.oid = attrelid"
                + " WHERE relnamespace = 'public'::regnamespace"
                + " AND attname IN ('ssn', 'email', 'salary', 'born', 'iban', 'balance', 'tax_id')";
        try (Connection connection = direct();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                found.add(new Origin(result.getInt(1), result.getInt(2)));
            }
        }
        return found;
    }

    /** To one side of the sample, past the gateway. */
    Connection direct() throws SQLException {
        return direct(SAMPLE + SIDES.get(0));
    }

    private Connection direct(String database) throws SQLException {
        return postgres.getDatabase("postgres", database).getConnection();
    }

    private void execute(String database, String sql) throws SQLException {
        try (Connection connection = direct(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Pair enter(String caller) {
        return enter(SAMPLE, caller);
    }

    Pair enter(String database, String caller) {
        return pair(gateway.port(), database, caller);
    }

    /**
     * Takes away what rolled-back changes leave in the sample's tables. Their pages fill by the lengths of what is hidden, the planner
     * counts pages, and the order of rows may depend on what it expects; docs/masking.md has that among the limits.
     */
    void vacuum() throws SQLException {
        for (String side : SIDES) {
            execute(SAMPLE + side, "VACUUM");
        }
    }

    /** Past the gateway, to see everything. */
    Pair passBy() {
        return pair(postgres.getPort(), SAMPLE, "postgres");
    }

    private static Pair pair(int port, String database, String caller) {
        return new Pair(
                new Side(port, database + SIDES.get(0), caller), new Side(port, database + SIDES.get(1), caller));
    }

    /** A session on each side. */
    static final class Pair implements AutoCloseable {
        private final Side zero;
        private final Side one;

        private Pair(Side zero, Side one) {
            this.zero = zero;
            this.one = one;
        }

        /** Plays it on both sides at once. */
        Comparison play(Scene scene) {
            CompletableFuture<List<Message>> other = CompletableFuture.supplyAsync(() -> one.play(scene));
            return new Comparison(zero.play(scene), other.join());
        }

        /** Whether it is answered otherwise each time: it shows the time, random numbers, or what else is the session's own. */
        boolean isFickle(Scene scene) {
            return new Comparison(zero.play(scene), zero.play(scene)).isLeak();
        }

        @Override
        public void close() throws IOException {
            zero.close();
            one.close();
        }
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        postgres.close();
    }
}
