package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sallyport.client.RawClient;

/** What the record says of what was done, and what it must not say. */
@WithGateway
class RecordIT {
    /** The header, and the claims, of any JWT begin like this. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{12,}");

    private final Gateway gateway;
    private final Person dana;
    private final Agent agent;
    private final Shelf shelf;

    RecordIT(Gateway gateway) throws SQLException {
        this.gateway = gateway;
        dana = Person.dana(gateway);
        agent = Agent.in(gateway, "migration-agents");
        shelf = new Shelf(gateway);
    }

    @AfterEach
    void clear() throws SQLException {
        shelf.close();
    }

    @Test
    void tellsWhoConnectedFromWhereAndWhy() throws IOException {
        Instant before = Instant.now();
        try (RawClient client = gateway.rawClient("shop", agent)) {
            Fields open = dana.session(agent.name());
            assertThat(open.has("ended")).isFalse();
            assertThat(open.text("connection")).isEqualTo("shop");
            assertThat(open.texts("groups")).containsExactly("migration-agents");
            assertThat(open.text("clientAddress")).startsWith("127.0.0.1:");
            assertThat(open.time("started")).isBetween(before.minusMillis(1), Instant.now());
            assertThat(open.text("policyVersion")).isNotBlank();
            assertThat(open.text("gatewayVersion")).isNotBlank();
            client.message('X', data -> {}).flush();
        }
        Eventually.holds(
                "the session has ended", () -> dana.session(agent.name()).has("ended"));
        assertThat(dana.session(agent.name()).text("endReason")).isEqualTo("TERMINATED");
    }

    @Test
    void tellsAPermittedStatementWithItsParametersAndOutcome() throws IOException {
        String sql = "SELECT id, ssn FROM customers WHERE id <= $1 AND name <> $2";
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.parse("", sql).bind("", "", "7", "it's").execute("", 0).sync();
            assertThat(client.answers()).contains("Z:I");
        }
        Fields told = statement(sql);
        assertThat(told.text("phase")).isEqualTo("EXECUTE");
        assertThat(told.texts("parameters")).containsExactly("7", "it's");
        assertThat(told.texts("kinds")).containsExactly("SELECT");
        assertThat(told.text("verdict")).isEqualTo("PERMIT");
        assertThat(told.text("rule")).isEqualTo("migrations");
        assertThat(told.text("policyVersion"))
                .isEqualTo(dana.session(agent.name()).text("policyVersion"));
        assertThat(told.has("approval")).isFalse();
        assertThat(told.has("refusedWith")).isFalse();
        Fields outcome = told.object("outcome");
        assertThat(outcome.text("commandTag")).isEqualTo("SELECT 7");
        assertThat(outcome.has("sqlState")).isFalse();
        assertThat(outcome.number("rows")).isEqualTo(7);
        assertThat(outcome.number("bytes")).isBetween(7 * 12L, 7 * 60L);
        assertThat(outcome.number("micros")).isPositive();
        assertThat(told.time("decided")).isAfterOrEqualTo(told.time("asked"));
        assertThat(outcome.time("completed")).isAfterOrEqualTo(told.time("decided"));
    }

    @Test
    void tellsAStatementThatTheServerRefused() throws IOException {
        String sql = "SELECT 1 / (id - 1) FROM products";
        try (RawClient client = gateway.rawClient("shop", agent)) {
            assertThat(client.query(sql).answers()).contains("E:22012", "Z:I");
        }
        Fields told = statement(sql);
        assertThat(told.text("phase")).isEqualTo("QUERY");
        assertThat(told.text("verdict")).isEqualTo("PERMIT");
        assertThat(told.object("outcome").text("sqlState")).isEqualTo("22012");
        assertThat(told.object("outcome").text("commandTag")).isEmpty();
    }

    @Test
    void tellsEveryRefusalWithItsRule() throws IOException {
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.query("SELECT id FROM customers ORDER BY ssn").answers();
            client.query("DROP DATABASE bench").answers();
            client.query("SELEC 1").answers();
            client.query("SELECT pg_sleep(0)").answers();
            client.parse("", "DROP DATABASE restored").sync().answers();
        }
        assertRefused("SELECT id FROM customers ORDER BY ssn", "QUERY", "masking");
        assertRefused("DROP DATABASE bench", "QUERY", "no-drop-database");
        assertRefused("SELEC 1", "QUERY", "unreadable");
        assertRefused("SELECT pg_sleep(0)", "QUERY", "reviewed functions");
        assertRefused("DROP DATABASE restored", "PARSE", "no-drop-database");
    }

    private void assertRefused(String sql, String phase, String rule) {
        Fields told = statement(sql);
        assertThat(told.text("phase")).isEqualTo(phase);
        assertThat(told.text("verdict")).isEqualTo("DENY");
        assertThat(told.text("rule")).isEqualTo(rule);
        assertThat(told.text("refusedWith")).isEqualTo("42501");
        assertThat(told.has("outcome")).isFalse();
    }

    @Test
    void tellsWritesAndCopiesWithTheirRows() throws IOException {
        String insert = "INSERT INTO " + shelf.name() + " VALUES (4), (5)";
        String copyIn = "COPY " + shelf.name() + " FROM STDIN";
        String copyOut = "COPY " + shelf.name() + " TO STDOUT";
        try (RawClient client = gateway.rawClient("shop", agent)) {
            assertThat(client.query(insert).answers()).contains("C:INSERT 0 2");
            client.query(copyIn).flush().receiveUntil('G');
            assertThat(client.copyData("6\n7\n").copyData("8\n").copyDone().answers())
                    .contains("C:COPY 3");
            assertThat(client.query(copyOut).answers()).contains("C:COPY 8");
        }
        assertThat(statement(insert).object("outcome").text("commandTag")).isEqualTo("INSERT 0 2");
        Fields copied = statement(copyIn).object("outcome");
        assertThat(copied.text("commandTag")).isEqualTo("COPY 3");
        assertThat(copied.number("bytes")).isPositive();
        Fields copiedOut = statement(copyOut).object("outcome");
        assertThat(copiedOut.number("rows")).isEqualTo(8);
        assertThat(copiedOut.number("bytes")).isPositive();
    }

    /** Binary or text, masked as it was sent, page by page. */
    @Test
    void tellsWhatTheClientSaw() throws IOException, SQLException {
        String sql = "SELECT id, ssn FROM customers WHERE id <= 3 ORDER BY id";
        String copy = "COPY " + shelf.name() + " TO STDOUT";
        String ssn;
        try (RawClient client = gateway.rawClient("shop", agent)) {
            ssn = client.query(sql).flush().receiveUntil('Z').get(1).columns().get(1);
            client.query(copy).answers();
        }
        assertThat(ssn).startsWith("***");
        Fields read = statement(sql);
        String path = "/api/v1/sessions/" + read.text("session") + "/statements/" + read.number("number") + "/results";
        Fields page =
                Fields.of(gateway.api().get(path + "?size=2", dana.token()).body());
        assertThat(page.number("next")).isEqualTo(2);
        Fields result = page.objects("results").get(0);
        assertThat(result.text("kind")).isEqualTo("ROWS");
        assertThat(result.objects("columns"))
                .extracting(column -> column.text("name"))
                .containsExactly("id", "ssn");
        assertThat(gateway.api().get(path + "?size=2", dana.token()).body())
                .contains("[[\"1\",\"" + ssn + "\"],[\"2\",");
        Fields last = Fields.of(
                gateway.api().get(path + "?first=2&size=2", dana.token()).body());
        assertThat(last.has("next")).isFalse();
        assertThat(last.objects("results").get(0).text("commandTag")).isEqualTo("SELECT 3");

        Fields copied = statement(copy);
        String copies =
                "/api/v1/sessions/" + copied.text("session") + "/statements/" + copied.number("number") + "/results";
        assertThat(gateway.api().get(copies, dana.token()).body())
                .contains("\"COPY_OUT\"")
                .contains("COPY 3");
        assertThat(gateway.api().get(copies + "?first=x", dana.token()).statusCode())
                .isEqualTo(400);
        assertThat(gateway.api().get(copies, agent.token()).statusCode()).isIn(401, 403);
    }

