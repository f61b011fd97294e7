package org.sallyport.journal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Random bytes in small pieces; drawn in large ones, which costs a tenth. Not thread-safe. */
final class Salts {
    private final SecureRandom random = new SecureRandom();
    private final ByteBuffer drawn = ByteBuffer.allocate(256 * Chain.SALT_BYTES).position(256 * Chain.SALT_BYTES);

    byte[] next() {
        if (!drawn.hasRemaining()) {
            random.nextBytes(drawn.clear().array());
        }
        byte[] salt = new byte[Chain.SALT_BYTES];
        drawn.get(salt);
        return salt;
    }
}
