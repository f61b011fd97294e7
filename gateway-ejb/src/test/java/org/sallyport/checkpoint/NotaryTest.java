package org.sallyport.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.sallyport.journal.JournalHead;
import org.sallyport.metric.Happening;

class NotaryTest {
    private static final Duration SECONDS = Duration.ofSeconds(10);
    private static final int RECORDS = 100;

    private final UUID journal = UUID.randomUUID();
    private final List<Checkpoint> recorded = new ArrayList<>();
    private final List<Checkpoint> anchored = new ArrayList<>();
    private final List<Happening> counted = new ArrayList<>();
    private final CheckpointSigner signer = Keys.signer();
    private CompletableFuture<Void> durable = CompletableFuture.completedFuture(null);
    private Instant now = Instant.parse("2026-11-20T10:00:00.123456789Z");
    private long last;
    private final Notary notary = new Notary(
            () -> new JournalHead(journal, last, new byte[] {(byte) last}),
            signer,
            new Notary.Ways(this::record, anchored::add),
            new Notary.Cadence(RECORDS, SECONDS),
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            },
            counted::add);

    private CompletableFuture<Void> record(Checkpoint checkpoint) {
        recorded.add(checkpoint);
        last++;
        return durable;
    }

    @Test
    void signsNothingWhereNothingWasRecorded() {
        notary.look();
        notary.close(Duration.ZERO);

        assertThat(recorded).isEmpty();
    }

    @Test
    void signsAtOnceWhatWasThereWhenItBegan() {
        last = 7;
        notary.look();

        assertThat(recorded).hasSize(1);
        assertThat(recorded.get(0).head().sequence()).isEqualTo(7);
        assertThat(new CheckpointKeys(List.of(signer.publicKey())).haveSigned(recorded.get(0)))
                .isTrue();
        assertThat(anchored).isEqualTo(recorded);
        assertThat(counted).containsExactly(Happening.CHECKPOINT_WRITTEN);
    }

    @Test
    void signsAgainAfterSoManyRecords() {
        begin();
        last += RECORDS - 1;
        notary.look();
        assertThat(recorded).hasSize(1);

        last++;
        notary.look();

        assertThat(recorded).hasSize(2);
    }

    @Test
    void signsAnyRecordAfterSoLong() {
        begin();
        last++;
        now = now.plus(SECONDS).minusMillis(1);
        notary.look();
        assertThat(recorded).hasSize(1);

        now = now.plusMillis(1);
        notary.look();

        assertThat(recorded).hasSize(2);
    }

    @Test
    void aClockThatIsSetBackHoldsNoCheckpointUp() {
        begin();
        last++;
        now = now.minusSeconds(86_400);
        notary.look();
        assertThat(recorded).hasSize(2);

        last++;
        notary.look();
        assertThat(recorded).hasSize(2);
        now = now.plus(SECONDS);
        notary.look();

        assertThat(recorded).hasSize(3);
    }

    @Test
    void signsNoCheckpointForItsOwnSake() {
        begin();
        now = now.plus(Duration.ofDays(1));
        notary.look();
        notary.close(Duration.ZERO);

        assertThat(recorded).hasSize(1);
    }

    @Test
    void signsTheRestAtItsEnd() {
        begin();
        last++;

        notary.close(Duration.ZERO);

        assertThat(recorded).hasSize(2);
    }

    @Test
    void anchorsOnlyWhatIsDurable() {
        durable = new CompletableFuture<>();
        begin();
        assertThat(anchored).isEmpty();

        durable.complete(null);

        assertThat(anchored).isEqualTo(recorded);
    }

    @Test
    void signsAgainWhereACheckpointWasNotRecorded() {
        durable = CompletableFuture.failedFuture(new IllegalStateException("full"));
        begin();
        assertThat(anchored).isEmpty();
        assertThat(counted).containsExactly(Happening.CHECKPOINT_FAILED);

        durable = CompletableFuture.completedFuture(null);
        now = now.plus(SECONDS);
        notary.look();

        assertThat(anchored).hasSize(1);
    }

    private void begin() {
        last++;
        notary.look();
        assertThat(recorded).hasSize(1);
    }
}
