package org.sallyport.meaning;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sallyport.meaning.Flow.Call;
import org.sallyport.meaning.Flow.Source;
import org.sallyport.meaning.Flow.Use;

/** What is found on the way through a query. */
final class FlowNotes {
    /** What is done to a value and has no OID. */
    static final int UNKNOWN = 0;

    private final Map<Source, Set<Use>> uses = new HashMap<>();
    private final Map<Source, Set<Call>> applied = new HashMap<>();
    private final Set<Source> deciding = new HashSet<>();
    private final Set<Integer> views = new HashSet<>();

    void use(Origin origin, Use use) {
        for (Source source : origin.all()) {
            uses.computeIfAbsent(source, of -> EnumSet.noneOf(Use.class)).add(use);
        }
    }

    /** @param collated whether the function knows by which collation */
    void apply(Origin origin, int function, boolean collated) {
        for (Source source : origin.all()) {
            applied.computeIfAbsent(source, of -> new HashSet<>())
                    .add(new Call(function, collated, origin.decided().contains(source)));
        }
    }

    /** Something is done that has no OID, and may fail. */
    void applyUnknown(Origin origin) {
        apply(origin, UNKNOWN, false);
    }

    /** Whether something else is computed depends on it. */
    void decide(Origin origin) {
        deciding.addAll(origin.all());
    }

    /** The relation is a view, whose columns the server computes where they are used. */
    void view(int relation) {
        views.add(relation);
    }

    boolean isOfView(Source source) {
        return views.contains(source.relation());
    }

    Flow flow(List<Origin> outputs) {
        return new Flow(
                outputs.stream()
                        .map(origin -> new Flow.Output(origin.same(), origin.derived(), origin.mixed()))
                        .toList(),
                uses,
                applied,
                deciding);
    }
}
