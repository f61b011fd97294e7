package org.sallyport.masking;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.meaning.Flow;
import org.sallyport.meaning.Flow.Source;
import org.sallyport.meaning.Flow.Use;
import org.sallyport.policy.Extent;

/** Labels the columns of views by what their queries show, the views under others first. */
final class ViewLabels {
    private final Labelling labelling;
    private final Catalog catalog;
    private final Set<Integer> done = new HashSet<>();

    ViewLabels(Labelling labelling, Catalog catalog) {
        this.labelling = labelling;
        this.catalog = catalog;
    }

    void labelAll() {
        catalog.relations().forEach(this::label);
    }

    private void label(Relation view) {
        // Of the server's own views the snapshot has no definition.
        boolean somebodys =
                view.kind() == Relation.Kind.VIEW && !view.definition().isEmpty();
        if ((view.bases().isEmpty() && !somebodys) || !done.add(view.oid())) {
            return;
        }
        view.bases().forEach(oid -> catalog.relation(oid).ifPresent(this::label));
        boolean masked = view.bases().stream()
                .flatMap(oid -> catalog.relation(oid).stream())
                .anyMatch(labelling::touches);
        Optional<String> under = view.bases().stream()
                .flatMap(oid -> labelling.closed(oid).stream())
                .findFirst();
        boolean unread = somebodys && view.structure().view().isEmpty();
        if (unread || view.bases().contains(Relation.OPAQUE) || (somebodys && reachesAnything(view))) {
            labelling.close(view.oid(), view.qualifiedName() + " shows labelled columns through a view or function.");
        } else if (view.structure().view().filter(this::tells).isPresent()) {
            labelling.close(
                    view.oid(),
                    view.qualifiedName() + " is a view over a system catalog that shows values of columns.");
        } else if (under.isPresent()) {
            labelling.close(view.oid(), view.qualifiedName() + " is a view over what may not be read: " + under.get());
        } else if (masked) {
            labelling.over(view.oid());
            Optional<Flow> flow = view.structure().view();
            if (flow.isEmpty() || usesMasked(flow.get())) {
                labelling.close(
                        view.oid(),
                        view.qualifiedName() + " is a view that does more with labelled columns than show them.");
            } else {
                mask(view, flow.get());
            }
        }
    }

    /** PostgreSQL does not say that a view depends on its own catalogs. */
    private boolean tells(Flow flow) {
        Stream<Source> shown = flow.outputs().stream()
                .flatMap(output -> Stream.concat(output.same().stream(), output.derived().stream()));
        return Stream.concat(shown, flow.uses().keySet().stream())
                .flatMap(source -> catalog.relation(source.relation()).stream())
                .anyMatch(relation -> LabelledReading.TELLING_CATALOGS.contains(relation.name()));
    }

    /** One of PostgreSQL's own functions may read whatever it is told to, such as {@code query_to_xml}. */
    private boolean reachesAnything(Relation view) {
        return Extent.of(List.of(view), List.of("SELECT"), catalog).opaque();
    }

    private boolean usesMasked(Flow flow) {
        return flow.uses().entrySet().stream().anyMatch(used -> labelling.forbids(used.getKey(), used.getValue()))
                || flow.applied().entrySet().stream()
                        .anyMatch(applied -> labelling.forbids(applied.getKey(), Set.of(Use.PREDICATE))
                                && !TotalFunctions.all(applied.getValue()));
    }

    private void mask(Relation view, Flow flow) {
        List<Flow.Output> outputs = flow.outputs();
        for (int i = 0; i < outputs.size(); i++) {
            int attribute = i + 1;
            labelling.marked(outputs.get(i)).ifPresent(marked -> labelling.mark(view.oid(), attribute, marked));
        }
    }
}
