package org.sallyport.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.journal.Durability;
import org.sallyport.journal.Journal;
import org.sallyport.journal.JournalSettings;

class ShipperTest {
    private static final Duration LINGER = Duration.ofMillis(5);

    @TempDir
    private Path folder;

    private final MemoryStore store = new MemoryStore();
    private Journal journal;
    private Recorder recorder;
    private Shipper shipper;

    @BeforeEach
    void open() throws IOException {
        journal = Journal.open(new JournalSettings(folder, Durability.OS, 1 << 20, 64 * 1024, Duration.ofMinutes(1)));
        recorder = new Recorder(journal);
        shipper = new Shipper(journal, store, LINGER);
    }

    @AfterEach
    void close() {
        shipper.close();
        journal.close();
    }

    @Test
    void shipsInOrderAndReleases() {
        end("one");
        end("two");

        assertThat(shipper.ship()).isEqualTo(LINGER);

        assertThat(store.reasons()).containsExactly("one", "two");
        assertThat(shipper.lag()).isZero();
    }

    @Test
    void shipsNothingTwice() {
        end("one");
        shipper.ship();
        end("two");

        shipper.ship();
        new Shipper(journal, store, LINGER).ship();

        assertThat(store.reasons()).containsExactly("one", "two");
    }

    @Test
    void goesOnWhereTheStoreIs() {
        end("one");
        shipper.ship();
        end("two");
        Shipper another = new Shipper(journal, store, LINGER);

        another.ship();

        assertThat(store.reasons()).containsExactly("one", "two");
    }

    @Test
    void keepsWhatTheStoreDoesNotTakeAndTriesAgainLater() {
        store.away = true;
        end("one");
        Duration first = shipper.ship();
        end("two");
        Duration second = shipper.ship();
        assertThat(first).isPositive();
        assertThat(second).isGreaterThan(first);
        assertThat(shipper.lag()).isEqualTo(2);

        store.away = false;
        shipper.ship();
        shipper.ship();

        assertThat(store.reasons()).containsExactly("one", "two");
    }

    @Test
    void isNotHeldUpByALostAnswer() {
        store.losesAnswers = true;
        end("one");
        shipper.ship();
        store.losesAnswers = false;

        for (int i = 0; i < 3; i++) {
            shipper.ship();
        }

        assertThat(store.reasons()).containsExactly("one");
        assertThat(shipper.lag()).isZero();
    }

    @Test
    void keepsARecordThatNoTableTakesAsAStray() {
        end("one");
        end("bad");
        end("three");

        shipper.ship();

        assertThat(store.reasons()).containsExactly("one", "three");
        assertThat(store.strays).containsExactly(2L);
        assertThat(shipper.lag()).isZero();
    }

    /** As of another version: those behind it must not wait for ever. */
    @Test
    void keepsARecordThatCannotBeReadAsAStray() {
        end("one");
        var unknown = journal.append(new byte[] {'?', 1}, true);
        var torn = journal.append(new byte[] {'e', 1}, true);
        end("with a \0");
        end("five");

        shipper.ship();

        assertThat(List.of(unknown, torn))
                .allMatch(recorded -> recorded.toCompletableFuture().isDone());
        assertThat(store.reasons()).containsExactly("one", "five");
        assertThat(store.strays).containsExactly(2L, 3L, 4L);
        assertThat(shipper.lag()).isZero();
    }

    @Test
    void shipsNothingOfAJournalThatWasSetBack() {
        end("one");
        end("two");
        shipper.ship();
        Shipped both = store.shipped(journal.id());
        store.shipped.put(journal.id(), new Shipped(3, both.chain()));
        Shipper afterwards = new Shipper(journal, store, LINGER);
        afterwards.ship();
        assertThat(afterwards.lag())
                .as("while it has fewer records than the store")
                .isEqualTo(2);

        for (String reason : List.of("another three", "four", "five")) {
            end(reason);
        }
        afterwards.ship();

        assertThat(store.reasons()).as("also once it has more").containsExactly("one", "two");
    }

    /** Two gateways on copies of one folder: the second one's records are not those that the store expects. */
    @Test
    void shipsNothingOfACopyThatWentAnotherWay() {
        end("one");
        shipper.ship();
        Shipped one = store.shipped(journal.id());
        store.shipped.put(journal.id(), new Shipped(1, new byte[one.chain().length]));
        end("two");

        new Shipper(journal, store, LINGER).ship();

        assertThat(store.reasons()).containsExactly("one");
    }

