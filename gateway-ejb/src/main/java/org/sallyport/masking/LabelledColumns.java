package org.sallyport.masking;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.meaning.Flow;
import org.sallyport.policy.Label;

/**
 * The labels of the columns of one database, whoever may see them: rather one too many. It decides nothing. Thread-safe; a relation's
 * are found when they are first asked for.
 */
public final class LabelledColumns {
    /** The number that stands for all columns of a row. */
    public static final int ROW = 0;

    private final List<Label> labels;
    private final String connection;
    private final Catalog catalog;
    private final Map<String, Set<Flow.Source>> followed = new HashMap<>();
    private final Map<Integer, Map<Integer, Set<String>>> found = new ConcurrentHashMap<>();

    public LabelledColumns(List<Label> labels, String connection, Catalog catalog) {
        this.labels = labels.stream()
                .filter(label -> label.columns().stream().anyMatch(c -> c.covers(connection)))
                .toList();
        this.connection = connection;
        this.catalog = catalog;
        this.labels.stream()
                .filter(Label::followsKeys)
                .forEach(label -> followed.put(label.name(), KeyFollowers.of(label, connection, catalog)));
    }

    /** The labels of some columns of a relation, through views too; none where the snapshot does not have it. */
    public Set<String> of(int relation, Set<Integer> attributes) {
        Map<Integer, Set<String>> columns = labels.isEmpty() ? Map.of() : columns(relation, new HashSet<>());
        Set<String> names = new HashSet<>();
        for (int attribute : attributes) {
            if (attribute == ROW) {
                columns.values().forEach(names::addAll);
            } else {
                names.addAll(columns.getOrDefault(attribute, Set.of()));
            }
        }
        return names;
    }

    /** @param under the views whose columns are being looked for: they do not go round in circles, but a torn snapshot might */
    private Map<Integer, Set<String>> columns(int oid, Set<Integer> under) {
        Map<Integer, Set<String>> known = found.get(oid);
        if (known != null || !under.add(oid)) {
            return known == null ? Map.of() : known;
        }
        Map<Integer, Set<String>> columns = new HashMap<>();
        catalog.relation(oid).ifPresent(relation -> fill(relation, columns, under));
        under.remove(oid);
        found.put(oid, columns);
        return columns;
    }

    private void fill(Relation relation, Map<Integer, Set<String>> columns, Set<Integer> under) {
        own(relation, relation, columns);
        relation.kin().forEach(kin -> catalog.relation(kin).ifPresent(other -> own(other, relation, columns)));
        followed.forEach((label, sources) -> relation.columns().stream()
                .filter(column -> sources.contains(new Flow.Source(relation.oid(), column.attribute())))
                .forEach(column -> add(columns, column.attribute(), Set.of(label))));
        relation.structure()
                .generated()
                .forEach((attribute, from) -> from.forEach(
                        source -> add(columns, attribute, Set.copyOf(columns.getOrDefault(source, Set.of())))));
        // A parent shows its children's, each of which may compute it in its own way.
        relation.kin().forEach(kin -> catalog.relation(kin).ifPresent(other -> generated(other, relation, columns)));
        if (!relation.bases().isEmpty()) {
            shown(relation, columns, under);
        }
    }

    private void own(Relation labelled, Relation shown, Map<Integer, Set<String>> columns) {
        for (Relation.Column column : shown.columns()) {
            labelled.columns().stream()
                    .filter(same -> same.name().equals(column.name()))
                    .forEach(same -> add(columns, column.attribute(), names(labelled, same)));
        }
    }

    private void generated(Relation kin, Relation shown, Map<Integer, Set<String>> columns) {
        kin.structure().generated().forEach((attribute, from) -> {
            Set<String> names = new HashSet<>();
            from.forEach(source -> kin.column(source).ifPresent(column -> names.addAll(names(kin, column))));
            kin.column(attribute)
                    .ifPresent(computed -> shown.columns().stream()
                            .filter(same -> same.name().equals(computed.name()))
                            .forEach(same -> add(columns, same.attribute(), names)));
        });
    }

    private Set<String> names(Relation relation, Relation.Column column) {
        Set<String> names = new HashSet<>(relation.structure().labels().getOrDefault(column.attribute(), Set.of()));
        for (Label label : labels) {
            if (label.columns().stream()
                    .anyMatch(c -> c.matches(connection, relation.schema(), relation.name(), column.name()))) {
                names.add(label.name());
            }
        }
        return names;
    }

    /** Of a view: each of its columns shows some, and all of them depend on what its query looks at besides. */
    private void shown(Relation view, Map<Integer, Set<String>> columns, Set<Integer> under) {
        Optional<Flow> flow = view.structure().view();
        if (flow.isEmpty()) {
            Set<String> behind = new HashSet<>();
            view.bases().forEach(base -> columns(base, under).values().forEach(behind::addAll));
            view.columns().forEach(column -> add(columns, column.attribute(), behind));
            return;
        }
        Set<String> looked =
                names(Stream.concat(flow.get().uses().keySet().stream(), flow.get().deciding().stream()), under);
        List<Flow.Output> outputs = flow.get().outputs();
        IntStream.range(0, outputs.size()).forEach(i -> {
            Flow.Output output = outputs.get(i);
            add(columns, i + 1, looked);
            add(columns, i + 1, names(Stream.concat(output.same().stream(), output.derived().stream()), under));
        });
    }

    private Set<String> names(Stream<Flow.Source> sources, Set<Integer> under) {
        Set<String> names = new HashSet<>();
        sources.forEach(source -> {
            Map<Integer, Set<String>> columns = columns(source.relation(), under);
            if (source.attribute() == ROW) {
                columns.values().forEach(names::addAll);
            } else {
                names.addAll(columns.getOrDefault(source.attribute(), Set.of()));
            }
        });
        return names;
    }

    private static void add(Map<Integer, Set<String>> columns, int attribute, Set<String> names) {
        if (!names.isEmpty()) {
            columns.computeIfAbsent(attribute, none -> new HashSet<>()).addAll(names);
        }
    }
}
