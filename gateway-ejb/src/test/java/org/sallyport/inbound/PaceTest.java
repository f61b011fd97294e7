package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    private final Pace pace = new Pace();

    private Duration last(long now, int questions) {
        Duration wait = Duration.ZERO;
        for (int i = 0; i < questions; i++) {
            wait = pace.next(now);
        }
        return wait;
    }

    /** The clock's zero means nothing. */
    @ParameterizedTest
    @ValueSource(longs = {0, Long.MIN_VALUE, Long.MAX_VALUE - 10, -1})
    void manyAtOnceDoNotWait(long now) {
        assertThat(last(now, Pace.AT_ONCE)).isZero();
        assertThat(last(now, 1)).isEqualTo(Pace.EACH);
        assertThat(last(now, 99)).isEqualTo(Pace.EACH.multipliedBy(100));
    }

    @Test
    void whoWaitsAsLongAsToldDoesNotFallBehind() {
        last(0, Pace.AT_ONCE);
        long now = 0;
        for (int i = 0; i < 1000; i++) {
            Duration wait = pace.next(now);
            assertThat(wait).isEqualTo(Pace.EACH);
            now += wait.toNanos();
        }
    }

    @Test
    void whoRestsMayAskManyAgain() {
        last(0, Pace.AT_ONCE + 50);
        long later = Pace.EACH.multipliedBy(Pace.AT_ONCE + 50).toNanos();
        assertThat(last(later, Pace.AT_ONCE)).isZero();
        assertThat(last(later, 1)).isEqualTo(Pace.EACH);
        // However long the rest was, not more of them.
        long muchLater = later + Duration.ofDays(1).toNanos();
        assertThat(last(muchLater, Pace.AT_ONCE)).isZero();
        assertThat(last(muchLater, 1)).isEqualTo(Pace.EACH);
    }
}
