package org.sallyport.metric;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Shows what happens at the server's {@code /metrics}. */
public final class MetricTally implements Tally {
    private final Map<Happening, Counter> counters = new EnumMap<>(Happening.class);

    public MetricTally(MetricRegistry registry) {
        // Each is there from the start: a rate needs a zero to begin with.
        for (Happening happening : Happening.values()) {
            counters.put(
                    happening,
                    registry.counter(
                            metadata(happening.metric(), happening.description()),
                            new Tag(happening.label(), happening.value())));
        }
    }

    @Override
    public void count(Happening happening) {
        Counter counter = counters.get(happening);
        if (counter != null) {
            counter.inc();
        }
    }

    /** Shows a number that goes up and down; it is asked for whenever somebody looks. */
    public static void gauge(MetricRegistry registry, String metric, String description, LongSupplier now) {
        registry.gauge(metadata(metric, description), now::getAsLong);
    }

    private static Metadata metadata(String name, String description) {
        return Metadata.builder().withName(name).withDescription(description).build();
    }
}
