package org.sallyport.journal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A record's layout: big-endian, each record beginning at a multiple of eight bytes.
 *
 * <pre>
 * int32 payload's length | uint32 CRC-32C of all that follows | int64 sequence | 32 bytes chain | 16 bytes salt | payload | zeros
 * </pre>
 *
 * <p>{@link Chain} says what the chain is. A length of zero is the end. Not thread-safe.
 */
final class RecordFrame {
    static final int OVERHEAD = 64;
    private static final int SEQUENCE = 8;
    private static final int CHAIN = 16;
    private static final int SALT = CHAIN + Chain.BYTES;

    private final Chain chain = new Chain();
    private final Salts salts = new Salts();
    private final CRC32C checksum = new CRC32C();
    private final ByteBuffer head = ByteBuffer.allocate(OVERHEAD);

    /** Bytes that a record takes. */
    static int size(int payload) {
        return (OVERHEAD + payload + 7) & ~7;
    }

    /** A record as it is stored, without the zeros behind it. */
    byte[] encode(long sequence, byte[] previous, byte[] payload) {
        byte[] salt = salts.next();
        byte[] next = chain.next(previous, sequence, chain.commitment(salt, payload));
        head.putInt(0, payload.length)
                .putLong(SEQUENCE, sequence)
                .put(CHAIN, next)
                .put(SALT, salt);
        head.putInt(Integer.BYTES, checksum(payload));
        byte[] frame = Arrays.copyOf(head.array(), OVERHEAD + payload.length);
        System.arraycopy(payload, 0, frame, OVERHEAD, payload.length);
        return frame;
    }

    /**
     * Reads the record at {@code position} that must follow one with the chain {@code previous}.
     *
     * @throws Torn where no whole record with that sequence stands there
     */
    JournalRecord read(ByteBuffer bytes, int position, long sequence, byte[] previous) {
        int length = bytes.getInt(position);
        if (length <= 0 || length > bytes.limit() - position - OVERHEAD) {
            throw new Torn("a record's length of " + length);
        }
        byte[] payload = new byte[length];
        bytes.get(position + OVERHEAD, payload);
        bytes.get(position, head.array());
        if (head.getInt(Integer.BYTES) != checksum(payload)) {
            throw new Torn("a record whose checksum is wrong");
        }
        if (head.getLong(SEQUENCE) != sequence) {
            throw new Torn("record " + head.getLong(SEQUENCE) + " where " + sequence + " is due");
        }
        for (int i = position + OVERHEAD + length; i < Math.min(position + size(length), bytes.limit()); i++) {
            if (bytes.get(i) != 0) {
                throw new Torn("something behind record " + sequence);
            }
        }
        byte[] salt = part(SALT, Chain.SALT_BYTES);
        Seal seal = new Seal(salt, chain.commitment(salt, payload));
        byte[] next = chain.next(previous, sequence, seal.commitment());
        if (!MessageDigest.isEqual(chain(), next)) {
            throw new Torn("record " + sequence + ", which does not follow from the one before it");
        }
        return new JournalRecord(sequence, payload, seal, next);
    }

    /** The chain of the record that was read or encoded last; the caller's own. */
    byte[] chain() {
        return part(CHAIN, Chain.BYTES);
    }

    private byte[] part(int position, int length) {
        return Arrays.copyOfRange(head.array(), position, position + length);
    }

    private int checksum(byte[] payload) {
        checksum.reset();
        checksum.update(head.array(), SEQUENCE, OVERHEAD - SEQUENCE);
        checksum.update(payload);
        return (int) checksum.getValue();
    }

    /** No whole record: the end of what was written, or damage. */
    static final class Torn extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Torn(String found) {
            super(found);
        }
    }
}
