package org.sallyport.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sallyport.metric.Happening;

class AnchoringTest {
    private final List<Checkpoint> kept = Collections.synchronizedList(new ArrayList<>());
    private final List<Happening> counted = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger failures = new AtomicInteger();
    private final Anchoring anchoring = new Anchoring(
            new Anchor() {
                @Override
                public void keep(Checkpoint checkpoint) throws IOException {
                    if (failures.getAndDecrement() > 0) {
                        throw new IOException("away");
                    }
                    kept.add(checkpoint);
                }

                @Override
                public String name() {
                    return "a test";
                }
            },
            counted::add);

    @Test
    void triesUntilItIsKeptAndLosesNoneMeanwhile() throws InterruptedException {
        failures.set(2);
        Thread thread = new Thread(anchoring);
        thread.start();
        List<Checkpoint> all =
                LongStream.range(0, 20).mapToObj(Keys::checkpoint).toList();
        all.forEach(anchoring::add);

        anchoring.close(Duration.ofMinutes(1));
        thread.join();

        assertThat(kept).isEqualTo(all);
        assertThat(counted).filteredOn(Happening.ANCHOR_FAILED::equals).hasSize(2);
        assertThat(counted).filteredOn(Happening.ANCHOR_KEPT::equals).hasSize(20);
    }

    @Test
    void doesNotHoldUpTheEnd() throws InterruptedException {
        failures.set(Integer.MAX_VALUE);
        Thread thread = new Thread(anchoring);
        thread.start();
        anchoring.add(Keys.checkpoint(1));

        anchoring.close(Duration.ofMillis(10));
        thread.join();

        assertThat(anchoring.waiting()).isEqualTo(1);
    }
}
