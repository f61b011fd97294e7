package org.sallyport.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final int SEGMENT_BYTES = 4096;

    @TempDir
    private Path folder;

    private Durability durability = Durability.OS;
    private Duration patience = Duration.ZERO;
    private final List<Journal> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Journal::close);
    }

    @Test
    void isDurableForTheOperatingSystemAtOnce() {
        assertThat(append(journal(), "one")).isCompleted();
    }

    @Test
    void isDurableOnDiskOnlyAfterTheFlush() {
        durability = Durability.FSYNC;
        Journal journal = journal();
        CompletableFuture<Void> durable = append(journal, "one");
        assertThat(durable).isNotDone();
        assertThat(read(journal)).isEmpty();

        journal.work();

        assertThat(durable).isCompleted();
        assertThat(read(journal)).containsExactly("one");
    }

    @Test
    void whatIsNotHurriedIsDurableWithWhatIsAppendedBehindIt() {
        durability = Durability.FSYNC;
        Journal journal = journal();
        CompletableFuture<Void> first = unhurried(journal, "one");
        CompletableFuture<Void> second = append(journal, "two");
        assertThat(first).isNotDone();

        journal.work();

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(read(journal)).containsExactly("one", "two");
    }

    @Test
    void whatBecomesDurableTogetherIsCompletedTogether() {
        durability = Durability.FSYNC;
        Journal journal = journal();
        List<Runnable> bursts = new ArrayList<>();
        journal.completeBy(bursts::add);
        CompletableFuture<Void> first = append(journal, "one");
        CompletableFuture<Void> second = append(journal, "two");

        journal.work();

        assertThat(bursts).hasSize(1);
        assertThat(first).isNotDone();
        bursts.get(0).run();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    @Test
    void whatIsHurriedIsDurableByItself() throws Exception {
        durability = Durability.FSYNC;
        Journal journal = journal();
        Thread writer = new Thread(journal);
        writer.start();
        try {
            Journal.Unhurried record = journal.appendUnhurried(bytes("one")).orElseThrow();
            record.hurry().run();
            record.durable().toCompletableFuture().get(30, TimeUnit.SECONDS);
            record.hurry().run();
            assertThat(read(journal)).containsExactly("one");
        } finally {
            writer.interrupt();
            writer.join();
        }
    }

    @Test
    void whatWouldHaveToWaitForRoomIsNotAppendedUnhurried() {
        Journal journal = journal();
        while (journal.takesIntents()) {
            assertThat(append(journal, "x".repeat(500))).isCompleted();
        }
        long last = journal.last();

        assertThat(journal.appendUnhurried(bytes("one"))).isEmpty();
        assertThat(journal.last()).isEqualTo(last);
        journal.close();
        assertThat(journal.appendUnhurried(bytes("one"))).isEmpty();
    }

    private static CompletableFuture<Void> unhurried(Journal journal, String text) {
        return journal.appendUnhurried(bytes(text)).orElseThrow().durable().toCompletableFuture();
    }

    @Test
    void isDurableInTheStoreOnlyOnceItIsReleased() {
        durability = Durability.STORE;
        Journal journal = journal();
        CompletableFuture<Void> first = append(journal, "one");
        CompletableFuture<Void> second = append(journal, "two");
        journal.work();
        assertThat(first).isNotDone();

        journal.release(1);

        assertThat(first).isCompleted();
        assertThat(second).isNotDone();
    }

    @Test
    void numbersRecordsWithoutGapsAlsoWhenItIsOpenedAgain() {
        Journal journal = journal();
        append(journal, "one");
        append(journal, "two");
        journal.close();

        journal = journal();
        append(journal, "three");

        assertThat(records(journal)).extracting(JournalRecord::sequence).containsExactly(1L, 2L, 3L);
        assertThat(read(journal)).containsExactly("one", "two", "three");
    }

    @Test
    void keepsItsIdentity() {
        Journal journal = journal();
        journal.close();

        assertThat(journal().id()).isEqualTo(journal.id());
    }

    @Test
    void readsOnWhileMoreIsAppended() {
        Journal journal = journal();
        append(journal, "one");
        JournalReader reader = journal.reader(1);
        assertThat(reader.read(10, 1000)).hasSize(1);
        assertThat(reader.read(10, 1000)).isEmpty();

        append(journal, "two");

        assertThat(reader.read(10, 1000)).extracting(JournalTest::text).containsExactly("two");
    }

    @Test
    void readsFromAnyRecordOnInAnyFile() {
        Journal journal = journal();
        List<String> texts = fillFiles(journal, 2);

        for (int i = 0; i < texts.size(); i++) {
            assertThat(journal.reader(i + 1).read(1, 1))
                    .extracting(JournalTest::text)
                    .containsExactly(texts.get(i));
        }
    }

    @Test
    void goesOnInAnotherFileAndDeletesWhatIsReleased() throws IOException {
        Journal journal = journal();
        List<String> texts = fillFiles(journal, 2);
        assertThat(read(journal)).isEqualTo(texts);
        assertThat(files()).hasSize(2);
        long second = Long.parseLong(files().get(1).getFileName().toString().replace(".journal", ""));

        journal.release(second - 2);
        assertThat(files()).hasSize(2);
        journal.release(second - 1);

        assertThat(files()).hasSize(1);
        assertThat(journal.reader(1).next()).isEqualTo(second);
        journal.close();
        assertThat(journal().last()).isEqualTo(texts.size());
    }

    /** Intents wait for room, what has happened already still finds some. */
    @Test
    void keepsRoomForWhatHasHappenedAndWaitsForMore() {
        patience = Duration.ofMinutes(1);
        Journal journal = journal();
        CompletableFuture<Void> intent = appendUntilFull(journal);
        assertThat(journal.takesIntents()).isFalse();

        CompletableFuture<Void> outcome = journal.append(bytes("outcome"), true).toCompletableFuture();
        assertThat(outcome).isCompleted();
        assertThat(intent).isNotDone();

        journal.release(journal.last());
        journal.work();

        assertThat(intent).isCompleted();
        assertThat(journal.takesIntents()).isTrue();
    }

    /** Whoever is told may append again at once, also where there is no room for that. */
    @Test
    void letsThoseAppendAgainWhoWaitedForRoom() {
        patience = Duration.ofMinutes(1);
        Journal journal = journal();
        CompletableFuture<Void> first = appendUntilFull(journal);
        CompletableFuture<Void> second = append(journal, "second");
        List<CompletableFuture<Void>> again = new ArrayList<>();
        Runnable appending = () -> {
            for (int i = 0; i < 100; i++) {
                again.add(append(journal, "x".repeat(100)));
            }
        };
        var unused = List.of(first.thenRun(appending), second.thenRun(appending));

        journal.release(journal.last());
        for (int i = 0; i < 100; i++) {
            journal.work();
            journal.release(journal.last());
        }

        assertThat(again).hasSize(200).allSatisfy(stage -> assertThat(stage).isCompleted());
    }

    @Test
    void givesUpWhatWaitedForRoomTooLong() {
        Journal journal = journal();
        CompletableFuture<Void> intent = appendUntilFull(journal);
        long last = journal.last();

        journal.expire();

        assertThat(intent).isCompletedExceptionally();
        assertThatThrownBy(intent::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(JournalFull.class);
        journal.release(journal.last());
        journal.work();
        assertThat(journal.last()).as("nothing is recorded of what was refused").isEqualTo(last);
    }

    @Test
    void givesUpWhatTheDiskDoesNotAnswer() {
        durability = Durability.FSYNC;
        Journal journal = journal();
        CompletableFuture<Void> durable = append(journal, "one");

        journal.expire();

        assertThatThrownBy(durable::get).hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void refusesWhatIsLargerThanAFile() {
        assertThat(append(journal(), "x".repeat(SEGMENT_BYTES))).isCompletedExceptionally();
    }

    @Test
    void takesNothingOnceItIsClosed() {
        Journal journal = journal();
        journal.close();

        assertThat(append(journal, "late")).isCompletedExceptionally();
        assertThat(journal().last()).isZero();
    }

    @Test
    void isOpenOnceOnly() {
        journal();

        assertThatThrownBy(this::journal).hasMessageContaining("in use");
    }

    @Test
    void isForItsOwnerOnly() throws IOException {
        folder = folder.resolve("new");
        journal();

        assertThat(Files.getPosixFilePermissions(folder)).hasSize(3);
        assertThat(Files.getPosixFilePermissions(files().get(0))).hasSize(2);
    }

    /** Whatever a crash has left of the last record, it is as if it had never been appended. */
    @Test
    void recoversFromAnyTornEnd() throws IOException {
        Journal journal = journal();
        append(journal, "one");
        append(journal, "two");
        int before = Segment.HEAD + RecordFrame.size(3);
        int after = before + RecordFrame.size(3);
        journal.close();
        byte[] whole = Files.readAllBytes(files().get(0));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int torn = before; torn < after - 5; torn++) {
            byte[] file = whole.clone();
            for (int i = torn; i < after; i++) {
                file[i] = (byte) random.nextInt(256);
            }
            Files.write(files().get(0), file);
            Journal recovered = journal();
            assertThat(read(recovered)).as("torn at %d, seed %d", torn, seed).containsExactly("one");
            append(recovered, "again");
            assertThat(read(recovered)).containsExactly("one", "again");
            recovered.close();
            assertThat(Arrays.copyOf(keptTorn(), after - before))
                    .as("what was cut off")
                    .isEqualTo(Arrays.copyOfRange(file, before, after));
        }
    }

    @Test
    void refusesAnyChangeInAnEarlierFile() throws IOException {
        Journal journal = journal();
        fillFiles(journal, 2);
        journal.close();
        Path first = files().get(0);
        byte[] whole = Files.readAllBytes(first);
        int used = usedBytes(whole);
        for (int i = 0; i < used; i++) {
            byte[] file = whole.clone();
            file[i] ^= 0x10;
            Files.write(first, file);
            assertThatThrownBy(this::journal).as("byte %d", i).isInstanceOf(JournalDamaged.class);
        }
    }

    @Test
    void refusesFilesOfAnotherVersion() throws IOException {
        journal().close();
        byte[] file = Files.readAllBytes(files().get(0));
        file[11] = 1;
        Files.write(files().get(0), file);

        assertThatThrownBy(this::journal)
                .isInstanceOf(JournalDamaged.class)
                .hasMessageContaining("version 1, but this release reads 2");
    }

    /** Where one could guess what was recorded, its commitment would say whether that is right. */
    @Test
    void saltsEachRecord() {
        Journal journal = journal();
        append(journal, "the same");
        append(journal, "the same");

        List<JournalRecord> records = records(journal);

        assertThat(records.get(0).seal().commitment())
                .isNotEqualTo(records.get(1).seal().commitment());
        assertThat(new Chain().commitment(records.get(0).seal().salt(), bytes("the same")))
                .isEqualTo(records.get(0).seal().commitment());
    }

    /** What is read without a journal is what one reads. */
    @Test
    void leavesFilesThatCanBeReadWithoutIt() throws IOException {
        Journal journal = journal();
        List<String> texts = fillFiles(journal, 3);
        byte[] chain = journal.head().chain();
        journal.close();

        List<String> read = new ArrayList<>();
        byte[] last = Chain.beginning();
        for (Path path : JournalFile.in(folder)) {
            JournalFile file = JournalFile.open(path);
            assertThat(file.before()).isEqualTo(last);
            for (var record = file.read(); record.isPresent(); record = file.read()) {
                read.add(text(record.get()));
            }
            last = file.chain();
        }

        assertThat(read).isEqualTo(texts);
        assertThat(last).isEqualTo(chain);
    }

    @Test
    void refusesToGoOnWithoutAFileInBetween() throws IOException {
        Journal journal = journal();
        fillFiles(journal, 3);
        journal.close();
        Files.delete(files().get(1));

        assertThatThrownBy(this::journal).isInstanceOf(JournalDamaged.class).hasMessageContaining("go on");
    }

    @Test
    void groupsThoseWhoWaitForTheDisk() throws Exception {
        durability = Durability.FSYNC;
        patience = Duration.ofMinutes(1);
        Journal journal = journal(1 << 20, 64L << 20);
        Thread disk = new Thread(journal);
        disk.start();
        int threads = 8;
        int each = 500;
        List<CompletableFuture<Void>> all = new ArrayList<>();
        List<Thread> writers = IntStream.range(0, threads)
                .mapToObj(number -> new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        CompletableFuture<Void> durable = journal.append(bytes(number + " " + i), i % 2 == 0)
                                .toCompletableFuture();
                        synchronized (all) {
                            all.add(durable);
                        }
                    }
                }))
                .toList();
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }

        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(1, TimeUnit.MINUTES);

        List<String> read = read(journal);
        assertThat(read).hasSize(threads * each);
        for (int number = 0; number < threads; number++) {
            String mine = number + " ";
            assertThat(read.stream().filter(text -> text.startsWith(mine)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, each).mapToObj(i -> mine + i).toList());
        }
        journal.close();
        disk.join();
    }

    private Journal journal() {
        return journal(SEGMENT_BYTES, 3L * SEGMENT_BYTES);
    }

    private Journal journal(int segmentBytes, long limit) {
        try {
            Journal journal = Journal.open(new JournalSettings(folder, durability, limit, segmentBytes, patience));
            open.add(journal);
            return journal;
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Appends until there are so many files; returns what was appended. */
    private List<String> fillFiles(Journal journal, int count) {
        List<String> texts = new ArrayList<>();
        while (files().size() < count || texts.size() % 7 != 0) {
            String text = "text " + texts.size() + "x".repeat(100);
            append(journal, text);
            texts.add(text);
            journal.work();
        }
        return texts;
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the first that has to wait. */
    private static CompletableFuture<Void> appendUntilFull(Journal journal) {
        CompletableFuture<Void> intent;
        do {
            intent = append(journal, "x".repeat(100));
            journal.work();
        } while (intent.isDone());
        return intent;
    }

    /** What the last recovery has cut off; it is gone then. */
    private byte[] keptTorn() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path kept = files.filter(file -> file.toString().endsWith(".torn"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(kept);
            Files.delete(kept);
            return bytes;
        }
    }

    private static int usedBytes(byte[] file) {
        int end = file.length;
        while (file[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private static CompletableFuture<Void> append(Journal journal, String text) {
        return journal.append(bytes(text), false).toCompletableFuture();
    }

    private static List<String> read(Journal journal) {
        return records(journal).stream().map(JournalTest::text).toList();
    }

    private static List<JournalRecord> records(Journal journal) {
        return journal.reader(1).read(Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    private static String text(JournalRecord record) {
        return new String(record.payload(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
