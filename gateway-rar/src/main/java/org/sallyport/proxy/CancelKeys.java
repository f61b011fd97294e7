package org.sallyport.proxy;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys by which clients cancel: the gateway's own, never a server's. Thread-safe.
 *
 * <p>A wrong key is answered as a right one is, by nothing.
 */
final class CancelKeys {
    private static final int SECRET_LENGTH = 4;

    private final SecureRandom random = new SecureRandom();
    private final Map<Integer, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(byte[] secret, Runnable cancel) {}

    /** A key as BackendKeyData carries it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    record Key(int process, byte[] secret) {}

    Key issue(Runnable cancel) {
        byte[] secret = new byte[SECRET_LENGTH];
        random.nextBytes(secret);
        while (true) {
            int process = random.nextInt(1, Integer.MAX_VALUE);
            if (entries.putIfAbsent(process, new Entry(secret, cancel)) == null) {
                return new Key(process, secret);
            }
        }
    }

    void revoke(Key key) {
        entries.remove(key.process());
    }

    void cancel(int process, byte[] secret) {
        Entry entry = entries.get(process);
        if (entry != null && MessageDigest.isEqual(entry.secret(), secret)) {
            entry.cancel().run();
        }
    }
}
