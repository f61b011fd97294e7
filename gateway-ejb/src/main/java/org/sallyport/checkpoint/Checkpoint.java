package org.sallyport.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.sallyport.journal.JournalHead;

/**
 * What a journal had come to at a time, signed.
 *
 * @param at        to the microsecond
 * @param signature of {@link #signed(JournalHead, Instant)}
 */
public record Checkpoint(JournalHead head, Instant at, Signature signature) {
    private static final byte[] CONTEXT = "sallyport checkpoint\n".getBytes(StandardCharsets.US_ASCII);

    public Checkpoint {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Who signed, and that.
     *
     * @param key   see {@link CheckpointKeys#id}
     * @param bytes Ed25519 (RFC 8032)
     */
    public record Signature(String key, byte[] bytes) {}

    /**
     * The bytes that are signed.
     *
     * <pre>
     * "sallyport checkpoint\n" | 16 bytes the journal's id | int64 sequence | 32 bytes chain | int64 microseconds since 1970
     * </pre>
     */
    static byte[] signed(JournalHead head, Instant at) {
        return ByteBuffer.allocate(CONTEXT.length + 4 * Long.BYTES + head.chain().length)
                .put(CONTEXT)
                .putLong(head.journal().getMostSignificantBits())
                .putLong(head.journal().getLeastSignificantBits())
                .putLong(head.sequence())
                .put(head.chain())
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .array();
    }
}
