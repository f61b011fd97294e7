package org.sallyport.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;

/**
 * One file of the journal, of a fixed size: a {@link SegmentHead}, then {@link RecordFrame}s, then zeros.
 *
 * <p>Two ways lead into it. What is stored goes through a mapping, which costs no system call; a flush of what was written with
 * one costs a third of a flush of a mapping (ext4, docs/adr/0008). The file's blocks are there before: a store into a hole of a
 * full disk would be a fault and not an error.
 *
 * <p>Guarded by the journal's lock, but for {@link #write} and {@link #force()}.
 */
final class Segment {
    static final int HEAD = SegmentHead.BYTES;

    private static final String OWNERS = "rw-------";
    private static final Set<StandardOpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final int MAX_ZEROS = 1024 * 1024;
    private static final byte[] PADDING = new byte[8];
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Path path;
    private final FileChannel file;
    private final MappedByteBuffer bytes;
    private final ByteArrayOutputStream staged = new ByteArrayOutputStream();
    private final RecordFrame frame = new RecordFrame();
    private SegmentHead head = new SegmentHead(new UUID(0, 0), 0, Chain.beginning());
    private byte[] chain = head.before();
    private long next;
    private int end = HEAD;

    private Segment(Path path, FileChannel file) throws IOException {
        this.path = path;
        this.file = file;
        this.bytes = file.map(FileChannel.MapMode.READ_WRITE, 0, file.size());
    }

    /** A new file that has its blocks and holds nothing, not even a head. */
    static Segment reserve(Path path, int size) throws IOException {
        Files.deleteIfExists(path);
        try {
            FileChannel file = FileChannel.open(path, NEW, JournalFolder.ownersOnly(OWNERS));
            for (int written = 0; written < size; ) {
                written += file.write(ByteBuffer.allocate(Math.min(MAX_ZEROS, size - written)));
            }
            file.force(true);
            return new Segment(path, file);
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Makes a reserved file the one that goes on as {@code begun} says; it then bears the name of its first record. */
    void begin(SegmentHead begun) throws IOException {
        write(new Staged(begun.bytes(), 0));
        force();
        path = Files.move(path, path.resolveSibling(name(begun.first())), StandardCopyOption.ATOMIC_MOVE);
        beginAt(begun);
    }

    private void beginAt(SegmentHead read) {
        head = read;
        next = read.first();
        chain = read.before();
    }

    static String name(long firstSequence) {
        return String.format("%019d.journal", firstSequence);
    }

    /** Opens a file that was written before, up to its last whole record. */
    static Segment open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            JournalFile.requireUsualSize(path, file.size());
            Segment segment = new Segment(path, file);
            segment.beginAt(SegmentHead.read(segment.bytes, path));
            segment.readRecords();
            return segment;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void readRecords() {
        try {
            while (end + RecordFrame.OVERHEAD <= size() && bytes.getInt(end) != 0) {
                JournalRecord record = frame.read(bytes, end, next, chain);
                chain = record.chain();
                next++;
                end += RecordFrame.size(record.payload().length);
            }
        } catch (RecordFrame.Torn torn) {
            // What this means is for the journal to say: the last file may be torn, no other.
        }
    }

    /** Bytes behind the last whole record that are not zero: a record that was being written, or what somebody put there. */
    boolean isTorn() {
        for (int i = end; i < size(); i++) {
            if (bytes.get(i) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Clears what stands behind the last whole record; returns the file that keeps it. */
    Path cutTorn() throws IOException {
        int torn = size();
        while (bytes.get(torn - 1) == 0) {
            torn--;
        }
        byte[] kept = new byte[torn - end];
        bytes.get(end, kept);
        Path rest = Files.createTempFile(
                path.toAbsolutePath().getParent(), path.getFileName() + ".", ".torn", JournalFolder.ownersOnly(OWNERS));
        Files.write(rest, kept);
        write(new Staged(new byte[size() - end], end));
        force();
        return rest;
    }

    boolean fits(int payload) {
        return end + RecordFrame.size(payload) <= size();
    }

    /** The second half is kept for what cannot be refused, while there is no next file. */
    boolean isInFirstHalf() {
        return end < size() / 2;
    }

    /** Appends a record that the operating system has when this returns; returns its sequence. */
    long store(byte[] payload) {
        byte[] record = frame.encode(next, chain, payload);
        bytes.put(end + Integer.BYTES, record, Integer.BYTES, record.length - Integer.BYTES);
        // The length stands behind all that it counts: until then the record is not there.
        INT.setRelease((ByteBuffer) bytes, end, payload.length);
        return appended(payload);
    }

    /** Appends a record that {@link #write} takes to the file; returns its sequence. */
    long stage(byte[] payload) {
        byte[] record = frame.encode(next, chain, payload);
        staged.write(record, 0, record.length);
        staged.write(PADDING, 0, RecordFrame.size(payload.length) - record.length);
        return appended(payload);
    }

    private long appended(byte[] payload) {
        chain = frame.chain();
        end += RecordFrame.size(payload.length);
        return next++;
    }

    /** Takes what was staged. */
    Staged takeStaged() {
        Staged taken = new Staged(staged.toByteArray(), end - staged.size());
        staged.reset();
        return taken;
    }

    /** Bytes for a place in the file. */
    record Staged(byte[] bytes, int position) {}

    void write(Staged records) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(records.bytes());
        while (rest.hasRemaining()) {
            int written = file.write(rest, records.position() + rest.position());
            if (written < 0) {
                throw new IOException("nothing written");
            }
        }
    }

    /** What was written is on the disk when this returns; what was stored is on its way there. */
    void force() throws IOException {
        file.force(false);
    }

    ByteBuffer bytes() {
        return bytes;
    }

    UUID journal() {
        return head.journal();
    }

    long first() {
        return head.first();
    }

    byte[] before() {
        return head.before().clone();
    }

    /** Of the last record. */
    byte[] chain() {
        return chain.clone();
    }

    /** The sequence of the next record. */
    long next() {
        return next;
    }

    /** Where the next record will stand. */
    int end() {
        return end;
    }

    Path path() {
        return path;
    }

    private int size() {
        return bytes.capacity();
    }

    void close() throws IOException {
        file.close();
    }

    void delete() throws IOException {
        file.close();
        Files.deleteIfExists(path);
    }
}
