package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/** What a masked column looks like to whoever must not see it, by every way a client may ask for it. */
@WithGateway
class MaskingIT {
    private static final String PLAIN = "SELECT id, ssn, card, email FROM customers WHERE id <= 5 ORDER BY id";

    @TempDir
    private Path folder;

    private final Gateway gateway;
    private final List<List<String>> clear;
    private final List<List<String>> masked;

    MaskingIT(Gateway gateway) throws SQLException {
        this.gateway = gateway;
        try (Connection direct = gateway.connectDirectly("shop");
                Statement statement = direct.createStatement();
                ResultSet rows = statement.executeQuery(PLAIN)) {
            clear = read(rows);
        }
        masked = clear.stream()
                .map(row -> List.of(row.get(0), lastFour(row.get(1)), lastFour(row.get(2)), "********"))
                .toList();
    }

    private static String lastFour(String value) {
        return "*".repeat(value.length() - 4) + value.substring(value.length() - 4);
    }

    private static List<List<String>> read(ResultSet rows) throws SQLException {
        List<List<String>> read = new ArrayList<>();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                row.add(String.valueOf(rows.getString(column)));
            }
            read.add(row);
        }
        return read;
    }

    @ParameterizedTest
    @ValueSource(strings = {"reporting-agent", "migration-agent"})
    void psqlSeesMaskedValues(String name) {
        Programs.Result result =
                Programs.run(gateway.environment("shop", name, gateway.token(name)), "psql", "-XAtF,", "-c", PLAIN);
        assertThat(result.errors()).isEmpty();
        assertThat(result.output().lines().map(line -> List.of(line.split(","))))
                .isEqualTo(masked);
    }

    /** Threats 70 and 71: what psql writes into a file, in rows of its own and by cursors. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\copy (SELECT id, ssn, card, email FROM customers WHERE id <= 5 ORDER BY id) TO STDOUT (DELIMITER ',')",
                "COPY (SELECT id, ssn, card, email FROM customers WHERE id <= 5 ORDER BY id) TO STDOUT CSV",
                "\\set FETCH_COUNT 2\n" + PLAIN + ";",
                "BEGIN;\nDECLARE c CURSOR FOR " + PLAIN + ";\nFETCH ALL FROM c;\nCOMMIT;",
            })
    void psqlCopiesAndFetchesMaskedValues(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("script.sql"), script);
        Agent agent = Agent.in(gateway, "reporting-agents");
        Programs.Result result = Programs.run(
                gateway.environment("shop", agent.name(), agent.token()), "psql", "-XqAtF,", "-f", file.toString());

        assertThat(result.errors()).isEmpty();
        assertThat(result.output().lines().map(line -> List.of(line.split(","))))
                .isEqualTo(masked);
    }

    @Test
    void pgjdbcCopiesMaskedValues() throws SQLException, IOException {
        Agent agent = Agent.in(gateway, "reporting-agents");
        try (Connection connection = gateway.connect("shop", agent.name(), agent.token())) {
            CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
            StringWriter lines = new StringWriter();
            copies.copyOut("COPY (" + PLAIN + ") TO STDOUT (FORMAT csv)", lines);
            assertThat(lines.toString().lines().map(line -> List.of(line.split(","))))
                    .isEqualTo(masked);

            ByteArrayOutputStream all = new ByteArrayOutputStream();
            copies.copyOut("COPY customers TO STDOUT (FORMAT binary)", all);
            assertThat(all.toString(StandardCharsets.ISO_8859_1))
                    .contains(masked.get(0).get(1))
                    .doesNotContain(clear.get(0).get(1))
                    .doesNotContain("@example");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "simple, false, 0",
        "extended, false, 0",
        "extended, true, 0",
        "extended, true, 1",
        "extended, true, -1",
        "extendedForPrepared, true, 2",
        "extendedCacheEverything, true, 3"
    })
    void pgjdbcSeesMaskedValues(String mode, String binary, String threshold) throws SQLException {
        Map<String, String> settings =
                Map.of("preferQueryMode", mode, "binaryTransfer", binary, "prepareThreshold", threshold);
        Agent agent = Agent.in(gateway, "reporting-agents");
        try (Connection connection = gateway.connect("shop", agent.name(), agent.token(), settings);
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT id, ssn, card, email FROM customers WHERE id <= ? ORDER BY id")) {
            // Often enough for the driver to change from the unnamed to a named statement, and to binary results.
            for (int run = 0; run < 6; run++) {
                statement.setLong(1, 5);
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(read(rows)).isEqualTo(masked);
                }
            }
        }
    }

    @Test
    void aCursorSeesMaskedValues() throws SQLException {
        Agent agent = Agent.in(gateway, "reporting-agents");
        try (Connection connection = gateway.connect("shop", agent.name(), agent.token())) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(2);
                try (ResultSet rows = statement.executeQuery(PLAIN)) {
                    assertThat(read(rows)).isEqualTo(masked);
                }
            }
        }
    }

    @Test
    void aClientThatNeverDescribesSeesMaskedValues() throws IOException {
        try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, "reporting-agents"))) {
            client.parse("", PLAIN).bind("", "").execute("", 0).sync();
            assertThat(rows(client)).isEqualTo(masked);
        }
    }

    @Test
    void aClientThatDescribesAnotherStatementSeesMaskedValues() throws IOException {
        try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, "reporting-agents"))) {
            client.parse("innocent", "SELECT id, name, name, name FROM customers WHERE id <= 5 ORDER BY id");
            client.parse("wanted", PLAIN).describe('S', "innocent");
            client.bind("", "wanted").execute("", 0).sync();
            assertThat(rows(client)).isEqualTo(masked);
        }
    }

    @Test
    void binaryResultsAreMasked() throws IOException {
        try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, "reporting-agents"))) {
            client.parse("", "SELECT ssn, card, email FROM customers WHERE id <= 5 ORDER BY id");
            client.message('B', data -> {
                data.writeBytes("\0\0");
                data.writeShort(0);
                data.writeShort(0);
                data.writeShort(1);
                data.writeShort(1);
            });
            client.execute("", 0).sync();
            assertThat(rows(client))
                    .isEqualTo(masked.stream().map(row -> row.subList(1, 4)).toList());
        }
    }

    @Test
    void interleavedPortalsAreEachMaskedAsTheirOwn() throws IOException {
        try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, "reporting-agents"))) {
            client.query("BEGIN").answers();
            client.parse("people", PLAIN).bind("p", "people");
            client.parse("goods", "SELECT id, name, sku, category FROM products WHERE id <= 5 ORDER BY id")
                    .bind("g", "goods");
            client.execute("p", 1)
                    .execute("g", 1)
                    .execute("p", 1)
                    .execute("g", 1)
                    .sync();
            List<List<String>> rows = rows(client);
            assertThat(rows).hasSize(4);
            assertThat(List.of(rows.get(0), rows.get(2))).isEqualTo(masked.subList(0, 2));
            assertThat(rows.get(1).get(2)).doesNotContain("*");
        }
    }

    private static List<List<String>> rows(RawClient client) throws IOException {
        List<Message> messages = client.flush().receiveUntil('Z');
        assertThat(messages).extracting(Message::type).doesNotContain('E', '-');
        return messages.stream()
                .filter(message -> message.type() == 'D')
                .map(Message::columns)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM customers WHERE id <= 5 ORDER BY id",
                "SELECT id, ssn AS name, card AS \"Card\", email AS id2 FROM customers WHERE id <= 5 ORDER BY id",
                "SELECT c.id, c.ssn, c.card, c.email FROM public.customers AS c WHERE c.id <= 5 ORDER BY c.id",
                "SELECT c.* FROM customers c WHERE id <= 5 ORDER BY 1 + 0, id",
                "SELECT id, U&\"\\0073sn\", /* the */ \"card\" -- number\n, email FROM customers WHERE id <= 5 ORDER BY id",
                "SELECT DISTINCT ON (o.id) o.id, c.ssn, c.card, c.email FROM orders o JOIN customers c"
                        + " ON c.id = o.customer_id WHERE o.id <= 5",
                "TABLE customers LIMIT 5"
            })
    void noWayOfWritingAProjectionShowsAValue(String sql) throws SQLException {
        Agent agent = Agent.in(gateway, "reporting-agents");
        try (Connection connection = gateway.connect("shop", agent.name(), agent.token());
                Statement statement = connection.createStatement()) {
            String seen = "";
            try (ResultSet rows = statement.executeQuery(sql)) {
                seen = read(rows).toString();
                assertThat(seen).contains("*****");
            } catch (SQLException refused) {
                // Refusing what could be shown masked is strict, not wrong; showing it is.
                assertThat(refused.getSQLState()).isEqualTo("42501");
            }
            assertThat(seen + "").doesNotContainPattern("\\d{3}-\\d{2}-\\d{4}").doesNotContainPattern("\\d{16}");
            assertThat(seen).doesNotContain("@example");
        }
    }

    @Test
    void whoMakesATableReadsItBeforeItIsCommittedToo() throws IOException {
        try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, "migration-agents"))) {
            client.query("BEGIN").answers();
            client.query("CREATE TABLE schema_history (version integer)").answers();
            assertThat(client.query("INSERT INTO schema_history VALUES (1)").answers())
                    .contains("C:INSERT 0 1", "Z:T");
            assertThat(client.query("SELECT version FROM schema_history").answers())
                    .contains("D:[1]", "Z:T");
            client.query("ROLLBACK").answers();
            assertThat(client.query("CREATE TABLE schema_history (version integer)")
                            .answers())
                    .contains("Z:I");
            client.query("INSERT INTO schema_history VALUES (1)").answers();
            assertThat(client.query("SELECT version FROM schema_history").answers())
                    .contains("D:[1]", "Z:I");
            assertThat(client.query("DROP TABLE schema_history").answers()).contains("Z:I");
        }
    }

    @Test
    void starShowsTheOtherColumnsAsTheyAre() throws SQLException {
        Agent agent = Agent.in(gateway, "reporting-agents");
        String sql = "SELECT * FROM customers WHERE id = 3";
        try (Connection connection = gateway.connect("shop", agent.name(), agent.token());
                ResultSet shown = connection.createStatement().executeQuery(sql);
                Connection direct = gateway.connectDirectly("shop");
                ResultSet whole = direct.createStatement().executeQuery(sql)) {
            assertThat(shown.next()).isTrue();
            assertThat(whole.next()).isTrue();
            for (String column : List.of("id", "name", "notes", "created_at")) {
                assertThat(shown.getString(column)).as(column).isEqualTo(whole.getString(column));
            }
            assertThat(shown.getString("ssn")).isEqualTo(lastFour(whole.getString("ssn")));
            assertThat(shown.getString("card")).isEqualTo(lastFour(whole.getString("card")));
            assertThat(shown.getString("email")).isEqualTo("********");
        }
    }

    @Test
    void whoeverMaySeeALabelSeesItInTheClear() throws SQLException {
        Agent support = Agent.in(gateway, "support");
        try (Connection connection = gateway.connect("shop", support.name(), support.token());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(PLAIN)) {
            assertThat(read(rows)).isEqualTo(clear);
        }
        try (Connection connection = gateway.connect("shop", support.name(), support.token());
                PreparedStatement statement = connection.prepareStatement("SELECT id FROM customers WHERE ssn = ?")) {
            statement.setString(1, clear.get(2).get(1));
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(read(rows)).contains(List.of("3"));
            }
        }
    }
}
