package org.sallyport.proxy;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys by which clients cancel: the gateway's own, never a server's. Thread-safe.
 *
 * <p>A wrong key is answered as a right one is, by nothing, and takes the same time whether or not it names a session.
 */
final class CancelKeys {
    private static final int FIRST_MINOR_WITH_LONG_KEYS = 2;

    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, Entry> entries = new ConcurrentHashMap<>();
    private final Entry nobody = new Entry(secret(32), () -> {});

    private record Entry(byte[] secret, Runnable cancel) {}

    /** A key as BackendKeyData carries it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    record Key(int process, byte[] secret) {}

    /** @param minor the client's minor protocol version: a secret has 4 bytes before 3.2, and 32 from there on */
    Key issue(int minor, Runnable cancel) {
        byte[] secret = secret(minor < FIRST_MINOR_WITH_LONG_KEYS ? 4 : 32);
        while (true) {
            int process = random.nextInt(1, Integer.MAX_VALUE);
            if (entries.putIfAbsent(process, new Entry(secret, cancel)) == null) {
                return new Key(process, secret);
            }
        }
    }

    private byte[] secret(int length) {
        byte[] secret = new byte[length];
        random.nextBytes(secret);
        return secret;
    }

    void revoke(Key key) {
        entries.remove(key.process());
    }

    void cancel(int process, byte[] secret) {
        Entry entry = entries.getOrDefault(process, nobody);
        // The time depends on the length of the first alone, which the client chose.
        if (MessageDigest.isEqual(secret, entry.secret())) {
            entry.cancel().run();
        }
    }
}
