package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.sallyport.client.RawClient;

/** What is counted, at /metrics. */
@WithGateway
class MetricsIT {
    private static final String PATH = "/metrics";

    private final Gateway gateway;
    private final Person dana;

    MetricsIT(Gateway gateway) {
        this.gateway = gateway;
        dana = Person.dana(gateway);
    }

    private String read() {
        HttpResponse<String> answer = gateway.api().get(PATH, dana.token());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** @param labels as they stand in the text */
    private static double value(String metrics, String name, String labels) {
        Matcher line = Pattern.compile(
                        "(?m)^" + Pattern.quote(name) + "\\{[^}]*" + Pattern.quote(labels) + "[^}]*} (\\S+)")
                .matcher(metrics);
        assertThat(line.find()).as(name + " " + labels + " in " + metrics).isTrue();
        return Double.parseDouble(line.group(1));
    }

    private static double verdicts(String metrics, String verdict) {
        return value(metrics, "sallyport_statements_total", "verdict=\"" + verdict + "\"");
    }

    @Test
    void verdictsAreCounted() throws IOException, SQLException {
        Agent agent = Agent.in(gateway, "migration-agents");
        try (Shelf shelf = new Shelf(gateway);
                RawClient client = gateway.rawClient("shop", agent)) {
            String before = read();
            client.query("SELECT n FROM " + shelf.name()).answers();
            client.query("SELECT n FROM " + shelf.name()).answers();
            client.query("DROP DATABASE bench").answers();
            client.query("DELETE FROM " + shelf.name()).flush();
            dana.approve(dana.awaitHeld(agent.name()).text("id"));
            assertThat(client.answers()).contains("C:DELETE 3");

            String after = read();
            assertThat(verdicts(after, "permit") - verdicts(before, "permit")).isGreaterThanOrEqualTo(3);
            assertThat(verdicts(after, "deny") - verdicts(before, "deny")).isGreaterThanOrEqualTo(1);
            assertThat(verdicts(after, "hold") - verdicts(before, "hold")).isGreaterThanOrEqualTo(1);
            assertThat(value(after, "sallyport_questions_total", "outcome=\"answered\"")
                            - value(before, "sallyport_questions_total", "outcome=\"answered\""))
                    .isGreaterThanOrEqualTo(2);
            assertThat(value(after, "sallyport_cross_check_total", "outcome=\"disagreed\""))
                    .isEqualTo(value(before, "sallyport_cross_check_total", "outcome=\"disagreed\""));
            assertThat(after).doesNotContain(shelf.name(), agent.name());
        }
    }

    @Test
    void sessionsAreCounted() throws IOException {
        String before = read();
        try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, "migration-agents"))) {
            assertThat(client.query("SELECT 1").answers()).contains("D:[1]");
            String during = read();
            assertThat(value(during, "sallyport_sessions_total", "outcome=\"admitted\"")
                            - value(before, "sallyport_sessions_total", "outcome=\"admitted\""))
                    .isGreaterThanOrEqualTo(1);
            assertThat(value(during, "sallyport_sessions_open", "")).isGreaterThanOrEqualTo(1);
        }
        try (RawClient stranger = new RawClient(gateway.port())) {
            Agent nobody = Agent.in(gateway, "nobody");
            assertThat(stranger.login(nobody.name(), "shop", nobody.token()).toString())
                    .contains("3D000");
        }
        assertThat(value(read(), "sallyport_sessions_total", "outcome=\"rejected\"")
                        - value(before, "sallyport_sessions_total", "outcome=\"rejected\""))
                .isGreaterThanOrEqualTo(1);
        assertThat(value(read(), "sallyport_journal_lag", "")).isNotNegative();
    }

    @Test
    void checkpointsAndTheirAnchorsAreCounted() throws IOException {
        double before = value(read(), "sallyport_anchors_total", "outcome=\"kept\"");
        try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, "migration-agents"))) {
            client.query("SELECT 1").answers();
        }

        Eventually.holds(
                "an anchored checkpoint", () -> value(read(), "sallyport_anchors_total", "outcome=\"kept\"") > before);
        assertThat(value(read(), "sallyport_checkpoints_total", "outcome=\"written\""))
                .isPositive();
        assertThat(value(read(), "sallyport_anchors_total", "outcome=\"failed\""))
                .isZero();
    }

    @Test
    void onlyAuditorsReadThem() {
        assertThat(gateway.api().get(PATH).statusCode()).isEqualTo(401);
        assertThat(gateway.api().get(PATH, "not.a.token").statusCode()).isEqualTo(401);
        assertThat(gateway.api().get(PATH, gateway.token("migration-agent")).statusCode())
                .isIn(401, 403);
    }
}
