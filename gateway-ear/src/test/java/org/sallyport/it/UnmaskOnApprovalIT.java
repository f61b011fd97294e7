package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
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

/** Results that a person lets an agent see in the clear, once, through the packaged gateway and its API. */
@WithGateway
class UnmaskOnApprovalIT {
    private static final String WISH = "/* sallyport: unmask pii.ssn */ ";
    private static final String QUERY = "SELECT ssn FROM customers WHERE id <= 2 ORDER BY id";

    private final Gateway gateway;
    private final Person dana;
    private final List<String> clear;
    private final List<String> masked;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    UnmaskOnApprovalIT(Gateway gateway) throws SQLException {
        this.gateway = gateway;
        dana = Person.dana(gateway);
        try (Connection direct = gateway.connectDirectly("shop")) {
            clear = run(direct, QUERY);
        }
        masked = clear.stream()
                .map(ssn -> "*".repeat(ssn.length() - 4) + ssn.substring(ssn.length() - 4))
                .toList();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static List<String> run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return read(statement.executeQuery(sql));
        }
    }

    private static List<String> read(ResultSet rows) throws SQLException {
        List<String> values = new ArrayList<>();
        while (rows.next()) {
            values.add(rows.getString(1));
        }
        return values;
    }

    private Connection connect(Agent agent) throws SQLException {
        return gateway.connect("shop", agent.name(), agent.token());
    }

    @Test
    void showsOneResultInTheClearAndAsksAgainForTheNext() throws Exception {
        Agent agent = Agent.in(gateway, "inquiring-agents");
        try (Connection connection = connect(agent);
                PreparedStatement statement = connection.prepareStatement(WISH + QUERY)) {
            Future<List<String>> first = threads.submit(() -> read(statement.executeQuery()));
            Fields held = dana.awaitHeld(agent.name());
            assertThat(held.text("guardrail")).isEqualTo("unmask pii.ssn");
            assertThat(held.text("sql")).isEqualTo(WISH + QUERY);
            assertThat(first.isDone()).isFalse();
            assertThat(dana.approve(held.text("id")).statusCode()).isEqualTo(200);
            assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(clear);
            assertThat(dana.approve(held.text("id")).statusCode()).isEqualTo(409);

            assertThat(run(connection, QUERY)).isEqualTo(masked);
            Future<List<String>> second = threads.submit(() -> read(statement.executeQuery()));
            Fields again = dana.awaitHeld(agent.name());
            assertThat(again.text("id")).isNotEqualTo(held.text("id"));
            assertThat(dana.deny(again.text("id"), "once was enough").statusCode())
                    .isEqualTo(200);
            assertRefused(second, "once was enough");
            assertThat(run(connection, QUERY)).isEqualTo(masked);
            assertOnRecord(agent, held.text("id"), again.text("id"));
        }
    }

    /** Who saw what, by whose word; and that the clear values themselves are nowhere in it. */
    private void assertOnRecord(Agent agent, String shown, String refused) {
        Fields session = dana.session(agent.name());
        List<Fields> wishes = dana.statements(session).stream()
                .filter(statement -> statement.has("approval"))
                .toList();
        assertThat(wishes)
                .extracting(wish -> wish.text("approval"), wish -> wish.text("verdict"), wish -> wish.text("rule"))
                .containsExactly(tuple(shown, "PERMIT", "unmask pii.ssn"), tuple(refused, "DENY", "unmask pii.ssn"));
        assertThat(wishes.get(0).texts("labels")).containsExactly("pii.ssn");
        assertThat(wishes.get(0).object("outcome").number("rows")).isEqualTo(2);
        assertThat(dana.approval(shown).text("decidedBy")).isEqualTo("dana");
        assertThat(dana.approval(shown).text("state")).isEqualTo("used");
        String results = dana.results(session, wishes.get(0));
        assertThat(results).doesNotContain(clear);
    }

    private static void assertRefused(Future<?> run, String because) {
        assertThatThrownBy(() -> run.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(SQLException.class, refusal -> {
                    assertThat(refusal.getSQLState()).isEqualTo("42501");
                    assertThat(refusal.getMessage()).contains(because);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void refusesWhatNobodyDecidesInTime(String mode) throws Exception {
        Agent agent = Agent.in(gateway, "hasty-agents");
        try (Connection connection =
                gateway.connect("shop", agent.name(), agent.token(), Map.of("preferQueryMode", mode))) {
            Future<List<String>> run = threads.submit(() -> run(connection, WISH + QUERY));
            Fields held = dana.awaitHeld(agent.name());
            assertRefused(run, "in time");
            assertThat(dana.approve(held.text("id")).statusCode()).isEqualTo(409);
            assertThat(dana.approval(held.text("id")).text("state")).isEqualTo("expired");
            assertThat(run(connection, QUERY)).isEqualTo(masked);
        }
    }

    @Test
    void nobodyAgreesToWhatTheyAskedForThemselves() throws Exception {
        Agent danaHerself = new Agent("dana", gateway.token("dana"));
        try (Connection connection = connect(danaHerself)) {
            Future<List<String>> run = threads.submit(() -> run(connection, WISH + QUERY));
            Fields held = dana.awaitHeld("dana");
            assertThat(dana.approve(held.text("id")).statusCode()).isEqualTo(403);
            assertThat(dana.approval(held.text("id")).text("state")).isEqualTo("pending");
            assertThat(run.isDone()).isFalse();
        }
    }

    @Test
    void isNotForWhoeverHasNoRightToAsk() throws Exception {
        Agent agent = Agent.in(gateway, "reporting-agents");
        try (Connection connection = connect(agent)) {
            Future<List<String>> run = threads.submit(() -> run(connection, WISH + QUERY));
            assertRefused(run, "no role gives the right to ask for label pii.ssn");
            assertThat(run(connection, QUERY)).isEqualTo(masked);
        }
    }
}
