package org.sallyport.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was measured of one level, by measure: a figure for each round. */
final class Figures {
    private final Map<String, List<Double>> figures = new TreeMap<>();

    void add(String measure, double figure) {
        figures.computeIfAbsent(measure, unused -> new ArrayList<>()).add(figure);
    }

    /** The figures of all rounds, in order; empty where it was not measured. */
    List<Double> of(String measure) {
        return figures.getOrDefault(measure, List.of());
    }

    double median(String measure) {
        return median(of(measure));
    }

    static double median(List<Double> figures) {
        if (figures.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = new ArrayList<>(figures);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
