package org.sallyport.meaning;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sallyport.meaning.Flow.Source;
import org.sallyport.meaning.Flow.Use;

/** What is found on the way through a query. */
final class FlowNotes {
    /** What is done to a value and has no OID. */
    static final int UNKNOWN = 0;

    private final Map<Source, Set<Use>> uses = new HashMap<>();
    private final Map<Source, Set<Integer>> applied = new HashMap<>();

    void use(Origin origin, Use use) {
        for (Source source : origin.all()) {
            uses.computeIfAbsent(source, of -> EnumSet.noneOf(Use.class)).add(use);
        }
    }

    void apply(Origin origin, int function) {
        for (Source source : origin.all()) {
            applied.computeIfAbsent(source, of -> new HashSet<>()).add(function);
        }
    }

    Flow flow(List<Origin> outputs) {
        return new Flow(
                outputs.stream()
                        .map(origin -> new Flow.Output(origin.same(), origin.derived()))
                        .toList(),
                uses,
                applied);
    }
}
