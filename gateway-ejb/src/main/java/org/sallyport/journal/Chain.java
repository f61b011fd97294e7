package org.sallyport.journal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What ties each record to all before it.
 *
 * <pre>
 * commitment = SHA-256(16 bytes salt ‖ payload)
 * chain      = SHA-256(the previous record's chain ‖ int64 sequence ‖ commitment)
 * </pre>
 *
 * <p>Whoever changes, drops or adds a record has to change all chains that follow. A payload that has to be forgotten goes together with
 * its salt: the commitment, which alone says nothing of it, keeps the chain whole. Not thread-safe.
 */
public final class Chain {
    public static final int BYTES = 32;
    public static final int SALT_BYTES = 16;

    private final MessageDigest digest = sha256();
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    /** Before the first record: zeros. */
    public static byte[] beginning() {
        return new byte[BYTES];
    }

    public byte[] commitment(byte[] salt, byte[] payload) {
        digest.update(salt);
        return digest.digest(payload);
    }

    public byte[] next(byte[] previous, long sequence, byte[] commitment) {
        digest.update(previous);
        digest.update(number.putLong(0, sequence).array());
        return digest.digest(commitment);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