    @Test
    void tellsWhatBecameOfAHeldStatement() throws IOException {
        String update = "UPDATE " + shelf.name() + " SET n = 0";
        String delete = "DELETE FROM " + shelf.name();
        String approved;
        String denied;
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.query(update).flush();
            approved = dana.awaitHeld(agent.name()).text("id");
            dana.approve(approved);
            client.receiveUntil('Z');
            client.query(delete).flush();
            denied = dana.awaitHeld(agent.name()).text("id");
            dana.deny(denied, "not today");
            client.receiveUntil('Z');
        }
        Fields updated = statement(update);
        assertThat(updated.text("verdict")).isEqualTo("PERMIT");
        assertThat(updated.text("approval")).isEqualTo(approved);
        assertThat(updated.text("rule")).isEqualTo("mass-change");
        assertThat(updated.object("outcome").text("commandTag")).isEqualTo("UPDATE 3");
        assertThat(updated.time("decided")).isAfter(updated.time("asked"));
        Fields refused = statement(delete);
        assertThat(refused.text("verdict")).isEqualTo("DENY");
        assertThat(refused.text("approval")).isEqualTo(denied);
        assertThat(refused.text("refusedWith")).isEqualTo("42501");
        assertThat(dana.approval(approved).text("decidedBy")).isEqualTo("dana");
        assertThat(dana.approval(denied).text("decisionReason")).isEqualTo("not today");
    }

    /** The statement of this test's only session with this text. */
    private Fields statement(String sql) {
        Fields session = dana.session(agent.name());
        return Eventually.finds(
                "the statement is on record with its outcome",
                Eventually.SOON,
                () -> dana.statements(session).stream()
                        .filter(statement -> statement.text("text").equals(sql))
                        .filter(statement -> statement.text("verdict").equals("DENY") || statement.has("outcome"))
                        .findFirst());
    }

    @Test
    void numbersAndKeepsTheOrderOfStatements() throws IOException {
        try (RawClient client = gateway.rawClient("shop", agent)) {
            for (int i = 0; i < 20; i++) {
                client.query("SELECT " + i);
            }
            client.flush();
            for (int i = 0; i < 20; i++) {
                client.receiveUntil('Z');
            }
        }
        List<Fields> statements = dana.statements(dana.session(agent.name()));
        assertThat(statements).extracting(statement -> statement.text("text")).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(statements.get(i).text("text")).isEqualTo("SELECT " + i);
            assertThat(statements.get(i).number("number")).isEqualTo(i + 1L);
        }
    }

    @Test
    void onlyAuditorsReadTheRecord() {
        assertThat(gateway.api().get("/api/v1/sessions").statusCode()).isEqualTo(401);
        assertThat(gateway.api()
                        .get("/api/v1/sessions", gateway.token("reporting-agent"))
                        .statusCode())
                .isIn(401, 403);
        assertThat(gateway.api().get("/api/v1/sessions", agent.token()).statusCode())
                .isIn(401, 403);
    }

    @Test
    void noTokenAndNoPasswordIsFoundAnywhere() throws IOException, SQLException {
        String password = "kohlrabi-and-leek";
        Agent operator = Agent.in(gateway, "operators");
        try (RawClient client = gateway.rawClient("shop", operator)) {
            client.query("CREATE ROLE nobody_at_all PASSWORD '" + password + "'")
                    .answers();
            client.query("SELECT 'unterminated").answers();
        }
        for (Forgery forgery : Forgery.values()) {
            String token = forgery.token(gateway.testIssuer(), "forger");
            assertThatThrownBy(() -> gateway.connect("shop", "forger", token).close());
        }
        List<String> secrets = new ArrayList<>(gateway.passwords());
        secrets.add(password);
        for (String token : List.of(operator.token(), agent.token(), dana.token())) {
            secrets.add(token.substring(token.lastIndexOf('.') + 1));
        }
        assertThat(tracesInTheStore(secrets)).as("tables of the store").isEmpty();
        assertThat(tracesInTheLogs(secrets)).as("files of the server").isEmpty();
        assertThat(tracesInTheApi(secrets)).as("the API's answers").isEmpty();
    }

    private List<String> tracesInTheStore(List<String> secrets) throws SQLException {
        List<String> traces = new ArrayList<>();
        String wanted = Stream.concat(
                        Stream.of("eyJ[A-Za-z0-9_-]{12,}"), secrets.stream().map(RecordIT::escaped))
                .collect(Collectors.joining("|"));
        try (Connection store =
                        gateway.store().connect("sallyport", gateway.store().superuser());
                Statement statement = store.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = statement.executeQuery("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                    + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            assertThat(tables).contains("public.statement", "public.session", "public.approval");
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery(
                        "SELECT count(*) FROM " + table + " AS t WHERE t::text ~ '" + wanted + "'")) {
                    if (rows.next() && rows.getLong(1) > 0) {
                        traces.add(table);
                    }
                }
            }
        }
        return traces;
    }

    /** As a pattern of PostgreSQL's: whatever is no letter, digit, hyphen or underscore stands for any character. */
    private static String escaped(String secret) {
        return secret.replaceAll("[^A-Za-z0-9_-]", ".");
    }

    private List<String> tracesInTheLogs(List<String> secrets) throws IOException {
        List<Path> logs;
        try (Stream<Path> files = Files.walk(gateway.serverFolder())) {
            logs = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*(/logs/.*|\\.log|javacore.*|\\.trc)"))
                    .toList();
        }
        assertThat(logs).isNotEmpty();
        return logs.stream()
                .filter(file -> tells(read(file), secrets))
                .map(Path::toString)
                .toList();
    }

    private List<String> tracesInTheApi(List<String> secrets) {
        List<String> paths = new ArrayList<>(List.of("/api/v1/sessions?size=200", "/api/v1/approvals?size=200"));
        Fields.of(gateway.api().get(paths.get(0), dana.token()).body()).objects("items").stream()
                .limit(60)
                .forEach(session -> {
                    paths.add("/api/v1/sessions/" + session.text("id"));
                    paths.add("/api/v1/sessions/" + session.text("id") + "/statements?size=200");
                });
        return paths.stream()
                .filter(path -> tells(gateway.api().get(path, dana.token()).body(), secrets))
                .toList();
    }

    private static boolean tells(String text, List<String> secrets) {
        return TOKEN.matcher(text).find() || secrets.stream().anyMatch(text::contains);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
