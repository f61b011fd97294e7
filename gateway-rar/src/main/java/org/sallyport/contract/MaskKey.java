package org.sallyport.contract;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What a keyed mask makes its values with; it never shows in {@link #toString()}. Immutable.
 *
 * <p>Equal to another with the same bytes, so that two plans with the same masks are equal.
 */
public final class MaskKey {

    /** Length: that of HMAC-SHA-256's result, of which keys are derived, and of an AES-256 key. */
    public static final int BYTES = 32;

    private final byte[] bytes;

    /** @param bytes {@link #BYTES} of them, copied */
    public MaskKey(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a mask's key has " + BYTES + " bytes");
        }
        this.bytes = bytes.clone();
    }

    /** A copy. */
    public byte[] reveal() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MaskKey key && MessageDigest.isEqual(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "[key]";
    }
}
