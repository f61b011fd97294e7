package org.sallyport.it;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Asks again and again for what happens in its own time, up to a deadline. */
final class Eventually {
    static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Eventually() {}

    static void holds(String what, BooleanSupplier condition) {
        holds(what, SOON, condition);
    }

    static void holds(String what, Duration limit, BooleanSupplier condition) {
        boolean unused =
                finds(what, limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.<Boolean>empty());
    }

    static <T> T finds(String what, Duration limit, Supplier<Optional<T>> search) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> found = search.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > deadline) {
                return fail("not within " + limit.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
