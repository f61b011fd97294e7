package org.sallyport.proxy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The clients that are connected and not admitted yet: bounded in all, so that a flood costs no more than that, and for each
 * address, so that one that floods leaves room for the others. Thread-safe.
 */
final class Lobby {
    /** A flood is told of once in this time, whatever its size. */
    private static final long NANOS_BETWEEN_WARNINGS = TimeUnit.MINUTES.toNanos(1);

    private static final Logger LOG = Logger.getLogger(Lobby.class.getName());

    private final int max;
    private final int maxPerAddress;
    private final Map<InetAddress, Integer> present = new ConcurrentHashMap<>();
    private final AtomicLong all = new AtomicLong();
    private final AtomicLong turnedAway = new AtomicLong();
    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

    Lobby(int max, int maxPerAddress) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
    }

    /** A client's place; it is given up once, however often that is said. */
    final class Place {
        private final InetAddress network;
        private final AtomicBoolean taken = new AtomicBoolean(true);

        private Place(InetAddress network) {
            this.network = network;
        }

        void leave() {
            if (taken.compareAndSet(true, false)) {
                giveUp(network);
            }
        }
    }

    /** Takes a place for a client from this address; empty where there is none. */
    Optional<Place> enter(InetAddress address) {
        InetAddress network = network(address);
        boolean room = all.incrementAndGet() <= max;
        int here = present.merge(network, 1, Integer::sum);
        if (room && here <= maxPerAddress) {
            return Optional.of(new Place(network));
        }
        giveUp(network);
        warn();
        return Optional.empty();
    }

    private void giveUp(InetAddress network) {
        all.decrementAndGet();
        present.computeIfPresent(network, (same, count) -> count == 1 ? null : count - 1);
    }

    /** Whoever has one IPv6 address has its whole network of 64 bits. */
    private static InetAddress network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, 8, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IPv6 address has 16 bytes", e);
        }
    }

    private void warn() {
        turnedAway.incrementAndGet();
        long now = System.nanoTime();
        long next = nextWarning.get();
        if (now - next >= 0 && nextWarning.compareAndSet(next, now + NANOS_BETWEEN_WARNINGS)) {
            LOG.log(
                    Level.WARNING,
                    "too many clients that are not authenticated yet: connections closed count={0}",
                    turnedAway.getAndSet(0));
        }
    }
}
