package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.copy.CopyManager;

/** Real programs and a real driver, as somebody unrestricted: they must not notice the gateway. */
@WithGateway
class ClientsIT {
    private static final int SECONDS = Integer.getInteger("sallyport.pgbench.seconds", 5);
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+) \\(without");

    private final Gateway gateway;
    private final Agent operator;

    ClientsIT(Gateway gateway) {
        this.gateway = gateway;
        operator = Agent.in(gateway, "operators");
    }

    private Programs.Result through(String database, String... command) {
        return Programs.run(
                Duration.ofSeconds(120 + SECONDS),
                gateway.environment(database, operator.name(), operator.token()),
                command);
    }

    @Test
    void pgbenchRunsWithoutAnErrorInEveryMode(TestReporter reporter) {
        Programs.Result made = through("bench", "pgbench", "-i", "-s", "4", "-q");
        assertThat(made.status()).as(made.errors()).isZero();
        for (String mode : List.of("simple", "extended", "prepared")) {
            for (String script : List.of("select-only", "tpcb-like")) {
                String tps = pgbench(mode, script);
                reporter.publishEntry(Map.of("pgbench", script + " " + mode + " c=16 T=" + SECONDS, "tps", tps));
            }
        }
    }

    private String pgbench(String mode, String script) {
        Programs.Result result =
                through("bench", "pgbench", "-n", "-c", "16", "-j", "2", "-T", "" + SECONDS, "-M", mode, "-b", script);
        assertThat(result.status()).as(result.errors()).isZero();
        assertThat(result.output()).contains("number of failed transactions: 0 (0.000%)");
        assertThat(result.errors()).doesNotContain("error", "ERROR", "aborted");
        Matcher tps = TPS.matcher(result.output());
        assertThat(tps.find()).as(result.output()).isTrue();
        return tps.group(1);
    }

    @Test
    void aDumpThroughTheGatewayRestoresAnEqualDatabase() throws SQLException {
        Programs.require("pg_dump");
        Programs.require("psql");
        Programs.Result result =
                through("shop", "sh", "-c", "pg_dump --no-publications | psql -Xq -v ON_ERROR_STOP=1 -d restored");
        assertThat(result.errors()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(rows("restored")).isEqualTo(rows("shop")).containsKeys("customers", "orders", "order_items");
        assertThat(definitions("restored")).isEqualTo(definitions("shop"));
    }

    /** Each table's number of rows and a checksum over all of them. */
    private Map<String, String> rows(String database) throws SQLException {
        Map<String, String> sums = new TreeMap<>();
        try (Connection direct = gateway.connectDirectly(database);
                Statement statement = direct.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names =
                    statement.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet sum = statement.executeQuery(
                        "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '')"
                                + " FROM public." + table + " AS t")) {
                    assertThat(sum.next()).isTrue();
                    sums.put(table, sum.getString(1));
                }
            }
        }
        return sums;
    }

    /** The definitions as pg_dump sees them on a direct connection, without the lines that are random. */
    private String definitions(String database) {
        Programs.Result result = Programs.run(gateway.directEnvironment(database), "pg_dump", "--schema-only");
        assertThat(result.status()).as(result.errors()).isZero();
        return result.output()
                .lines()
                .filter(line -> !line.matches("\\\\(un)?restrict .*"))
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\d",
                "\\d customers",
                "\\d+ sales_by_month",
                "\\df+",
                "\\dt+",
                "\\dn+",
                "\\l",
                "\\du",
                "\\dp",
                "\\sf with_check_digit",
                "\\x\\\\ SELECT * FROM customers WHERE id = 1",
                "SELECT 1/0",
                "SELECT nothing FROM nowhere",
                "DO $$ BEGIN RAISE NOTICE 'heard %', 42; END $$"
            })
    void psqlShowsWhatADirectConnectionShows(String command) {
        Programs.Result through = through("shop", "psql", "-X", "-c", command);
        Programs.Result directly = Programs.run(gateway.directEnvironment("shop"), "psql", "-X", "-c", command);
        assertThat(through).isEqualTo(directly);
    }

    private Connection connect(String database, Map<String, String> settings) throws SQLException {
        return gateway.connect(database, operator.name(), operator.token(), settings);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pgjdbcSendsBatches(boolean rewritten) throws SQLException {
        try (Connection connection = connect("bench", Map.of("reWriteBatchedInserts", "" + rewritten));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE batch (n integer, t text)");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO batch VALUES (?, ?)")) {
                for (int n = 0; n < 2000; n++) {
                    insert.setInt(1, n);
                    insert.setString(2, "row " + n);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(2000);
            }
            try (ResultSet sum = statement.executeQuery("SELECT count(*), sum(n) FROM batch")) {
                assertThat(sum.next()).isTrue();
                assertThat(sum.getInt(1)).isEqualTo(2000);
                assertThat(sum.getInt(2)).isEqualTo(1999 * 1000);
            }
        }
    }

    @Test
    void pgjdbcReadsByCursorInPieces() throws SQLException {
        try (Connection connection = connect("bench", Map.of())) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(37);
                try (ResultSet rows =
                        statement.executeQuery("SELECT n, repeat('x', n % 500) FROM generate_series(1, 5000) AS n")) {
                    int n = 0;
                    while (rows.next()) {
                        assertThat(rows.getInt(1)).isEqualTo(++n);
                        assertThat(rows.getString(2)).hasSize(n % 500);
                    }
                    assertThat(n).isEqualTo(5000);
                }
            }
        }
    }

    @Test
    void pgjdbcCopiesBothWays() throws SQLException, IOException {
        StringBuilder lines = new StringBuilder();
        for (int n = 1; n <= 20_000; n++) {
            lines.append(n).append("\tline ").append(n).append('\n');
        }
        try (Connection connection = connect("bench", Map.of());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE copied (n integer, t text)");
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            assertThat(copies.copyIn("COPY copied FROM STDIN", new StringReader(lines.toString())))
                    .isEqualTo(20_000);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(copies.copyOut("COPY (SELECT * FROM copied ORDER BY n) TO STDOUT", out))
                    .isEqualTo(20_000);
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(lines.toString());
        }
    }

    @Test
    void pgjdbcHearsNotifications() throws SQLException {
        try (Connection listener = connect("bench", Map.of());
                Connection speaker = connect("bench", Map.of());
                Statement listening = listener.createStatement();
                Statement speaking = speaker.createStatement()) {
            listening.execute("LISTEN harbour");
            speaking.execute("NOTIFY harbour, 'ship ahoy'");
            PGNotification[] heard = listener.unwrap(PGConnection.class).getNotifications(10_000);
            assertThat(heard).hasSize(1);
            assertThat(heard[0].getName()).isEqualTo("harbour");
            assertThat(heard[0].getParameter()).isEqualTo("ship ahoy");
        }
    }

    @Test
    void cancelReachesAStatementThatRuns() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Connection connection = connect("bench", Map.of());
                Statement statement = connection.createStatement();
                Connection direct = gateway.connectDirectly("bench");
                Statement watching = direct.createStatement()) {
            Future<SQLException> told = threads.submit(
                    () -> catchThrowableOfType(SQLException.class, () -> statement.execute("SELECT pg_sleep(60)")));
            Eventually.holds("the statement runs", () -> runs(watching, "SELECT pg_sleep(60)"));
            statement.cancel();
            assertThat(told.get(20, TimeUnit.SECONDS).getSQLState()).isEqualTo("57014");
            assertThat(connection.isValid(10)).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean runs(Statement watching, String sql) {
        try (ResultSet rows = watching.executeQuery(
                "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query = '" + sql + "'")) {
            return rows.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aMegabyteGoesThereAndBack() throws SQLException {
        String large = "0123456789abcdef".repeat(65_536);
        try (Connection connection = connect("bench", Map.of());
                PreparedStatement statement = connection.prepareStatement("SELECT ?::text")) {
            statement.setString(1, large);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo(large);
            }
        }
    }
}
