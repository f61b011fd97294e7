package org.sallyport.proxy;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sallyport.contract.Refusal;

/**
 * What all sessions together keep of messages, in bytes: where that is more than there is room for, the session that keeps the
 * most is ended, before the process is that all of them run in. Thread-safe.
 */
final class Room {
    /** So much any session may keep, and nobody counts it. */
    private static final long SMALL = 64 * 1024;

    /** A text is decoded to as much as three times its bytes, and the heap is for other things too. */
    private static final int SHARE_OF_HEAP = 8;

    private static final Logger LOG = Logger.getLogger(Room.class.getName());

    private static final Refusal NONE_LEFT = Refusal.of(
            "53200",
            "out of memory",
            "What all sessions keep of messages, prepared and bound is more than the gateway has room for; this one keeps the most.",
            "Send less in one message, or by COPY, and close prepared statements that are not used any more.");

    private final long limit;
    private final Map<Session, Long> kept = new ConcurrentHashMap<>();
    private final Set<Session> ending = new HashSet<>();
    private long all;

    Room(long limit) {
        this.limit = limit;
    }

    /** @param messageBytes of the largest message, for which there is room in any case */
    static Room ofThisProcess(int messageBytes) {
        return new Room(Math.max(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, messageBytes + messageBytes / 4L));
    }

    /** Tells what a session keeps now; called on its event loop. */
    void keeps(Session session, long bytes) {
        if (bytes <= SMALL) {
            leave(session);
        } else {
            count(session, bytes);
        }
    }

    private synchronized void count(Session session, long bytes) {
        Long before = kept.put(session, bytes);
        all += bytes - (before == null ? 0 : before);
        // What is on its way out gives room soon: nobody else is ended for it.
        long leaving =
                ending.stream().mapToLong(ended -> kept.getOrDefault(ended, 0L)).sum();
        if (all - leaving > limit) {
            kept.entrySet().stream()
                    .filter(other -> !ending.contains(other.getKey()))
                    .max(Map.Entry.comparingByValue())
                    .ifPresent(most -> end(most.getKey()));
        }
    }

    private void end(Session session) {
        ending.add(session);
        LOG.log(Level.WARNING, "session ended for want of memory sessionId={0}", session.id());
        session.end(NONE_LEFT);
    }

    /** A session keeps nothing any more. */
    void leave(Session session) {
        if (kept.containsKey(session)) {
            forget(session);
        }
    }

    private synchronized void forget(Session session) {
        Long before = kept.remove(session);
        all -= before == null ? 0 : before;
        ending.remove(session);
    }
}
