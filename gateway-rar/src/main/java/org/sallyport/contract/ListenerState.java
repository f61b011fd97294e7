package org.sallyport.contract;

import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/** Which addresses the PostgreSQL listener is bound to in this server; kept by the adapter, read by the health check. */
public final class ListenerState {
    private static final Set<InetSocketAddress> BOUND = new CopyOnWriteArraySet<>();

    private ListenerState() {}

    public static void bound(InetSocketAddress address) {
        BOUND.add(address);
    }

    public static void unbound(InetSocketAddress address) {
        BOUND.remove(address);
    }

    /** The bound addresses; empty while no client can connect. */
    public static Set<InetSocketAddress> addresses() {
        return Set.copyOf(BOUND);
    }
}
