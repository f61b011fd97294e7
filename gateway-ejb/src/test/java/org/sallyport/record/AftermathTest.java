package org.sallyport.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that a killed gateway has left open, on a real store. */
class AftermathTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123456Z");

    private final TestRecord record = TestRecord.open();
    private TestStore store;

    @BeforeEach
    void start() throws IOException {
        store = new TestStore();
    }

    @AfterEach
    void stop() throws IOException {
        store.close();
        record.close();
    }

    private UUID begin() {
        UUID session = UUID.randomUUID();
        CompletionStage<Void> unused = record.recorder()
                .begin(new SessionRecord(
                        session,
                        new SessionRecord.Caller("agent", Set.of()),
                        "shop",
                        "here",
                        NOW,
                        new SessionRecord.Versions("0.1", "abc")));
        return session;
    }

    private Aftermath aftermath(long before) {
        return new Aftermath(
                record.journal().id(),
                before,
                (journal, upTo) ->
                        store.factory().callInTransaction(entities -> new Ledger(entities).unended(journal, upTo)),
                record.recorder(),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private List<UUID> ended() {
        return record.entities().stream()
                .filter(SessionEndRecord.class::isInstance)
                .map(SessionEndRecord.class::cast)
                .filter(end -> end.reason().equals("GATEWAY_LOST"))
                .map(SessionEndRecord::session)
                .toList();
    }

    @Test
    void endsWhatWasLeftOpenAndNothingElse() {
        UUID open = begin();
        UUID closed = begin();
        CompletionStage<Void> unused = record.recorder().end(new SessionEndRecord(closed, NOW, "TERMINATED"));
        long before = record.journal().last();
        UUID later = begin();
        record.ship(store);

        Aftermath aftermath = aftermath(before);
        aftermath.look(before);
        aftermath.look(before);

        assertThat(ended()).containsExactly(open).doesNotContain(later);
    }

    @Test
    void waitsUntilTheStoreHasEverything() {
        UUID open = begin();
        long before = record.journal().last();
        Aftermath aftermath = aftermath(before);

        aftermath.look(before - 1);
        assertThat(ended()).isEmpty();

        record.ship(store);
        aftermath.look(before);
        assertThat(ended()).containsExactly(open);
    }

    @Test
    void looksAgainWhereTheStoreDoesNotAnswer() {
        UUID open = begin();
        int[] asked = {0};
        Aftermath aftermath = new Aftermath(
                record.journal().id(),
                1,
                (journal, upTo) -> {
                    if (asked[0]++ == 0) {
                        throw new IllegalStateException("the store is gone");
                    }
                    return List.of(open);
                },
                record.recorder(),
                Clock.fixed(NOW, ZoneOffset.UTC));

        aftermath.look(1);
        assertThat(ended()).isEmpty();
        aftermath.look(1);
        assertThat(ended()).containsExactly(open);
    }
}
