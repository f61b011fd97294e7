package org.sallyport.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.sallyport.checkpoint.Checkpoint;
import org.sallyport.contract.ResultChunk;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.journal.JournalHead;

/** What is read back is what was recorded. */
class RecordFormatTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @RepeatedTest(50)
    void readsBackAnySession() {
        SessionRecord session = new SessionRecord(
                id(),
                new SessionRecord.Caller(text(), List.of(text(), text())),
                text(),
                text(),
                instant(),
                new SessionRecord.Versions(text(), text()));

        assertSame(session, RecordFormat.decode(RecordFormat.encode(session)));
    }

    @RepeatedTest(50)
    void readsBackAnyStatement() {
        StatementRecord statement = new StatementRecord(
                new StatementKey(id(), random.nextLong()),
                new StatementRecord.Asked(text(), text(), Arrays.asList(text(), null, text()), instant()),
                new StatementRecord.Decided(
                        List.of(text()), text(), text(), held(), Optional.ofNullable(maybe()), instant()),
                new StatementRecord.Touched(
                        random.nextBoolean() ? List.of() : List.of(text(), text()),
                        random.nextBoolean() ? List.of() : List.of(text())));

        assertSame(statement, RecordFormat.decode(RecordFormat.encode(statement)));
    }

    private Optional<StatementRecord.Held> held() {
        return switch (random.nextInt(3)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new StatementRecord.Held(id()));
            default -> Optional.of(new StatementRecord.Held(id(), Optional.of(text()), Optional.of(text())));
        };
    }

    /** Journals that were written before have it. */
    @Test
    void writesAStatementThatTouchesNothingAsItAlwaysDid() {
        StatementKey key = new StatementKey(id(), 1);
        var asked = new StatementRecord.Asked("QUERY", "BEGIN", List.of(), instant());
        var decided = new StatementRecord.Decided(
                List.of("BEGIN"), "rule", "abc", Optional.empty(), Optional.empty(), instant());
        byte[] old = RecordFormat.encode(new StatementRecord(key, asked, decided));
        byte[] touching = RecordFormat.encode(
                new StatementRecord(key, asked, decided, new StatementRecord.Touched(List.of("public.a"), List.of())));

        assertThat((char) old[0]).isEqualTo('q');
        assertThat((char) touching[0]).isEqualTo('t');
        assertThat(Arrays.copyOfRange(touching, 1, old.length)).isEqualTo(Arrays.copyOfRange(old, 1, old.length));
        assertThat(touching).hasSize(old.length + 4 + 4 + "public.a".length() + 4);
    }

    @RepeatedTest(50)
    void readsBackAnyOutcome() {
        OutcomeRecord outcome = new OutcomeRecord(
                id(),
                new StatementOutcome(
                        random.nextLong(),
                        text(),
                        Optional.ofNullable(maybe()),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextBoolean() ? Map.of() : Map.of("card", 1L, "a=b", random.nextLong()),
                        Duration.of(random.nextInt(), ChronoUnit.MICROS)),
                instant());

        assertSame(outcome, RecordFormat.decode(RecordFormat.encode(outcome)));
    }

    @RepeatedTest(20)
    void readsBackAnyPartOfAResult() {
        byte[] messages = random.nextBoolean() ? bytes(random.nextInt(2000)) : new byte[random.nextInt(40_000)];
        ResultChunkRecord chunk = new ResultChunkRecord(
                id(),
                new ResultChunk(random.nextLong(), random.nextInt(), random.nextLong(), random.nextLong(), messages),
                instant());

        Object read = RecordFormat.decode(RecordFormat.encode(chunk));

        assertSame(chunk, read);
        assertThat(Compression.undone(((ResultChunkRecord) read).content(), 40_000))
                .as("seed %d", seed)
                .isEqualTo(messages);
    }

    @Test
    void whatIsTheSameOverAndOverIsKeptSmall() {
        ResultChunkRecord chunk =
                new ResultChunkRecord(id(), new ResultChunk(1, 1, 1, 1, new byte[32 * 1024]), instant());

        assertThat(RecordFormat.encode(chunk).length).isLessThan(300);
        assertThatThrownBy(() -> Compression.undone(chunk.content(), 1000))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @RepeatedTest(10)
    void readsBackAnyEnd() {
        SessionEndRecord end = new SessionEndRecord(id(), instant(), text());

        assertSame(end, RecordFormat.decode(RecordFormat.encode(end)));
    }

    @RepeatedTest(10)
    void readsBackAnyCheckpoint() {
        JournalHead head = new JournalHead(id(), random.nextLong(), bytes(32));
        Checkpoint checkpoint = new Checkpoint(head, instant(), new Checkpoint.Signature(text(), bytes(64)));

        assertSame(checkpoint, RecordFormat.decode(RecordFormat.encode(checkpoint)));
    }

    @RepeatedTest(20)
    void readsBackAnyPurge() {
        PurgeRecord purge = new PurgeRecord(
                id(),
                new PurgeRecord.Scope(Optional.ofNullable(maybe()), Optional.ofNullable(maybe()), instant()),
                new PurgeRecord.Taken(random.nextLong(), bytes(32)),
                random.nextBoolean() ? List.of() : List.of(text(), text()),
                new PurgeRecord.Order(Optional.ofNullable(maybe()), text(), instant()));

        assertSame(purge, RecordFormat.decode(RecordFormat.encode(purge)));
    }

    @RepeatedTest(20)
    void readsBackAnyHold() {
        HoldRecord hold = new HoldRecord(
                id(),
                random.nextBoolean() ? HoldRecord.Act.HOLD : HoldRecord.Act.RELEASE,
                new HoldRecord.Scope(
                        random.nextBoolean() ? Optional.of(id()) : Optional.empty(), Optional.ofNullable(maybe())),
                new HoldRecord.Word(text(), text(), instant()));

        assertSame(hold, RecordFormat.decode(RecordFormat.encode(hold)));
    }

    @RepeatedTest(20)
    void readsBackAnyGrant() {
        GrantRecord grant = new GrantRecord(
                id(),
                GrantRecord.Act.values()[random.nextInt(3)],
                GrantRecord.Given.of(
                        text(),
                        text(),
                        text(),
                        random.nextBoolean() ? List.of() : List.of(text(), text()),
                        List.of(text()),
                        instant()),
                new GrantRecord.Word(Optional.ofNullable(maybe()), text(), instant()));

        assertSame(grant, RecordFormat.decode(RecordFormat.encode(grant)));
    }

    @Test
    void refusesWhatIsNoRecord() {
        assertThatThrownBy(() -> RecordFormat.decode(new byte[] {'?'})).hasMessageContaining("unknown kind");
        byte[] cut = RecordFormat.encode(new SessionEndRecord(id(), instant(), "an end"));
        assertThatThrownBy(() -> RecordFormat.decode(Arrays.copyOf(cut, cut.length - 1)))
                .isInstanceOf(RuntimeException.class);
    }

    private void assertSame(Object expected, Object read) {
        assertThat(read).as("seed %d", seed).usingRecursiveComparison().isEqualTo(expected);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private Instant instant() {
        return Instant.EPOCH.plus(random.nextLong() >> 12, ChronoUnit.MICROS);
    }

    private @Nullable String maybe() {
        return random.nextBoolean() ? text() : null;
    }

    private String text() {
        return random.ints(random.nextInt(700), 1, 0x2FFF)
                .filter(Character::isDefined)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
