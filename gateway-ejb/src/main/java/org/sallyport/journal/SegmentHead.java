package org.sallyport.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;

/**
 * What a journal's file begins with.
 *
 * <pre>
 * "SALLYPRT" | int32 version | int32 zero | 16 bytes the journal's id | int64 first sequence | 32 bytes chain before it
 * </pre>
 */
record SegmentHead(UUID journal, long first, byte[] before) {
    static final int BYTES = 72;

    private static final byte[] MAGIC = "SALLYPRT".getBytes(StandardCharsets.US_ASCII);

    /** The first version chained payloads without a salt. */
    private static final int VERSION = 2;

    byte[] bytes() {
        ByteBuffer head = ByteBuffer.allocate(BYTES).put(MAGIC).putInt(VERSION).putInt(0);
        head.putLong(journal.getMostSignificantBits()).putLong(journal.getLeastSignificantBits());
        return head.putLong(first).put(before).array();
    }

    /** @throws JournalDamaged where a file begins with something else */
    static SegmentHead read(ByteBuffer bytes, Path path) {
        ByteBuffer head = bytes.slice(0, BYTES);
        byte[] magic = new byte[MAGIC.length];
        head.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new JournalDamaged(path, 0, "not a journal's file");
        }
        int version = head.getInt();
        if (version != VERSION) {
            throw new JournalDamaged(path, MAGIC.length, "version " + version + ", but this release reads " + VERSION);
        }
        if (head.getInt() != 0) {
            throw new JournalDamaged(path, MAGIC.length + Integer.BYTES, "something where zeros are due");
        }
        UUID journal = new UUID(head.getLong(), head.getLong());
        long first = head.getLong();
        byte[] before = new byte[Chain.BYTES];
        head.get(before);
        return new SegmentHead(journal, first, before);
    }
}
