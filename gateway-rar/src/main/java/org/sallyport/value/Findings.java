package org.sallyport.value;

import java.util.Map;
import java.util.TreeMap;
import org.sallyport.contract.Sought;

/** Counts what detectors find, and keeps nothing of it. */
public final class Findings {
    private final Map<String, Long> counts = new TreeMap<>();

    void count(Sought found) {
        counts.merge(found.label(), 1L, Long::sum);
    }

    /** By {@link Sought#label()}; nothing where nothing was found. */
    public Map<String, Long> counts() {
        return Map.copyOf(counts);
    }
}
