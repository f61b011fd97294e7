package org.sallyport.verify;

import java.util.Optional;

/** The chains of the last records that were read: a checkpoint is of one somewhat before it. */
final class RecentChains {
    /** More records than can get in front of a checkpoint, also where the journal was full. */
    private static final int MOST = 1 << 20;

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
