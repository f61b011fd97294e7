package org.sallyport.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sallyport.identity.AdjustableClock;
import org.sallyport.record.GrantRecord.Given;
import org.sallyport.record.GrantRecord.Word;

class GrantBookTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private final AdjustableClock clock = new AdjustableClock(NOON);
    private final GrantBook book = new GrantBook(clock);
    private final Grant grant = new Grant(
            UUID.randomUUID(),
            Given.of("agent", "shop", "clear", List.of(), List.of("dba"), NOON.plusSeconds(5)),
            new Word(Optional.of("dana"), "a test", NOON),
            Optional.empty());

    @Test
    void isForThisIdentityOnThisConnection() {
        book.read(List.of(grant), NOON);
        assertThat(book.of("agent", "shop")).containsExactly(grant.granted());
        assertThat(book.of("Agent", "shop")).isEmpty();
        assertThat(book.of("agent", "bench")).isEmpty();
    }

    @Test
    void endsToTheMoment() {
        clock.advance(Duration.ofSeconds(5).minusNanos(1));
        book.read(List.of(grant), clock.instant());
        assertThat(book.of("agent", "shop")).hasSize(1);
        clock.advance(Duration.ofNanos(1));
        assertThat(book.of("agent", "shop")).isEmpty();
    }

    /** Since then it may have been taken back on another node. */
    @Test
    void isBelievedForASecond() {
        assertThat(book.isFresh()).isFalse();
        book.read(List.of(grant), NOON);
        clock.advance(Duration.ofMillis(999));
        assertThat(book.of("agent", "shop")).hasSize(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(book.of("agent", "shop")).isEmpty();
        assertThat(book.isFresh()).isFalse();
    }

    @Test
    void keepsTheNewerOfTwoAnswers() {
        clock.advance(Duration.ofMillis(10));
        book.read(List.of(grant), NOON.plusMillis(5));
        book.read(List.of(), NOON);
        assertThat(book.of("agent", "shop")).hasSize(1);
        book.read(List.of(), NOON.plusMillis(6));
        assertThat(book.of("agent", "shop")).isEmpty();
    }

    /** A clock that was set back does not make it younger. */
    @Test
    void isNotBelievedFromTheFuture() {
        book.read(List.of(grant), NOON.plusSeconds(2));
        assertThat(book.of("agent", "shop")).isEmpty();
        assertThat(book.isFresh()).isFalse();
    }

    @Test
    void forgetsWhatWasTakenBackHereWhateverTheStoreSays() {
        book.forget(grant.id());
        book.read(List.of(grant), NOON);
        assertThat(book.of("agent", "shop")).isEmpty();
    }
}
