package org.sallyport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class BurstTest {
    private final List<String> told = new ArrayList<>();
    private final List<Runnable> one = new ArrayList<>();
    private final List<Runnable> other = new ArrayList<>();
    private final Executor executor = one::add;
    private final Executor another = other::add;

    @Test
    void whatCompletesTogetherIsOneTaskForEachExecutor() {
        Burst.of(() -> {
            Burst.execute(executor, () -> told.add("first"));
            Burst.execute(another, () -> told.add("elsewhere"));
            Burst.execute(executor, () -> told.add("second"));
            assertThat(one).isEmpty();
        });

        assertThat(one).hasSize(1);
        assertThat(other).hasSize(1);
        one.get(0).run();
        assertThat(told).containsExactly("first", "second");
    }

    @Test
    void outsideOfOneATaskGoesAtOnce() {
        Burst.execute(executor, () -> told.add("first"));
        Burst.execute(executor, () -> told.add("second"));

        assertThat(one).hasSize(2);
    }

    @Test
    void oneWithinAnotherIsPartOfIt() {
        Burst.of(() -> {
            Burst.of(() -> Burst.execute(executor, () -> told.add("inner")));
            Burst.execute(executor, () -> told.add("outer"));
        });

        assertThat(one).hasSize(1);
    }

    @Test
    void aTaskThatFailsLeavesTheOthersTheirTurn() {
        Burst.of(() -> {
            Burst.execute(executor, () -> {
                throw new IllegalStateException("fails");
            });
            Burst.execute(executor, () -> told.add("second"));
        });

        one.get(0).run();
        assertThat(told).containsExactly("second");
    }

    @Test
    void wantOfMemoryInOneTaskLeavesTheOthersTheirTurn() {
        Burst.of(() -> {
            Burst.execute(executor, () -> {
                throw new OutOfMemoryError("direct buffers");
            });
            Burst.execute(executor, () -> told.add("second"));
        });

        one.get(0).run();
        assertThat(told).containsExactly("second");
    }

    @Test
    void anExecutorThatHasEndedIsNoFailureOfWhoeverCompletes() {
        Burst.of(() -> {
            Burst.execute(
                    task -> {
                        throw new RejectedExecutionException("event loop shut down");
                    },
                    () -> told.add("never"));
            Burst.execute(another, () -> told.add("elsewhere"));
        });

        assertThat(other).hasSize(1);
    }

    @Test
    void whatWasHandedOverBeforeAFailureIsRunAllTheSame() {
        assertThatThrownBy(() -> Burst.of(() -> {
                    Burst.execute(executor, () -> told.add("first"));
                    throw new IllegalStateException("fails");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(one).hasSize(1);
        Burst.execute(executor, () -> told.add("second"));
        assertThat(one).hasSize(2);
    }
}
