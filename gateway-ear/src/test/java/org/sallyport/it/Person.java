package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A person at the API: reads the record, and decides what waits. */
record Person(Api api, String token) {
    private static final Duration HELD_WITHIN = Duration.ofSeconds(20);

    static Person dana(Gateway gateway) {
        return new Person(gateway.api(), gateway.token("dana"));
    }

    /** The sessions of an identity, the youngest first. */
    List<Fields> sessions(String identity) {
        return found("/api/v1/sessions?identity=" + URLEncoder.encode(identity, StandardCharsets.UTF_8));
    }

    /** The one session of an identity. */
    Fields session(String identity) {
        List<Fields> sessions = sessions(identity);
        assertThat(sessions).hasSize(1);
        return sessions.get(0);
    }

    String youngestSession() {
        return read("/api/v1/sessions?size=1").objects("items").stream()
                .map(session -> session.text("id"))
                .findFirst()
                .orElse("");
    }

    List<Fields> statements(Fields session) {
        return all("/api/v1/sessions/" + session.text("id") + "/statements");
    }

    /** What is on record of a statement's result, as it is answered. */
    String results(Fields session, Fields statement) {
        String path =
                "/api/v1/sessions/%s/statements/%d/results".formatted(session.text("id"), statement.number("number"));
        return api.get(path, token).body();
    }

    /** What waits of a requester's, once it waits. */
    Fields awaitHeld(String requester) {
        return Eventually.finds("an approval of " + requester + " is pending", HELD_WITHIN, () -> held(requester));
    }

    Optional<Fields> held(String requester) {
        return all("/api/v1/approvals?state=pending").stream()
                .filter(approval -> approval.text("requester").equals(requester))
                .findFirst();
    }

    Fields approval(String id) {
        return read("/api/v1/approvals/" + id);
    }

    HttpResponse<String> approve(String id) {
        return decide(id, "approve", "agreed");
    }

    HttpResponse<String> deny(String id, String reason) {
        return decide(id, "deny", reason);
    }

    private HttpResponse<String> decide(String id, String how, String reason) {
        return api.post("/api/v1/approvals/" + id + "/" + how, token, "{\"reason\": \"" + reason + "\"}");
    }

    /** All pages of a search. */
    List<Fields> found(String path) {
        List<Fields> items = new ArrayList<>();
        Fields page = read(path + "&size=200");
        items.addAll(page.objects("items"));
        while (page.has("next")) {
            page = read(path + "&size=200&after=" + page.text("next"));
            items.addAll(page.objects("items"));
        }
        return items;
    }

    private List<Fields> all(String path) {
        List<Fields> items = new ArrayList<>();
        Optional<Long> next = Optional.of(0L);
        while (next.isPresent()) {
            Fields page = read(path + (path.contains("?") ? "&" : "?") + "size=200&page=" + next.get());
            items.addAll(page.objects("items"));
            next = page.has("next") ? Optional.of(page.number("next")) : Optional.empty();
        }
        return items;
    }

    Fields read(String path) {
        HttpResponse<String> response = api.get(path, token);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Fields.of(response.body());
    }

    @Override
    public String toString() {
        return "Person";
    }
}
