package org.sallyport.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** One of a journal's files, read from beginning to end and nothing else: for whoever checks what a journal has left behind. */
public final class JournalFile {
    private final Path path;
    private final ByteBuffer bytes;
    private final SegmentHead head;
    private final RecordFrame frame = new RecordFrame();
    private int position = SegmentHead.BYTES;
    private long next;
    private byte[] chain;

    private JournalFile(Path path, ByteBuffer bytes) {
        this.path = path;
        this.bytes = bytes;
        this.head = SegmentHead.read(bytes, path);
        this.next = head.first();
        this.chain = head.before();
    }

    /** A journal's files, in its order. */
    public static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .sorted()
                    .toList();
        }
    }

    /** @throws JournalDamaged where it is not a journal's file */
    public static JournalFile open(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            requireUsualSize(path, file.size());
            return new JournalFile(path, file.map(FileChannel.MapMode.READ_ONLY, 0, file.size()));
        }
    }

    static void requireUsualSize(Path path, long size) {
        if (size < SegmentHead.BYTES || size > Integer.MAX_VALUE) {
            throw new JournalDamaged(path, size, "not a journal's file by its size");
        }
    }

    public UUID journal() {
        return head.journal();
    }

    /** The sequence that its first record has. */
    public long first() {
        return head.first();
    }

    /** The chain before its first record. */
    public byte[] before() {
        return head.before().clone();
    }

    /** The sequence of the next record. */
    public long next() {
        return next;
    }

    /** The chain of the record that was read last. */
    public byte[] chain() {
        return chain.clone();
    }

    /** Where the next record stands. */
    public int position() {
        return position;
    }

    /**
     * The next record; none where only zeros follow.
     *
     * @throws JournalDamaged where something else stands there than what was appended
     */
    public Optional<JournalRecord> read() {
        if (position + RecordFrame.OVERHEAD > bytes.limit() || bytes.getInt(position) == 0) {
            requireZeros();
            return Optional.empty();
        }
        try {
            JournalRecord record = frame.read(bytes, position, next, chain);
            position += RecordFrame.size(record.payload().length);
            next++;
            chain = record.chain();
            return Optional.of(record);
        } catch (RecordFrame.Torn torn) {
            throw new JournalDamaged(path, position, String.valueOf(torn.getMessage()));
        }
    }

    private void requireZeros() {
        for (int i = position; i < bytes.limit(); i++) {
            if (bytes.get(i) != 0) {
                throw new JournalDamaged(path, i, "something behind the last record");
            }
        }
    }
}
