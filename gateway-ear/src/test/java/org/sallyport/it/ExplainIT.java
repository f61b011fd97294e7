package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the running gateway's policy says, asked over the API. */
@WithGateway
class ExplainIT {
    private static final String PATH = "/api/v1/policy/explain";

    private final Gateway gateway;
    private final Person dana;

    ExplainIT(Gateway gateway) {
        this.gateway = gateway;
        dana = Person.dana(gateway);
    }

    private HttpResponse<String> ask(String token, String json) {
        return gateway.api().post(PATH, token, json.replace('\'', '"'));
    }

    private static String question(String group, String sql) {
        return "{'identity': 'somebody', 'groups': ['" + group + "'], 'connection': 'shop', 'sql': '" + sql + "'}";
    }

    @Test
    void saysTheFactsTheRulesAndTheOneThatDecides() {
        HttpResponse<String> answer =
                ask(dana.token(), question("reporting-agents", "UPDATE orders SET status = $1 WHERE id = $2"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"roles\":[\"reporting\"]")
                .contains("\"source\":\"server\"")
                .contains("\"relation\":\"public.orders\"")
                .contains("\"UPDATE\":[\"status\"]")
                .contains("\"reaches\":[")
                .contains("\"opaque\":false")
                .contains("\"rule\":\"mass-change\",\"says\":\"does not apply: its condition does not hold\"")
                .contains("\"verdict\":\"deny\"")
                .contains("may not change table public.orders");
    }

    @Test
    void saysWhatRunsWhereAFunctionIsCalled() {
        HttpResponse<String> answer =
                ask(dana.token(), question("reporting-agents", "SELECT upper(name) FROM products"));

        assertThat(answer.body())
                .contains("\"function\":\"pg_catalog.upper\"")
                .contains("\"volatility\":\"IMMUTABLE\"")
                .contains("\"language\":\"internal\"")
                .contains("\"securityDefiner\":false");
    }

    @Test
    void aStatementThatWouldBeHeldIsNotHeld() {
        HttpResponse<String> answer =
                ask(dana.token(), question("migration-agents", "UPDATE orders SET status = status"));

        assertThat(answer.body()).contains("\"verdict\":\"hold\"").contains("\"rule\":\"mass-change\"");
        assertThat(gateway.api()
                        .get("/api/v1/approvals?state=pending", dana.token())
                        .body())
                .doesNotContain("SET status = status");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'identity': 'a', 'groups': [], 'connection': 'shop', 'sql': 'x', 'user': 'b'} | Unknown members: user.",
                "{'groups': [], 'connection': 'shop', 'sql': 'x'} | `identity` must be a text",
                "{'identity': 'a', 'groups': 'g', 'connection': 'shop', 'sql': 'x'} | `groups` must be a list of texts",
                "{'identity': 'a', 'groups': [], 'connection': 'shop', 'sql': 'x', 'at': 'noon'} | `at` must be a time",
                "[] | not a JSON object",
            })
    void saysWhatIsWrongWithTheQuestion(String json, String problem) {
        HttpResponse<String> answer = ask(dana.token(), json);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(problem);
    }

    @Test
    void onlyAuditorsMayAsk() {
        String question = question("reporting-agents", "SELECT 1");

        assertThat(ask(Agent.in(gateway, "reporting-agents").token(), question).statusCode())
                .isIn(401, 403);
        assertThat(ask("no token", question).statusCode()).isEqualTo(401);
    }
}
