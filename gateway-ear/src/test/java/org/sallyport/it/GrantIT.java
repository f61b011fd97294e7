package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sallyport.demo.LibertyServer;
import org.sallyport.demo.Ports;

/** What a person gives somebody for a time, over the API of the packaged gateway, and how it ends. */
@WithGateway
class GrantIT {
    private static final String QUERY = "SELECT ssn FROM customers WHERE id = 1";
    private static final Duration WITHIN = Duration.ofSeconds(1);

    private final Gateway gateway;
    private final Person dana;
    private final Agent agent;
    private final String clear;
    private final String masked;

    GrantIT(Gateway gateway) throws SQLException {
        this.gateway = gateway;
        dana = Person.dana(gateway);
        agent = Agent.in(gateway, "inquiring-agents");
        try (Connection direct = gateway.connectDirectly("shop")) {
            clear = ssn(direct);
        }
        masked = "*".repeat(clear.length() - 4) + clear.substring(clear.length() - 4);
    }

    private static String ssn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            return row.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        return gateway.connect("shop", agent.name(), agent.token());
    }

    private HttpResponse<String> give(String identity, String what) {
        return gateway.api()
                .post(
                        "/api/v1/grants",
                        dana.token(),
                        "{\"identity\": \"%s\", \"connection\": \"shop\", \"reason\": \"case 7\", %s}"
                                .formatted(identity, what));
    }

    private Fields given(String what) {
        HttpResponse<String> response = give(agent.name(), what);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return Fields.of(response.body());
    }

    private void awaitSeen(Connection connection, String value) {
        Eventually.holds("it is seen as " + value.length() + " characters", WITHIN, () -> {
            try {
                return ssn(connection).equals(value);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void showsALabelInASessionThatRunsUntilItIsTakenBack() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement prepared = connection.prepareStatement(QUERY)) {
            assertThat(ssn(connection)).isEqualTo(masked);
            Fields grant = given("\"unmask\": [\"pii.ssn\"], \"seconds\": 600");
            assertThat(grant.text("state")).isEqualTo("active");
            assertThat(grant.text("grantedBy")).isEqualTo("dana");
            awaitSeen(connection, clear);
            for (int i = 0; i < 8; i++) {
                assertThat(first(prepared)).isEqualTo(clear);
            }

            String path = "/api/v1/grants/" + grant.text("id");
            assertThat(gateway.api().delete(path + "?reason=done", dana.token()).statusCode())
                    .isEqualTo(200);
            assertThat(gateway.api().delete(path + "?reason=done", dana.token()).statusCode())
                    .isEqualTo(409);
            assertThat(ssn(connection)).isEqualTo(masked);
            assertThat(first(prepared)).isEqualTo(masked);

            Fields listed = dana.read(path);
            assertThat(listed.text("state")).isEqualTo("revoked");
            assertThat(listed.text("endedBy")).isEqualTo("dana");
            assertThat(dana.statements(dana.session(agent.name())))
                    .extracting(statement -> statement.text("rule"))
                    .contains("inquiries")
                    .anyMatch(rule -> rule.endsWith("clear by grant " + grant.text("id")));
        }
    }

    private static String first(PreparedStatement prepared) throws SQLException {
        try (ResultSet row = prepared.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void endsByItselfAndThatIsOnRecord() throws SQLException {
        try (Connection connection = connect()) {
            Fields grant = given("\"unmask\": [\"pii.ssn\"], \"seconds\": 3");
            awaitSeen(connection, clear);
            while (Instant.now().isBefore(grant.time("until"))) {
                Thread.onSpinWait();
            }
            assertThat(ssn(connection)).isEqualTo(masked);
            Eventually.holds(
                    "its end is on record",
                    Duration.ofSeconds(15),
                    () -> dana.read("/api/v1/grants/" + grant.text("id")).has("endReason"));
            assertThat(dana.read("/api/v1/grants/" + grant.text("id")).text("state"))
                    .isEqualTo("ended");
        }
    }

    /** Somebody who has no other role is let in by it, and out again. */
    @Test
    void opensTheConnectionForItsTime() throws SQLException {
        Agent called = Agent.in(gateway, "emergency-agents");
        assertThatThrownBy(() -> gateway.connect("shop", called.name(), called.token()))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo("3D000"));
        HttpResponse<String> response = give(called.name(), "\"role\": \"clear\", \"seconds\": 600");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        String id = Fields.of(response.body()).text("id");
        try (Connection connection = gateway.connect("shop", called.name(), called.token())) {
            assertThat(ssn(connection)).isEqualTo(clear);
            assertThat(giveBack(id, called.token()).statusCode()).isEqualTo(204);
            Eventually.holds("the session is ended", Duration.ofSeconds(2), () -> {
                try {
                    return !connection.isValid(5);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        assertThat(dana.read("/api/v1/grants/" + id).text("endedBy")).isEqualTo(called.name());
    }

    private HttpResponse<String> giveBack(String id, String token) {
        return gateway.api().delete("/jobs/grants/" + id, token);
    }

    @Test
    void isGivenBackByTheJobItselfAndNobodyElse() throws SQLException {
        String id = given("\"unmask\": [\"pii.ssn\"], \"seconds\": 600").text("id");
        Agent other = Agent.in(gateway, "inquiring-agents");
        assertThat(giveBack(id, other.token()).statusCode()).isEqualTo(404);
        assertThat(giveBack(id, "no token").statusCode()).isEqualTo(401);
        assertThat(gateway.api().get("/jobs/grants/" + id).statusCode()).isEqualTo(405);
        try (Connection connection = connect()) {
            awaitSeen(connection, clear);
            assertThat(giveBack(id, agent.token()).statusCode()).isEqualTo(204);
            assertThat(ssn(connection)).isEqualTo(masked);
        }
        assertThat(giveBack(id, agent.token()).statusCode()).isEqualTo(409);
    }

    @Test
    void refusesWhatThePolicyDoesNotLetAnybodyGive() {
        assertThat(give("dana", "\"unmask\": [\"pii.ssn\"], \"seconds\": 60").statusCode())
                .isEqualTo(403);
        assertThat(List.of(
                        "\"unmask\": [\"pii.card\"], \"seconds\": 60",
                        "\"role\": \"support\", \"seconds\": 60",
                        "\"role\": \"clear\", \"seconds\": 3700",
                        "\"role\": \"clear\"",
                        "\"role\": \"clear\", \"seconds\": 60, \"until\": \"2030-01-01T00:00:00Z\"",
                        "\"seconds\": 60"))
                .allSatisfy(what ->
                        assertThat(give(agent.name(), what).statusCode()).isEqualTo(400));
        for (String token : List.of(agent.token(), gateway.token("migration-agent"), "")) {
            assertThat(gateway.api().get("/api/v1/grants", token).statusCode()).isIn(401, 403);
        }
    }

    /** Another node over the same store: what is given and taken back on one holds on the other within a second. */
    @Test
    void holdsOnEveryNode() throws SQLException, IOException {
        int port = Ports.free();
        try (LibertyServer server = gateway.secondNode("second", port).start();
                Connection elsewhere = gateway.connectAt(port, "shop", agent)) {
            assertThat(server.toString()).isNotEmpty();
            assertThat(ssn(elsewhere)).isEqualTo(masked);
            String id = given("\"unmask\": [\"pii.ssn\"], \"seconds\": 600").text("id");
            awaitSeen(elsewhere, clear);
            assertThat(gateway.api()
                            .delete("/api/v1/grants/" + id + "?reason=done", dana.token())
                            .statusCode())
                    .isEqualTo(200);
            awaitSeen(elsewhere, masked);
        }
    }
}
