package org.sallyport.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sallyport.journal.Durability;
import org.sallyport.journal.Journal;
import org.sallyport.journal.JournalRecord;
import org.sallyport.journal.JournalSettings;

/** A journal in a folder of its own and what writes to it, without threads: tests say when something is shipped. */
public final class TestRecord implements AutoCloseable {
    /** Half of it is room enough for what a test class decides: nobody makes another file. */
    private static final int SEGMENT_BYTES = 4 * 1024 * 1024;

    private final Path folder;
    private final Journal journal;
    private final Recorder recorder;

    private TestRecord(Path folder, Journal journal) {
        this.folder = folder;
        this.journal = journal;
        this.recorder = new Recorder(journal);
    }

    /** Durable at once. */
    public static TestRecord open() {
        try {
            Path folder = Files.createTempDirectory("journal");
            return new TestRecord(
                    folder,
                    Journal.open(new JournalSettings(
                            folder, Durability.OS, 3L * SEGMENT_BYTES, SEGMENT_BYTES, Duration.ZERO)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Journal journal() {
        return journal;
    }

    public Recorder recorder() {
        return recorder;
    }

    /** Ships everything that is recorded. */
    public void ship(TestStore store) {
        new Shipper(journal, store, Duration.ZERO).ship();
    }

    /** What is recorded and not shipped. */
    public List<Object> entities() {
        return entities(journal);
    }

    /** What is in a journal and not shipped. */
    public static List<Object> entities(Journal journal) {
        return payloads(journal).stream().map(RecordFormat::decode).toList();
    }

    /** The same as it stands there. */
    public static List<byte[]> payloads(Journal journal) {
        return journal.reader(1).read(Integer.MAX_VALUE, Long.MAX_VALUE).stream()
                .map(JournalRecord::payload)
                .toList();
    }

    /** Takes what has happened, and nothing that is about to. */
    public void fill() {
        while (journal.takesIntents()) {
            var unused = journal.append(new byte[1024], true);
        }
    }

    /** As time does: gives up what waits in vain. */
    public void expire() {
        journal.expire();
    }

    /** Takes nothing more. */
    public void end() {
        journal.close();
    }

    @Override
    public void close() {
        journal.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
