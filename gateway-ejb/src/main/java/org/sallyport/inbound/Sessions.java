package org.sallyport.inbound;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.SessionId;

/** The sessions that are in, each ended when its token ends. Thread-safe. */
final class Sessions {
    private final Map<SessionId, Stay> stays = new ConcurrentHashMap<>();
    private final ScheduledExecutorService executor;
    private final Clock clock;

    Sessions(ScheduledExecutorService executor, Clock clock) {
        this.executor = executor;
        this.clock = clock;
    }

    void enter(Session session) {
        Duration rest = Duration.between(clock.instant(), session.identity().expires());
        SessionId id = session.id();
        stays.compute(id, (same, none) -> {
            // An executor may keep tasks that are cancelled: of the session it gets nothing.
            Future<?> expiry = executor.schedule(() -> expire(id), rest.toMillis(), TimeUnit.MILLISECONDS);
            return new Stay(session, expiry);
        });
    }

    /** Also of one that is only just coming in. */
    private void expire(SessionId id) {
        stays.computeIfPresent(id, (same, stay) -> {
            stay.session().handle().end(Refusals.EXPIRED);
            return stay;
        });
    }

    Optional<Session> find(SessionId id) {
        return Optional.ofNullable(stays.get(id)).map(Stay::session);
    }

    /** Ends those of which this holds. */
    void end(Predicate<Session> which, Refusal because) {
        for (Stay stay : stays.values()) {
            if (which.test(stay.session())) {
                stay.session().handle().end(because);
            }
        }
    }

    /** How many are in. */
    int open() {
        return stays.size();
    }

    void leave(SessionId id) {
        Stay stay = stays.remove(id);
        if (stay != null) {
            stay.expiry().cancel(false);
        }
    }

    private record Stay(Session session, Future<?> expiry) {}
}