    /** Where the store is waited for, what is flushed is shipped at once. */
    @Test
    void hurriesWhereTheStoreIsWaitedFor(@TempDir Path another) throws Exception {
        try (Journal waited = Journal.open(
                new JournalSettings(another, Durability.STORE, 1 << 20, 64 * 1024, Duration.ofMinutes(1)))) {
            Shipper patient = new Shipper(waited, store, Duration.ofDays(1));
            waited.afterFlush(patient::hurry);
            List<Thread> threads = List.of(new Thread(waited), new Thread(patient));
            threads.forEach(Thread::start);
            for (int i = 0; i < 50; i++) {
                new Recorder(waited)
                        .end(new SessionEndRecord(UUID.randomUUID(), Instant.EPOCH, "end " + i))
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS);
            }
            assertThat(store.reasons()).hasSize(50);
            patient.close();
            waited.close();
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    @Test
    void catchesUpWhenAsked() throws InterruptedException {
        Thread thread = new Thread(shipper);
        thread.start();
        for (int i = 0; i < 100; i++) {
            end("end " + i);
            assertThat(shipper.catchUp(Duration.ofSeconds(30))).isTrue();
            assertThat(store.reasons()).hasSize(i + 1);
        }
        shipper.close();
        thread.join();
    }

    @Test
    void saysThatItHasNotCaughtUp() {
        end("one");

        assertThat(shipper.catchUp(Duration.ofMillis(1))).isFalse();
    }

    /** Whatever fails, and when, the store has all records once and in order. */
    @Test
    void losesAndDoublesNothingWhateverFails() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>();
        for (int round = 0; round < 300; round++) {
            for (int i = random.nextInt(4); i > 0; i--) {
                expected.add("end " + expected.size());
                end(expected.get(expected.size() - 1));
            }
            store.away = random.nextInt(3) == 0;
            store.losesAnswers = random.nextInt(3) == 0;
            if (random.nextInt(5) == 0) {
                shipper = new Shipper(journal, store, LINGER);
            }
            shipper.ship();
        }
        store.away = false;
        store.losesAnswers = false;
        for (int i = 0; i < 3; i++) {
            shipper.ship();
        }

        assertThat(store.reasons()).as("seed %d", seed).isEqualTo(expected);
    }

    private void end(String reason) {
        assertThat(recorder.end(new SessionEndRecord(UUID.randomUUID(), Instant.EPOCH, reason))
                        .toCompletableFuture())
                .isCompleted();
    }

    /** A store on the heap that can be away, and whose answers can be lost. */
    private static final class MemoryStore implements Shipper.Store {
        private final List<Object> entities = new ArrayList<>();
        private final List<Long> strays = new ArrayList<>();
        private final Map<UUID, Shipped> shipped = new HashMap<>();
        private boolean away;
        private boolean losesAnswers;

        @Override
        public synchronized Shipped shipped(UUID journal) {
            requireThere();
            return shipped.getOrDefault(journal, Shipped.NOTHING);
        }

        @Override
        public synchronized void take(Shipment shipment) {
            requireThere();
            if (shipment.all(SessionEndRecord.class).stream()
                    .anyMatch(end -> end.row().reason().equals("bad"))) {
                throw new IllegalStateException(new SQLException("a bad row", "22000"));
            }
            advance(shipment);
            shipment.records().forEach(carried -> entities.add(carried.row()));
            answer();
        }

        @Override
        public synchronized void takeStray(Shipment shipment, String why) {
            requireThere();
            advance(shipment);
            strays.add(shipment.through().sequence());
            answer();
        }

        private void advance(Shipment shipment) {
            if (shipped.getOrDefault(shipment.journal(), Shipped.NOTHING).sequence() != shipment.after()) {
                throw new IllegalStateException("not the next shipment");
            }
            shipped.put(shipment.journal(), shipment.through());
        }

        private void requireThere() {
            if (away) {
                throw new IllegalStateException(new SQLException("away", "08006"));
            }
        }

        private void answer() {
            if (losesAnswers) {
                throw new IllegalStateException(new SQLException("the answer is lost", "08006"));
            }
        }

        synchronized List<String> reasons() {
            return entities.stream()
                    .map(entity -> ((SessionEndRecord) entity).reason())
                    .toList();
        }
    }
}
