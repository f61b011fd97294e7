package org.sallyport.journal;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Where a journal's files are: for its owner's eyes only, and for one process at a time. */
final class JournalFolder {
    private static final Logger LOG = System.getLogger(JournalFolder.class.getName());

    private static final String SPARE = "spare";

    private final Path folder;
    private final FileChannel lock;

    private JournalFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static JournalFolder lock(Path folder) throws IOException {
        Files.createDirectories(folder, ownersOnly("rwx------"));
        FileChannel file =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = file.tryLock();
            if (lock == null) {
                throw new IOException(folder + " is in use by another process");
            }
        } catch (OverlappingFileLockException e) {
            file.close();
            throw new IOException(folder + " is in use by this process already", e);
        } catch (IOException e) {
            file.close();
            throw e;
        }
        return new JournalFolder(folder, file);
    }

    /** Also in a folder that was there before, and is open to others. */
    static FileAttribute<?>[] ownersOnly(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** The journal's files in order, checked against each other; a new one where there is none. */
    List<Segment> segments(int bytes) throws IOException {
        Files.deleteIfExists(folder.resolve(SPARE));
        List<Segment> segments = new ArrayList<>();
        for (Path file : JournalFile.in(folder)) {
            segments.add(Segment.open(file));
        }
        if (segments.isEmpty()) {
            Segment first = reserve(bytes);
            first.begin(new SegmentHead(UUID.randomUUID(), 1, Chain.beginning()));
            force();
            return List.of(first);
        }
        for (int i = 1; i < segments.size(); i++) {
            requireFollows(segments.get(i - 1), segments.get(i));
        }
        cutTorn(segments.get(segments.size() - 1));
        return segments;
    }

    /** Each file is flushed before the next one begins: whatever does not fit has been changed since. */
    private static void requireFollows(Segment before, Segment after) {
        if (before.isTorn()) {
            throw new JournalDamaged(before.path(), before.end(), "a damaged record, and a later file after it");
        }
        boolean follows = before.journal().equals(after.journal())
                && before.next() == after.first()
                && Arrays.equals(before.chain(), after.before());
        if (!follows) {
            throw new JournalDamaged(after.path(), 0, "it does not go on where " + before.path() + " ends");
        }
    }

    private static void cutTorn(Segment last) throws IOException {
        if (last.isTorn()) {
            Path kept = last.cutTorn();
            LOG.log(
                    Level.WARNING,
                    "the journal''s torn end was cut off file={0} byte={1} kept={2}",
                    last.path(),
                    last.end(),
                    kept);
        }
    }

    Segment reserve(int bytes) throws IOException {
        return Segment.reserve(folder.resolve(SPARE), bytes);
    }

    void close(Segment segment) {
        try {
            segment.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a file stays open file={0} failure={1}", segment.path(), e.toString());
        }
    }

    void delete(Segment segment) {
        try {
            segment.delete();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a released file stays file={0} failure={1}", segment.path(), e.toString());
        }
    }

    /** New names in the folder are on the disk when this returns. */
    void force() throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    void close() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the journal''s folder stays locked failure={0}", e.toString());
        }
    }
}
