package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.client.RawClient;
import org.sallyport.demo.LibertyServer;
import org.sallyport.demo.Ports;

/** Passwords and labelled values, sent in every way there is, are afterwards nowhere: not in journal, store, logs or heap. */
@WithGateway
class SecretsIT {
    private static final String NAME = "secretive";

    private final Gateway gateway;
    private final String labelled = "zabel-" + UUID.randomUUID();
    private final String password = "ysword-" + UUID.randomUUID();

    SecretsIT(Gateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void nothingOfThemIsLeft(@TempDir Path folder) throws Exception {
        int port = Ports.free();
        Path policy = Files.writeString(folder.resolve("policy.yaml"), gateway.policyText());
        try (LibertyServer server = gateway.another(NAME, port, policy).start()) {
            restricted(port);
            unrestricted(port);
            held(port);
            Eventually.holds("every session has ended on record", () -> count("SELECT count(*) FROM session_end") == 5);

            List<String> secrets = List.of(labelled, password);
            Path heap = folder.resolve("heap.hprof");
            dump(server, heap);
            assertThat(traces(List.of(heap), secrets)).as("the heap").isEmpty();
            assertThat(traces(files(server.definition().resolve("journal")), secrets))
                    .as("the journal")
                    .isEmpty();
            assertThat(traces(files(server.definition().resolve("logs")), secrets))
                    .as("the logs")
                    .isEmpty();
            assertThat(inTheStore(secrets)).as("the store").isEmpty();
        }
    }

    /** Who must not see them, and guesses. */
    private void restricted(int port) throws IOException {
        Agent agent = Agent.in(gateway, "migration-agents");
        try (RawClient client = enter(port, agent)) {
            for (String sql : List.of(
                    "SELECT id FROM customers WHERE ssn = '%s'",
                    "SELECT id FROM customers WHERE ssn LIKE E'%s\\x25'",
                    "SELECT id FROM customers WHERE ssn = $$%s$$ -- %1$s",
                    "UPDATE customers SET ssn = '%s' WHERE id = -1",
                    "SELECT id FROM customers WHERE ssnn = '%s'",
                    "SELEC '%s' FROM customers WHERE ssn",
                    "SELECT '%s from customers")) {
                client.query(sql.formatted(labelled)).answers();
                client.parse("", sql.formatted(labelled))
                        .bind("", "")
                        .execute("", 0)
                        .sync()
                        .answers();
            }
            for (String sql :
                    List.of("SELECT id FROM customers WHERE ssn = $1", "UPDATE customers SET ssn = $1 WHERE id = -1")) {
                client.parse("", sql)
                        .bind("", "", labelled)
                        .execute("", 0)
                        .sync()
                        .answers();
            }
            client.query("COPY customers (name, email, ssn, card) FROM STDIN").flush();
            if (client.receive().type() == 'G') {
                client.copyData("a\tb\t" + labelled + "\tc\n").copyFail("enough");
            }
            client.flush().receiveUntil('Z');
            client.message('X', data -> {}).flush();
        }
    }

    /** Who may do everything. */
    private void unrestricted(int port) throws IOException {
        Agent operator = Agent.in(gateway, "operators");
        try (RawClient client = enter(port, operator)) {
            client.query("BEGIN").answers();
            client.query("UPDATE customers SET ssn = '" + labelled + "' WHERE id = -1")
                    .answers();
            client.parse("", "UPDATE customers SET ssn = $1 WHERE id = -2")
                    .bind("", "", labelled)
                    .execute("", 0)
                    .sync()
                    .answers();
            client.query("CREATE ROLE nobody_there PASSWORD '" + password + "'").answers();
            client.query("ALTER ROLE nobody_there PASSWORD '" + password + "' NONSENSE")
                    .answers();
            client.query("ROLLBACK").answers();
            client.query("SELECT 'host=there password=" + password + "'").answers();
            client.message('X', data -> {}).flush();
        }
        try (RawClient client = enter(port, operator)) {
            client.query("SELECT 1 FROM customers WHERE ssn = '" + labelled + "' AND id / 0 = 1")
                    .answers();
            client.message('X', data -> {}).flush();
        }
    }

    /** Who may do everything, but not without a person. */
    private void held(int port) throws IOException {
        String waiting = "SELECT count(*) FROM approval WHERE state = 'pending'";
        try (RawClient client = enter(port, Agent.in(gateway, "operators"))) {
            client.query("UPDATE customers SET ssn = '" + labelled + "'").flush();
            Eventually.holds("the statement waits", () -> count(waiting + shown()) == 1);
            // Leaving withdraws it.
        }
        try (RawClient client = enter(port, Agent.in(gateway, "operators"))) {
            client.parse("", "DELETE FROM customers WHERE true OR ssn = $1")
                    .bind("", "", labelled)
                    .execute("", 0)
                    .sync()
                    .flush();
            Eventually.holds("the next waits", () -> count(waiting + " AND parameters = '{" + labelled + "}'") == 1);
        }
        Eventually.holds("none waits", () -> count(waiting) == 0);
        assertThat(
                        count(
                                "SELECT count(*) FROM approval WHERE statement LIKE '%[hidden %' OR parameters::text LIKE '%[hidden %'"))
                .isEqualTo(2);
    }

    private String shown() {
        return " AND strpos(statement, '" + labelled + "') > 0";
    }

    private static RawClient enter(int port, Agent agent) throws IOException {
        RawClient client = new RawClient(port);
        client.login(agent.name(), "shop", agent.token());
        return client;
    }

    /** Of what is alive in it. */
    private static void dump(LibertyServer server, Path file) {
        long java = ProcessHandle.of(server.processId())
                .orElseThrow()
                .descendants()
                .findFirst()
                .map(ProcessHandle::pid)
                .orElse(server.processId());
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Programs.Result done =
                Programs.run(Map.of(), jcmd.toString(), Long.toString(java), "GC.heap_dump", file.toString());
        assertThat(done.status()).as(done.output()).isZero();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> regular = files.filter(Files::isRegularFile).toList();
            assertThat(regular).isNotEmpty();
            return regular;
        }
    }

