package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sallyport.contract.MaskKey;

/** HMAC-SHA-256 of one value after the other. Not thread-safe. */
final class KeyedHash {
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;
    private final byte[] chunk = new byte[256];
    private final byte[] result = new byte[32];

    KeyedHash(MaskKey key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.reveal(), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** The hash of the bytes that can be read; overwritten by the next. */
    byte[] of(ByteBuf value) {
        int end = value.writerIndex();
        for (int from = value.readerIndex(); from < end; from += chunk.length) {
            int length = Math.min(chunk.length, end - from);
            value.getBytes(from, chunk, 0, length);
            mac.update(chunk, 0, length);
        }
        return finish();
    }

    /** Of its eight bytes, the highest first. */
    byte[] of(long number) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            mac.update((byte) (number >> shift));
        }
        return finish();
    }

    byte[] of(byte[] value) {
        mac.update(value);
        return finish();
    }

    private byte[] finish() {
        try {
            mac.doFinal(result, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("there is room for a hash", e);
        }
        return result;
    }
}
