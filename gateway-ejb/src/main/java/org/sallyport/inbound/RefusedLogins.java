package org.sallyport.inbound;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.sallyport.contract.ConnectionAttempt;
import org.sallyport.contract.Refusal;

/**
 * Tells the log who was not let in: whoever has no token can cause that as often as they like, so of each address only the first
 * ones of a minute are told, and the rest by their number. Thread-safe.
 */
final class RefusedLogins {
    private static final int LINES_PER_ADDRESS = 10;

    /** A flood may come from more: what there is in all has a bound too. */
    private static final int ADDRESSES = 100;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private static final Logger LOG = System.getLogger(RefusedLogins.class.getName());

    private final Clock clock;
    private final Map<InetAddress, Integer> lines = new HashMap<>();
    private Instant begun = Instant.EPOCH;
    private long untold;

    RefusedLogins(Clock clock) {
        this.clock = clock;
    }

    void add(ConnectionAttempt attempt, Refusal refusal) {
        if (isTold(attempt.client().getAddress())) {
            LOG.log(
                    Level.INFO,
                    "session refused sessionId={0} client={1} sqlState={2} reason={3}",
                    attempt.session(),
                    attempt.client().getAddress().getHostAddress(),
                    refusal.sqlState(),
                    refusal.message());
        }
    }

    private synchronized boolean isTold(InetAddress address) {
        Instant now = clock.instant();
        // A clock that was set back begins a window too: none may last for longer than it says.
        if (now.isBefore(begun) || Duration.between(begun, now).compareTo(WINDOW) >= 0) {
            begin(now);
        }
        boolean room = lines.containsKey(address) || lines.size() < ADDRESSES;
        if (room && lines.merge(address, 1, Integer::sum) <= LINES_PER_ADDRESS) {
            return true;
        }
        untold++;
        return false;
    }

    private void begin(Instant now) {
        if (untold > 0) {
            LOG.log(Level.WARNING, "more sessions refused than are told one by one count={0} since={1}", untold, begun);
        }
        lines.clear();
        untold = 0;
        begun = now;
    }
}