    /** As text of one byte or two for each character. */
    private static List<String> traces(List<Path> files, List<String> secrets) throws IOException {
        List<String> traces = new ArrayList<>();
        for (Path file : files) {
            for (String secret : secrets) {
                for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
                    long found = occurrences(file, secret.getBytes(charset));
                    if (found > 0) {
                        traces.add(
                                file.getFileName() + ": " + found + " of " + secret.substring(0, 4) + " in " + charset);
                    }
                }
            }
        }
        return traces;
    }

    private static long occurrences(Path file, byte[] sought) {
        long found = 0;
        int matched = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                // Its first character is nowhere else in it: nothing is lost by beginning anew.
                matched = next == (sought[matched] & 0xff) ? matched + 1 : next == (sought[0] & 0xff) ? 1 : 0;
                if (matched == sought.length) {
                    found++;
                    matched = 0;
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> inTheStore(List<String> secrets) throws SQLException {
        List<String> traces = new ArrayList<>();
        try (Connection store = store();
                Statement statement = store.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = statement.executeQuery(
                    "SELECT oid::regclass FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                for (String secret : secrets) {
                    long found = count(
                            store, "SELECT count(*) FROM " + table + " t WHERE strpos(t::text, '" + secret + "') > 0");
                    if (found > 0) {
                        traces.add(table);
                    }
                }
            }
            assertThat(tables).contains("approval").hasSizeGreaterThan(10);
        }
        assertThat(count("SELECT count(*) FROM statement WHERE text LIKE '%[hidden %'"))
                .isPositive();
        return traces;
    }

    private Connection store() throws SQLException {
        return gateway.store().connect("sallyport_" + NAME, gateway.store().superuser());
    }

    private long count(String sql) {
        try (Connection store = store()) {
            return count(store, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long count(Connection store, String sql) throws SQLException {
        try (Statement statement = store.createStatement();
                ResultSet count = statement.executeQuery(sql)) {
            count.next();
            return count.getLong(1);
        }
    }
}
