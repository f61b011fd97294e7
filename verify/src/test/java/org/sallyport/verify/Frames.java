package org.sallyport.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A journal's files taken apart and put together again, by docs/recording.md and not by the gateway's code: what somebody can do who
 * knows all but the key.
 */
final class Frames {
    private static final int HEAD = 72;
    private static final int OVERHEAD = 64;

    /** A record, with all that stands before its payload. */
    static final class Frame {
        final byte[] bytes;

        Frame(byte[] bytes) {
            this.bytes = bytes;
        }

        Frame copy() {
            return new Frame(bytes.clone());
        }

        boolean isCheckpoint() {
            return bytes[OVERHEAD] == 'c';
        }

        int payload() {
            return bytes.length - OVERHEAD;
        }

        void checksum() {
            CRC32C crc = new CRC32C();
            crc.update(bytes, 8, bytes.length - 8);
            ByteBuffer.wrap(bytes).putInt(0, payload()).putInt(4, (int) crc.getValue());
        }
    }

    /** A file of a journal. */
    static final class Segment {
        final Path path;
        final byte[] head;
        final int size;
        final List<Frame> frames = new ArrayList<>();

        Segment(Path path, byte[] file) {
            this.path = path;
            this.head = Arrays.copyOf(file, HEAD);
            this.size = file.length;
            ByteBuffer bytes = ByteBuffer.wrap(file);
            int position = HEAD;
            while (position + OVERHEAD <= size && bytes.getInt(position) != 0) {
                int end = position + OVERHEAD + bytes.getInt(position);
                frames.add(new Frame(Arrays.copyOfRange(file, position, end)));
                position = (end + 7) & ~7;
            }
        }

        byte[] bytes() {
            int used = HEAD
                    + frames.stream()
                            .mapToInt(frame -> (frame.bytes.length + 7) & ~7)
                            .sum();
            ByteBuffer file = ByteBuffer.allocate(Math.max(size, used)).put(head);
            for (Frame frame : frames) {
                file.put(frame.bytes).position((file.position() + 7) & ~7);
            }
            return file.array();
        }
    }

    final List<Segment> segments = new ArrayList<>();

    static Frames read(Path folder) throws IOException {
        Frames frames = new Frames();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".journal"))
                    .sorted()
                    .toList()) {
                frames.segments.add(new Segment(file.getFileName(), Files.readAllBytes(file)));
            }
        }
        return frames;
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        for (Segment segment : segments) {
            Files.write(folder.resolve(segment.path), segment.bytes());
        }
    }

    Frame last() {
        List<Frame> last = segments.get(segments.size() - 1).frames;
        return last.get(last.size() - 1);
    }

    int count() {
        return segments.stream().mapToInt(segment -> segment.frames.size()).sum();
    }

    /** Numbers, chains and checksums as they would be if a gateway had written just this. */
    void rebuild() {
        long sequence = 1;
        byte[] chain = new byte[32];
        for (Segment segment : segments) {
            ByteBuffer.wrap(segment.head).putLong(32, sequence).put(40, chain);
            for (Frame frame : segment.frames) {
                ByteBuffer bytes = ByteBuffer.wrap(frame.bytes).putLong(8, sequence);
                byte[] commitment = sha256(Arrays.copyOfRange(frame.bytes, 48, frame.bytes.length));
                chain = sha256(ByteBuffer.allocate(72)
                        .put(chain)
                        .putLong(sequence)
                        .put(commitment)
                        .array());
                bytes.put(16, chain);
                frame.checksum();
                sequence++;
            }
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Frame forged(String payload) {
        byte[] text = payload.getBytes(StandardCharsets.UTF_8);
        Frame frame = new Frame(new byte[OVERHEAD + text.length]);
        System.arraycopy(text, 0, frame.bytes, OVERHEAD, text.length);
        return frame;
    }
}
