package org.sallyport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.demo.LibertyServer;
import org.sallyport.demo.Ports;

/** Denied and held statements, and the people who decide the held ones. */
@WithGateway
class GuardrailIT {
    private static final String PENDING = "pending";

    private final Gateway gateway;
    private final Person dana;
    private final Agent agent;
    private final Shelf shelf;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    GuardrailIT(Gateway gateway) throws SQLException {
        this.gateway = gateway;
        dana = Person.dana(gateway);
        agent = Agent.in(gateway, "migration-agents");
        shelf = new Shelf(gateway);
    }

    @AfterEach
    void clear() throws SQLException {
        threads.shutdownNow();
        shelf.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP DATABASE bench",
                "drop database if exists bench",
                "/* tidy */ DROP -- it\n DATABASE bench",
                "ALTER ROLE shop_gateway SUPERUSER",
                "ALTER SYSTEM SET log_statement = 'all'",
                "SELECT 1; DROP DATABASE bench"
            })
    void refusesWhatIsDeniedToEveryone(String sql) throws IOException {
        for (String group : List.of("migration-agents", "operators")) {
            try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, group))) {
                List<Message> answers = client.query(sql).flush().receiveUntil('Z');
                assertThat(answers).extracting(Message::type).containsExactly('E', 'Z');
                assertThat(answers.get(0).field('C')).contains("42501");
                assertThat(answers.get(0).field('D').orElse("")).contains("Rule \"no-drop-database\"");
                assertThat(answers.get(0).field('H').orElse("")).isNotBlank();
                assertThat(client.query("SELECT 1").answers()).contains("D:[1]", "Z:I");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM %s",
                "delete from public.%s where true",
                "DELETE FROM %s WHERE 1=1",
                "DELETE FROM %s WHERE 1 = 1 OR n = 2",
                "/* nightly */ -- clean\n DELETE /* all */ FROM %s",
                "WITH gone AS (DELETE FROM %s RETURNING n) SELECT count(*) FROM gone"
            })
    void holdsADeleteOfEverythingUntilAPersonApproves(String pattern) throws IOException, SQLException {
        String sql = pattern.formatted(shelf.name());
        for (boolean simple : new boolean[] {true, false}) {
            shelf.fill();
            try (RawClient client = gateway.rawClient("shop", agent)) {
                send(client, sql, simple);
                Fields held = assertHeld(client, sql);
                assertThat(shelf.count()).isEqualTo(3);
                assertThat(dana.approve(held.text("id")).statusCode()).isEqualTo(200);
                assertThat(client.receiveUntil('Z'))
                        .extracting(Message::type)
                        .contains('C')
                        .doesNotContain('E', '-');
                assertThat(shelf.count()).isZero();
                assertState("used", held);
            }
        }
    }

    private static void send(RawClient client, String sql, boolean simple) throws IOException {
        if (simple) {
            client.query(sql).flush();
        } else {
            client.parse("", sql)
                    .bind("", "")
                    .describe('P', "")
                    .execute("", 0)
                    .sync()
                    .flush();
        }
    }

    /** The client has been told what it waits for, and dana sees the very text. */
    private Fields assertHeld(RawClient client, String sql) throws IOException {
        Message notice = client.receiveUntil('N').stream()
                .filter(message -> message.type() == 'N')
                .findFirst()
                .orElseThrow();
        Fields held = dana.awaitHeld(agent.name());
        String id = held.text("id");
        assertThat(notice.field('M').orElse("")).contains(id);
        assertThat(notice.field('D').orElse("")).contains("mass-change");
        assertThat(notice.field('H').orElse("")).contains(gateway.api().url() + "/", id, "dba");
        assertThat(held.text("sql")).isEqualTo(sql);
        assertThat(held.text("connection")).isEqualTo("shop");
        assertThat(held.text("guardrail")).isEqualTo("mass-change");
        assertThat(held.texts("approverGroups")).containsExactly("dba");
        assertThat(held.texts("relations")).contains("public." + shelf.name());
        assertThat(dana.approval(id).text("state")).isEqualTo(PENDING);
        return held;
    }

    private void assertState(String state, Fields approval) {
        Eventually.holds(
                "approval is " + state,
                () -> dana.approval(approval.text("id")).text("state").equals(state));
    }

    @Test
    void holdsAQueryOfSeveralStatementsWhole() throws IOException, SQLException {
        String sql = "INSERT INTO %1$s VALUES (9); DELETE FROM %1$s".formatted(shelf.name());
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.query(sql).flush();
            Fields held = assertHeld(client, sql);
            assertThat(shelf.count()).isEqualTo(3);
            dana.approve(held.text("id"));
            assertThat(client.answers()).contains("C:INSERT 0 1", "C:DELETE 4", "Z:I");
        }
    }

    @Test
    void holdsInsideATransaction() throws IOException, SQLException {
        String sql = "DELETE FROM " + shelf.name();
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.query("BEGIN").answers();
            client.query("INSERT INTO " + shelf.name() + " VALUES (9)").answers();
            client.query(sql).flush();
            dana.approve(assertHeld(client, sql).text("id"));
            assertThat(client.answers()).contains("C:DELETE 4", "Z:T");
            assertThat(client.query("ROLLBACK").answers()).contains("Z:I");
            assertThat(shelf.count()).isEqualTo(3);
        }
    }

    @Test
    void showsTheApproverTheParametersAndRunsTheStatementExactlyOnce() throws Exception {
        String sql = "UPDATE " + shelf.name() + " SET n = n + $1";
        try (Connection connection = gateway.connect("shop", agent.name(), agent.token());
                PreparedStatement statement = connection.prepareStatement(sql.replace("$1", "?"))) {
            statement.setInt(1, 40);
            Future<Integer> updated = threads.submit(() -> statement.executeUpdate());
            Fields held = dana.awaitHeld(agent.name());
            assertThat(held.text("sql")).isEqualTo(sql);
            assertThat(held.texts("parameters")).containsExactly("40");
            assertThat(updated.isDone()).isFalse();
            dana.approve(held.text("id"));
            assertThat(updated.get(30, TimeUnit.SECONDS)).isEqualTo(3);
            assertThat(statement.getWarnings().getMessage()).contains(held.text("id"));
            assertThat(shelf.values()).containsExactly(41, 42, 43);
            assertState("used", held);
        }
    }

    @Test
    void anApprovalIsGoodForOneRun() throws Exception {
        String sql = "DELETE FROM " + shelf.name();
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.query(sql).flush();
            Fields first = assertHeld(client, sql);
            dana.approve(first.text("id"));
            client.receiveUntil('Z');
            shelf.fill();
            client.query(sql).flush();
            Fields second = assertHeld(client, sql);
            assertThat(second.text("id")).isNotEqualTo(first.text("id"));
            assertThat(dana.approve(first.text("id")).statusCode()).isEqualTo(409);
            assertThat(shelf.count()).isEqualTo(3);
            dana.deny(second.text("id"), "once is enough");
            client.receiveUntil('Z');
        }
    }

    /** It waits on one node, and the person's browser is led to another. */
    @Test
    void isDecidedOnAnyNode() throws Exception {
        int port = Ports.free();
        try (LibertyServer server = gateway.secondNode("third", port).start();
                Connection elsewhere = gateway.connectAt(port, "shop", agent);
                Statement statement = elsewhere.createStatement()) {
            assertThat(server.toString()).isNotEmpty();
            Future<Integer> deleted = threads.submit(() -> statement.executeUpdate("DELETE FROM " + shelf.name()));
            Fields held = dana.awaitHeld(agent.name());
            assertThat(dana.approve(held.text("id")).statusCode()).isEqualTo(200);
            assertThat(deleted.get(10, TimeUnit.SECONDS)).isEqualTo(3);
            assertState("used", held);
        }
    }

    @Test
    void tellsWhyAPersonDenied() throws IOException, SQLException {
        String sql = "DELETE FROM " + shelf.name();
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.query(sql).flush();
            Fields held = assertHeld(client, sql);
            assertThat(dana.deny(held.text("id"), "not before the audit").statusCode())
                    .isEqualTo(200);
            List<Message> answers = client.receiveUntil('Z');
            assertThat(answers).extracting(Message::type).containsExactly('E', 'Z');
            assertThat(answers.get(0).field('C')).contains("42501");
            assertThat(answers.get(0).field('D').orElse("")).contains("mass-change", "dana", "not before the audit");
            assertThat(client.query("SELECT 1").answers()).contains("D:[1]", "Z:I");
        }
        assertThat(shelf.count()).isEqualTo(3);
    }

    @Test
    void refusesWhatNobodyDecidesInTime() throws IOException, SQLException {
        shelf.makeView();
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.query("DROP VIEW " + shelf.viewName()).flush();
            Fields held = dana.awaitHeld(agent.name());
            List<Message> answers = client.receiveUntil('Z');
            assertThat(answers).extracting(Message::type).containsExactly('N', 'E', 'Z');
            assertThat(answers.get(1).field('C')).contains("42501");
            assertThat(answers.get(1).field('M').orElse("")).contains("in time");
            assertState("expired", held);
            assertThat(dana.approve(held.text("id")).statusCode()).isEqualTo(409);
        }
        assertThat(shelf.hasView()).isTrue();
    }

    @Test
    void withdrawsWhenTheClientLeaves() throws IOException, SQLException {
        String sql = "DELETE FROM " + shelf.name();
        Fields held;
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.query(sql).flush();
            held = assertHeld(client, sql);
        }
        assertState("withdrawn", held);
        assertThat(dana.approve(held.text("id")).statusCode()).isEqualTo(409);
        assertThat(shelf.count()).isEqualTo(3);
    }

    @Test
    void withdrawsWhenTheClientCancels() throws Exception {
        try (Connection connection = gateway.connect("shop", agent.name(), agent.token());
                Statement statement = connection.createStatement()) {
            Future<Boolean> running = threads.submit(() -> statement.execute("DELETE FROM " + shelf.name()));
            Fields held = dana.awaitHeld(agent.name());
            statement.cancel();
            assertThatThrownBy(() -> running.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refusal -> assertThat(refusal.getSQLState()).isEqualTo("57014"));
            assertState("withdrawn", held);
            assertThat(dana.approve(held.text("id")).statusCode()).isEqualTo(409);
            assertThat(connection.isValid(10)).isTrue();
        }
        assertThat(shelf.count()).isEqualTo(3);
    }

    @Test
    void letsPsqlWaitForItsApproval() throws Exception {
        Process psql = Programs.start(
                gateway.environment("shop", agent.name(), agent.token()), "psql", "-Xc", "DELETE FROM " + shelf.name());
        Fields held = dana.awaitHeld(agent.name());
        assertThat(shelf.count()).isEqualTo(3);
        dana.approve(held.text("id"));
        String output = new String(psql.getInputStream().readAllBytes(), UTF_8);
        assertThat(output).contains("NOTICE:", held.text("id"), "HINT:", "DELETE 3");
        assertThat(psql.waitFor()).isZero();
    }

    @Test
    void withdrawsWhenPsqlIsInterrupted() throws Exception {
        Process psql = Programs.start(
                gateway.environment("shop", agent.name(), agent.token()), "psql", "-Xc", "DELETE FROM " + shelf.name());
        Fields held = dana.awaitHeld(agent.name());
        assertThat(Programs.run(Map.of(), "kill", "-INT", Long.toString(psql.pid()))
                        .status())
                .isZero();
        String output = new String(psql.getInputStream().readAllBytes(), UTF_8);
        assertThat(output).contains("canceling statement due to user request");
        assertState("withdrawn", held);
        assertThat(shelf.count()).isEqualTo(3);
    }

    @Test
    void refusesTheReleaseWhenTheTableWasSwapped() throws IOException, SQLException {
        String sql = "DELETE FROM " + shelf.name();
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.query(sql).flush();
            Fields held = assertHeld(client, sql);
            shelf.swapTable();
            dana.approve(held.text("id"));
            assertSwapRefused(client);
        }
        assertThat(shelf.count()).isEqualTo(3);
    }

    @Test
    void refusesTheReleaseWhenTheViewWasSwapped() throws IOException, SQLException {
        shelf.makeView();
        String sql = "DELETE FROM " + shelf.viewName();
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.query(sql).flush();
            Fields held = dana.awaitHeld(agent.name());
            assertThat(client.receive().type()).isEqualTo('N');
            shelf.swapView();
            dana.approve(held.text("id"));
            assertSwapRefused(client);
        }
        assertThat(shelf.count()).isEqualTo(3);
        assertThat(shelf.otherCount()).isEqualTo(3);
    }

    private static void assertSwapRefused(RawClient client) throws IOException {
        List<Message> answers = client.receiveUntil('Z');
        assertThat(answers).extracting(Message::type).containsExactly('E', 'Z');
        assertThat(answers.get(0).field('C')).contains("42501");
        assertThat(answers.get(0).field('M').orElse("")).contains("changed");
    }

    @Test
    void nobodyApprovesWhatTheyAskedForThemselves() throws IOException, SQLException {
        Agent danaHerself = new Agent("dana", gateway.token("dana"));
        try (RawClient client = gateway.rawClient("shop", danaHerself)) {
            client.query("DELETE FROM " + shelf.name()).flush();
            Fields held = dana.awaitHeld("dana");
            HttpResponse<String> response = dana.approve(held.text("id"));
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(dana.deny(held.text("id"), "mine").statusCode()).isEqualTo(403);
            assertThat(dana.approval(held.text("id")).text("state")).isEqualTo(PENDING);
        }
        assertThat(shelf.count()).isEqualTo(3);
    }

    @Test
    void onlyApproversDecideAndOnlyOnce() throws IOException, SQLException {
        String sql = "DELETE FROM " + shelf.name();
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.query(sql).flush();
            Fields held = assertHeld(client, sql);
            String id = held.text("id");
            Api api = gateway.api();
            for (String token : List.of(gateway.token("migration-agent"), agent.token())) {
                assertThat(new Person(api, token).approve(id).statusCode()).isIn(401, 403);
                assertThat(api.get("/api/v1/approvals", token).statusCode()).isIn(401, 403);
            }
            assertThat(new Person(api, "").approve(id).statusCode()).isEqualTo(401);
            assertThat(api.get("/api/v1/approvals?state=pending").statusCode()).isEqualTo(401);
            assertThat(dana.approval(id).text("state")).isEqualTo(PENDING);

            assertThat(dana.deny(id, "no").statusCode()).isEqualTo(200);
            assertThat(dana.approve(id).statusCode()).isEqualTo(409);
            assertThat(dana.deny(id, "no").statusCode()).isEqualTo(409);
            client.receiveUntil('Z');
        }
        assertThat(shelf.count()).isEqualTo(3);
    }

    @Test
    void aRefusalAbortsTheTransactionAsPostgresWould() throws IOException, SQLException {
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.query("BEGIN").answers();
            client.query("INSERT INTO " + shelf.name() + " VALUES (4)").answers();
            assertThat(client.query("DROP DATABASE bench").answers()).containsExactly("E:42501", "Z:E");
            assertThat(client.query("SELECT 1").answers()).containsExactly("E:25P02", "Z:E");
            assertThat(client.parse("", "SELECT 1")
                            .bind("", "")
                            .execute("", 0)
                            .sync()
                            .answers())
                    .containsExactly("E:25P02", "Z:E");
            assertThat(client.query("ROLLBACK").answers()).containsExactly("C:ROLLBACK", "Z:I");
            assertThat(client.query("SELECT 1").answers()).contains("D:[1]", "Z:I");
        }
        assertThat(shelf.count()).isEqualTo(3);
    }

    @Test
    void aRefusalInAPipelineRollsBackWhatCameBeforeIt() throws IOException, SQLException {
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.parse("", "INSERT INTO " + shelf.name() + " VALUES (4)")
                    .bind("", "")
                    .execute("", 0);
            client.parse("", "DROP DATABASE bench").bind("", "").execute("", 0);
            client.parse("", "INSERT INTO " + shelf.name() + " VALUES (5)")
                    .bind("", "")
                    .execute("", 0)
                    .sync();
            assertThat(client.answers()).containsSubsequence("E:42501", "Z:I").doesNotContain("Z:E");
        }
        assertThat(shelf.count()).isEqualTo(3);
    }
}
