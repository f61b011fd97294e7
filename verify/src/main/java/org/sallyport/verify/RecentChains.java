package org.sallyport.verify;

import java.util.Optional;

/** The chains of the last records that were read: a checkpoint is of one somewhat before it. */
final class RecentChains {
    /** More than a gateway can record while one checkpoint is signed, or waits for room with all sessions' last records. */
    private static final int MOST = 1 << 18;

    private final byte[][] chains = new byte[MOST][];
    private long last;

    void add(long sequence, byte[] chain) {
        chains[slot(sequence)] = chain;
        last = sequence;
    }

    Optional<byte[]> of(long sequence) {
        return sequence > last || sequence <= last - MOST
                ? Optional.empty()
                : Optional.ofNullable(chains[slot(sequence)]);
    }

    private static int slot(long sequence) {
        return (int) (sequence & (MOST - 1));
    }
}
