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
import org.sallyport.client.Message;
import org.sallyport.contract.GatewayListener;
import org.sallyport.inbound.TestGateway;
import org.sallyport.policy.PolicyBundle;

/**
 * Two databases that differ only in what the masks hide, behind one gateway. The second is made from the first, so that even the
 * OIDs of all objects are the same.
 */
final class Twins implements AutoCloseable {
    static final List<String> SIDES = List.of("zero", "one");

    private final EmbeddedPostgres postgres;
    private final TestGateway gateway;
    private final Set<Origin> labelled = new HashSet<>();

    private Twins(
            Path folder, String schema, List<String> values, String policy, UnaryOperator<GatewayListener> between)
            throws IOException, SQLException {
        // Nothing but the statements changes what the planner sees.
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("autovacuum", "off")
                .setServerConfig("fsync", "off")
                .setServerConfig("hba_file", rules(folder).toString())
                .start();
        execute("postgres", "CREATE ROLE gateway LOGIN PASSWORD 'gateway'");
        execute("postgres", "CREATE DATABASE zero OWNER gateway");
        execute("zero", "ALTER SCHEMA public OWNER TO gateway");
        execute("zero", "SET SESSION AUTHORIZATION gateway; " + schema);
        execute("postgres", "CREATE DATABASE one OWNER gateway TEMPLATE zero");
        for (int side = 0; side < 2; side++) {
            execute(SIDES.get(side), values.get(side));
            execute(SIDES.get(side), "VACUUM FULL");
            execute(SIDES.get(side), "VACUUM ANALYZE");
        }
        readLabelled();
        Path file = Files.writeString(folder.resolve("policy.yaml"), policy.replace("$port", "" + postgres.getPort()));
        gateway = TestGateway.open(folder, PolicyBundle.load(file), "gateway", between);
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
        String values = resource("values.sql");
        return new Twins(
                folder,
                resource("schema.sql"),
                List.of(values.replace("$side", "0"), values.replace("$side", "1")),
                resource("policy.yaml"),
                between);
    }

    /** On another schema with rows that differ as {@code values} make them. */
    static Twins of(Path folder, String schema, List<String> values, String policy) throws IOException, SQLException {
        return new Twins(folder, schema, values, policy, UnaryOperator.identity());
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

    private void readLabelled() throws SQLException {
        String query = "SELECT attrelid::oid::int, attnum FROM pg_attribute JOIN pg_class c ON c.oid = attrelid"
                + " WHERE relnamespace = 'public'::regnamespace"
                + " AND attname IN ('ssn', 'email', 'salary', 'born', 'iban', 'balance', 'tax_id')";
        try (Connection connection = direct("zero");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                labelled.add(new Origin(result.getInt(1), result.getInt(2)));
            }
        }
    }

    /** Past the gateway. */
    Connection direct(String side) throws SQLException {
        return postgres.getDatabase("postgres", side).getConnection();
    }

    private void execute(String database, String sql) throws SQLException {
        try (Connection connection = direct(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    int port() {
        return gateway.port();
    }

    Pair enter(String caller) {
        return new Pair(new Side(port(), "zero", caller), new Side(port(), "one", caller));
    }

    /** Past the gateway, to see everything. */
    Pair passBy() {
        int port = postgres.getPort();
        return new Pair(new Side(port, "zero", "postgres"), new Side(port, "one", "postgres"));
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

        @Override
        public void close() throws IOException {
            zero.close();
            one.close();
        }
    }

    /** What both sides answered. */
    record Comparison(List<Message> zero, List<Message> one) {
        private static final Map<Character, String> NAMES = Map.of(
                'E', "ErrorResponse",
                'N', "NoticeResponse",
                'D', "DataRow",
                'C', "CommandComplete",
                'T', "RowDescription",
                'Z', "ReadyForQuery");

        boolean isLeak() {
            return !zero.equals(one);
        }

        /** Whether the gateway refused any of it. */
        boolean isRefused() {
            return zero.stream().anyMatch(Comparison::isRefusal);
        }

        /** Whether anything failed, by whomever. */
        boolean isFailed() {
            return zero.stream().anyMatch(message -> message.type() == 'E' || message.type() == '-');
        }

        private static boolean isRefusal(Message message) {
            return message.type() == 'E'
                    && message.field('D')
                            .filter(detail -> detail.startsWith("Rule \""))
                            .isPresent();
        }

        /** The first answers that differ. */
        String difference() {
            int at = 0;
            while (at < Math.min(zero.size(), one.size()) && zero.get(at).equals(one.get(at))) {
                at++;
            }
            return shown(zero, at) + "\n    " + shown(one, at);
        }

        private static String shown(List<Message> messages, int at) {
            if (at >= messages.size()) {
                return "nothing more";
            }
            Message message = messages.get(at);
            return NAMES.getOrDefault(message.type(), String.valueOf(message.type())) + " "
                    + message.payload().replace('\0', '|');
        }
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        postgres.close();
    }
}
