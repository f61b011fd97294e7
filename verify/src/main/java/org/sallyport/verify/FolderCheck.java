package org.sallyport.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sallyport.journal.Chain;
import org.sallyport.journal.JournalDamaged;
import org.sallyport.journal.JournalFile;
import org.sallyport.journal.JournalHead;
import org.sallyport.journal.JournalRecord;

/** Checks a journal's files, as they were left or copied. */
final class FolderCheck {
    private final Findings findings;

    FolderCheck(Findings findings) {
        this.findings = findings;
    }

    /**
     * What is before the first record that a folder still holds.
     *
     * @throws JournalDamaged where its first file is none of a journal's
     * @throws IOException where there is none
     */
    static JournalHead start(Path folder) throws IOException {
        List<Path> files = JournalFile.in(folder);
        if (files.isEmpty()) {
            throw new IOException(folder + ": there is no journal");
        }
        JournalFile first = JournalFile.open(files.get(0));
        byte[] before = first.first() == 1 ? Chain.beginning() : first.before();
        return new JournalHead(first.journal(), first.first() - 1, before);
    }

    /** Takes the records that follow those that {@code check} has taken, from the store perhaps. */
    void check(Path folder, ChainCheck check) throws IOException {
        long before = check.last();
        JournalFile previous = null;
        try {
            for (Path path : JournalFile.in(folder)) {
                JournalFile file = JournalFile.open(path);
                requireFollows(file, previous, path);
                take(file, path, check);
                previous = file;
            }
        } catch (JournalDamaged damaged) {
            findings.add(
                    "journal's file " + damaged.getMessage(), "changed, or torn by a crash; what follows was not read");
            return;
        }
        if (previous != null && previous.next() <= before) {
            findings.add(
                    folder.toString(), "it ends at record " + (previous.next() - 1) + ", but the store has " + before);
        }
    }

    private void requireFollows(JournalFile file, @Nullable JournalFile previous, Path path) {
        boolean follows = previous == null
                || (file.journal().equals(previous.journal())
                        && file.first() == previous.next()
                        && Arrays.equals(file.before(), previous.chain()));
        if (!follows) {
            findings.add(path + ", byte 0", "it does not go on where the file before it ends");
        }
    }

    private void take(JournalFile file, Path path, ChainCheck check) {
        while (true) {
            String place = path + ", byte " + file.position();
            Optional<JournalRecord> record = file.read();
            if (record.isEmpty()) {
                return;
            }
            take(record.get(), place, check);
        }
    }

    private void take(JournalRecord record, String place, ChainCheck check) {
        if (record.sequence() > check.last()) {
            check.take(new Entry(record.sequence(), record.seal(), record.payload(), place));
        }
        boolean other = record.sequence() == check.last()
                && check.chain()
                        .map(chain -> !Arrays.equals(chain, record.chain()))
                        .orElse(false);
        if (other) {
            findings.add(place, "record " + record.sequence() + " does not follow from the records before it");
        }
    }
}
