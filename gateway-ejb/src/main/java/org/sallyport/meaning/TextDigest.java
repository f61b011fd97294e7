package org.sallyport.meaning;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Stands for a text by which something is remembered: texts have values in them that must not stay in memory. SHA-256, salted anew in each
 * process, so that two texts are equal where their digests are, and what a text was cannot be tried out elsewhere.
 */
public record TextDigest(long first, long second, long third, long fourth) {
    private static final byte[] SALT = new byte[16];

    static {
        new SecureRandom().nextBytes(SALT);
    }

    public static TextDigest of(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            // Each char as it is: an encoding would make the same of all halves of pairs.
            ByteBuffer chars = ByteBuffer.allocate(Character.BYTES * text.length());
            chars.asCharBuffer().put(text);
            digest.update(SALT);
            ByteBuffer bytes = ByteBuffer.wrap(digest.digest(chars.array()));
            return new TextDigest(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }
}
