package org.sallyport.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.sallyport.identity.AdjustableClock;

class RecorderTest {
    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-20T10:00:00Z"));
    private final Store store = new Store();
    private final Recorder recorder = new Recorder(store::write, clock);

    @Test
    void saysDurableOnlyAfterTheWrite() throws InterruptedException {
        CompletableFuture<Void> durable = recorder.intent("a").toCompletableFuture();
        assertThat(durable).isNotDone();

        recorder.write();

        assertThat(durable).isCompleted();
        assertThat(store.rows).containsExactly("a");
    }

    @Test
    void writesWhatWaitsInOneTransactionAndInOrder() throws InterruptedException {
        for (String entity : List.of("a", "b", "c")) {
            var unused = recorder.intent(entity);
        }

        recorder.write();

        assertThat(store.transactions).containsExactly(List.of("a", "b", "c"));
    }

    @Test
    void boundsATransaction() throws InterruptedException {
        for (int i = 0; i <= Recorder.LARGEST_BATCH; i++) {
            var unused = recorder.intent("row " + i);
        }

        recorder.write();

        assertThat(store.rows).hasSize(Recorder.LARGEST_BATCH);
    }

    @Test
    void failsIntentsAtOnceWhileTheStoreIsAway() throws InterruptedException {
        store.away = true;
        CompletionStage<Void> intent = recorder.intent("a");

        recorder.write();

        assertThat(intent.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void recoversByItself() throws InterruptedException {
        store.away = true;
        var unused = recorder.intent("a");
        recorder.write();
        store.away = false;
        CompletionStage<Void> intent = recorder.intent("b");

        recorder.write();

        assertThat(intent.toCompletableFuture()).isCompleted();
        assertThat(store.rows).containsExactly("b");
    }

    @Test
    void writesAnOutcomeOnceTheStoreIsBack() throws InterruptedException {
        store.away = true;
        CompletionStage<Void> outcome = recorder.outcome("a");
        recorder.write();
        assertThat(outcome.toCompletableFuture()).isNotDone();
        store.away = false;

        recorder.write();

        assertThat(outcome.toCompletableFuture()).isCompleted();
        assertThat(store.rows).containsExactly("a");
    }

    @Test
    void writesAnOutcomeOnlyOnceThoughTheFirstCommitsAnswerWasLost() throws InterruptedException {
        store.loseAnswer = true;
        CompletionStage<Void> outcome = recorder.outcome("a");
        recorder.write();
        store.loseAnswer = false;

        recorder.write();

        assertThat(outcome.toCompletableFuture()).isCompleted();
        assertThat(store.rows).containsExactly("a");
    }

    @Test
    void givesAnOutcomeUpAfterAWhile() throws InterruptedException {
        store.away = true;
        CompletionStage<Void> outcome = recorder.outcome("a");
        recorder.write();
        clock.advance(Recorder.PATIENCE);

        recorder.write();

        assertThat(outcome.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void letsABadRowFailAlone() throws InterruptedException {
        CompletionStage<Void> first = recorder.intent("a");
        CompletionStage<Void> bad = recorder.outcome("bad");
        CompletionStage<Void> last = recorder.intent("b");

        recorder.write();

        assertThat(first.toCompletableFuture()).isCompleted();
        assertThat(bad.toCompletableFuture()).isCompletedExceptionally();
        assertThat(last.toCompletableFuture()).isCompleted();
    }

    @Test
    void refusesPastItsBound() {
        for (int i = 0; i < Recorder.LONGEST_QUEUE; i++) {
            var unused = recorder.intent("row");
        }

        assertThat(recorder.intent("one more").toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void failsWhatStillWaitsWhenItCloses() {
        CompletionStage<Void> intent = recorder.intent("a");

        recorder.close();

        assertThat(intent.toCompletableFuture()).isCompletedExceptionally();
        assertThat(recorder.intent("b").toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void writesOnItsThreadUntilInterrupted() throws InterruptedException {
        Thread writer = new Thread(recorder);
        writer.start();
        recorder.intent("a").toCompletableFuture().join();

        writer.interrupt();
        writer.join();

        assertThat(store.rows).containsExactly("a");
        assertThat(recorder.intent("b").toCompletableFuture()).isCompletedExceptionally();
    }

    /** A store that can be away, lose its answer, or dislike a row. */
    private static final class Store {
        private final List<List<String>> transactions = new ArrayList<>();
        private final List<String> rows = new ArrayList<>();
        private final Set<String> stored = new HashSet<>();
        private boolean away;
        private boolean loseAnswer;

        void write(List<Row> batch) {
            List<String> names =
                    batch.stream().map(row -> (String) row.entity()).toList();
            if (away) {
                throw new IllegalStateException(new SQLException("connection refused", "08001"));
            }
            if (names.contains("bad")) {
                throw new IllegalStateException(new SQLException("invalid value", "22021"));
            }
            transactions.add(names);
            for (Row row : batch) {
                if (stored.add((String) row.entity()) || !row.maybeThere()) {
                    rows.add((String) row.entity());
                }
            }
            if (loseAnswer) {
                throw new IllegalStateException(new SQLException("connection lost", "08006"));
            }
        }
    }
}
