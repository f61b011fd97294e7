package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.client.RawClient;

/** What an auditor finds, is told and takes away. */
@WithGateway
class RecordApiIT {
    private static final String MARKUP = "</script><img src=x onerror=alert(1)>\u202e\u2028";
    private static final String READ = "SELECT id, ssn FROM customers WHERE id <= 3 -- " + MARKUP;
    private static final String REFUSED = "SELECT id FROM customers ORDER BY ssn";
    private static final String FAILING = "SELECT 1 / (id - 1) FROM products";

    private final Gateway gateway;
    private final Person dana;
    private final Agent agent;

    RecordApiIT(Gateway gateway) {
        this.gateway = gateway;
        dana = Person.dana(gateway);
        agent = Agent.in(gateway, "migration-agents");
    }

    @BeforeEach
    void work() throws IOException {
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.query(READ).answers();
            client.query(REFUSED).answers();
            client.query(FAILING).answers();
            client.message('X', data -> {}).flush();
        }
        Eventually.holds(
                "the session has ended", () -> dana.session(agent.name()).has("ended"));
    }

    private String mine(String more) {
        return "?identity=" + encoded(agent.name()) + more;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private List<String> found(String more) {
        return dana.found("/api/v1/statements" + mine(more)).stream()
                .map(match -> match.object("statement").text("text"))
                .toList();
    }

    @Test
    void findsStatementsByWhatIsAsked() {
        assertThat(found("")).containsExactly(FAILING, REFUSED, READ);
        assertThat(found("&relation=public.customers")).containsExactly(REFUSED, READ);
        assertThat(found("&label=pii.ssn")).containsExactly(REFUSED, READ);
        assertThat(found("&verdict=DENY")).containsExactly(REFUSED);
        assertThat(found("&rule=masking")).containsExactly(REFUSED);
        assertThat(found("&sqlState=22012")).containsExactly(FAILING);
        assertThat(found("&sqlState=42501")).containsExactly(REFUSED);
        assertThat(found("&text=" + encoded("ORDER by SSN"))).containsExactly(REFUSED);
        assertThat(found("&text=" + encoded(".*"))).isEmpty();
        assertThat(found("&connection=bench")).isEmpty();
        assertThat(found("&to=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(found("&from=2020-01-01T00:00:00Z")).hasSize(3);
        assertThat(dana.found("/api/v1/sessions" + mine("&label=pii.ssn"))).hasSize(1);
        assertThat(dana.found("/api/v1/sessions" + mine("&label=pii.card"))).isEmpty();
    }

    @Test
    void goesOnBehindTheLastRow() {
        Fields first = dana.read("/api/v1/statements" + mine("&size=2"));
        assertThat(first.objects("items")).hasSize(2);
        Fields second = dana.read("/api/v1/statements" + mine("&size=2&after=" + first.text("next")));
        assertThat(second.objects("items"))
                .extracting(match -> match.object("statement").text("text"))
                .containsExactly(READ);
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void namesTheParameterThatIsWrong() {
        HttpResponse<String> response = get("/api/v1/statements?verdict=maybe", "application/json");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(Fields.of(response.body()).text("detail")).isEqualTo("verdict: expected PERMIT or DENY.");
        assertThat(get("/api/v1/sessions?page=1", "application/json").statusCode())
                .isEqualTo(400);
        assertThat(get("/api/v1/totals?by=age", "application/json").statusCode())
                .isEqualTo(400);
        for (String path : List.of("/timeline", "/export")) {
            assertThat(get("/api/v1/sessions/" + UUID.randomUUID() + path, "*/*")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void isForAuditorsOnly() {
        String session = "/api/v1/sessions/" + dana.session(agent.name()).text("id");
        for (String path :
                List.of("/api/v1/statements", session + "/timeline", session + "/export", "/api/v1/totals?by=label")) {
            assertThat(gateway.api().get(path).statusCode()).as(path).isEqualTo(401);
            assertThat(gateway.api().get(path, agent.token()).statusCode())
                    .as(path)
                    .isIn(401, 403);
        }
    }

    @Test
    void tellsASessionInOrder() {
        String id = dana.session(agent.name()).text("id");
        Fields page = dana.read("/api/v1/sessions/" + id + "/timeline?size=100");

        assertThat(page.objects("items"))
                .extracting(event -> event.text("event"))
                .containsExactly(
                        "started",
                        "asked",
                        "decided",
                        "completed",
                        "asked",
                        "decided",
                        "asked",
                        "decided",
                        "completed",
                        "ended");
        assertThat(page.objects("items").get(2).object("decided").texts("labels"))
                .containsExactly("pii.ssn");
        assertThat(page.objects("items").get(3).object("outcome").number("rows"))
                .isEqualTo(3);
    }

    @Test
    void addsUpWhatLeft() {
        Fields totals = dana.read("/api/v1/totals?by=identity");
        assertThat(totals.objects("items"))
                .filteredOn(total -> total.text("name").equals(agent.name()))
                .singleElement()
                .satisfies(total -> {
                    assertThat(total.number("statements")).isEqualTo(3);
                    assertThat(total.number("refusals")).isEqualTo(1);
                    assertThat(total.number("rows")).isGreaterThanOrEqualTo(3);
                    assertThat(total.number("bytes")).isPositive();
                });
        assertThat(dana.read("/api/v1/totals?by=label").objects("items"))
                .anySatisfy(total -> assertThat(total.text("name")).isEqualTo("pii.ssn"));
    }

    @Test
    void exportsRowsThatTheStoreHasInTheirPlaces() throws SQLException {
        String id = dana.session(agent.name()).text("id");
        HttpResponse<String> response = get("/api/v1/sessions/" + id + "/export", "*/*");
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/x-ndjson");
        List<Fields> lines = response.body().lines().map(Fields::of).toList();

        assertThat(lines)
                .extracting(line -> line.text("record"))
                .containsExactly(
                        "session",
                        "statement",
                        "outcome",
                        "result_chunk",
                        "statement",
                        "statement",
                        "outcome",
                        "result_chunk",
                        "session_end",
                        "end_of_export");
        assertThat(lines.get(1).text("text")).isEqualTo(READ);
        assertThat(lines.get(9).number("lines")).isEqualTo(9);
        for (Fields line : lines.subList(0, 9)) {
            assertThat(commitment(line)).isEqualTo(line.text("commitment"));
        }
    }

    private String commitment(Fields line) throws SQLException {
        try (Connection store =
                        gateway.store().connect("sallyport", gateway.store().superuser());
                PreparedStatement query = store.prepareStatement("SELECT commitment FROM " + line.text("record")
                        + " WHERE journal = ?::uuid AND sequence = ?")) {
            query.setString(1, line.text("journal"));
            query.setLong(2, line.number("sequence"));
            try (ResultSet row = query.executeQuery()) {
                assertThat(row.next()).isTrue();
                return HexFormat.of().formatHex(row.getBytes(1));
            }
        }
    }

    /** Without a network, by the keyboard, and whatever the statements try. */
    @Test
    void exportsAPageThatPlaysTheSession(@TempDir Path folder) throws IOException {
        String id = dana.session(agent.name()).text("id");
        HttpResponse<String> response = get("/api/v1/sessions/" + id + "/export", "text/html");
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(response.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"session-" + id + ".html\"");
        Path file = Files.writeString(folder.resolve("session.html"), response.body());

        try (ConsoleBrowser browser = ConsoleBrowser.open(gateway.api().url())) {
            Page page = browser.page();
            page.context().setOffline(true);
            page.navigate(file.toUri().toString());
            assertThat(page.locator("#session").textContent()).contains(agent.name(), "shop");
            assertThat(page.locator("#events li").count()).isEqualTo(1);
            page.keyboard().press("ArrowRight");
            assertThat(page.locator("#events li").count()).isEqualTo(2);
            assertThat(page.locator("#events pre").first().textContent())
                    .isEqualTo(READ.replace("\u202e", "\u27E8U+202E\u27E9").replace("\u2028", "\u27E8U+2028\u27E9"));
            page.keyboard().press("Home");
            page.keyboard().press("Space");
            page.locator("#events li").nth(9).waitFor();
            assertThat(page.locator("#events li.now").textContent()).contains("Session ended");
            assertThat(page.locator("#events li.bad").count()).isEqualTo(2);
            assertThat(page.locator("#events").innerText()).contains("id | ssn", "1 | ***");
            assertThat(page.locator("img").count()).isZero();
            assertThat(page.locator("body").innerText()).doesNotContain("incomplete");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void isSentToWhereTheOperatorWantsIt() {
        String session = "\"" + dana.session(agent.name()).text("id");
        List<Fields> events = Eventually.finds(
                "the session's end is sent",
                Eventually.SOON,
                () -> Optional.of(events(session)).filter(sent -> sent.size() == 7));

        assertThat(events)
                .extracting(event -> event.object("unmapped").text("event"))
                .containsExactly("session", "statement", "outcome", "statement", "statement", "outcome", "session_end");
        assertThat(events)
                .allSatisfy(event -> assertThat(event.number("class_uid")).isEqualTo(6005));
        assertThat(events.get(3).text("status_code")).isEqualTo("42501");
        assertThat(events.get(3).object("unmapped").texts("labels")).containsExactly("pii.ssn");
        assertThat(events.get(2).object("unmapped").number("rows")).isEqualTo(3);
    }

    private List<Fields> events(String session) {
        try {
            return Files.readAllLines(gateway.events()).stream()
                    .filter(line -> line.contains(session))
                    .map(Fields::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(String path, String accept) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.api().url() + path))
                .header("Authorization", "Bearer " + dana.token())
                .header("Accept", accept)
                .build();
        try {
            return gateway.api().client().send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
