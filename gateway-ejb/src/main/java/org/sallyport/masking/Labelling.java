package org.sallyport.masking;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.contract.Mask;
import org.sallyport.meaning.Flow.Output;
import org.sallyport.meaning.Flow.Source;
import org.sallyport.policy.Access;
import org.sallyport.policy.Label;

/** The columns of one database that one identity must not see in the clear. Immutable. */
public final class Labelling {

    /** What is made of a masked value is hidden whole, and so is whether there is one. */
    static final Mask DERIVED = new Mask.Redacted();

    private final boolean masks;
    private final Map<Integer, Map<Integer, Mask>> columns = new HashMap<>();
    private final Map<Integer, String> closed = new HashMap<>();
    private final Set<Integer> over = new HashSet<>();

    private Labelling(boolean masks) {
        this.masks = masks;
    }

    public static Labelling of(List<Label> labels, Access access, Catalog catalog) {
        List<Label> hidden = labels.stream()
                .filter(label -> !access.sees(label.name()))
                .filter(label -> label.columns().stream().anyMatch(c -> c.covers(access.connection())))
                .toList();
        Labelling labelling = new Labelling(!hidden.isEmpty());
        if (labelling.masks) {
            catalog.relations().forEach(relation -> labelling.label(relation, hidden, access.connection(), catalog));
            catalog.relations().forEach(relation -> labelling.generated(relation, catalog));
            catalog.relations().forEach(relation -> labelling.guarded(relation, catalog));
            new ViewLabels(labelling, catalog).labelAll();
        }
        return labelling;
    }

    private void label(Relation relation, List<Label> labels, String connection, Catalog catalog) {
        Map<Integer, Mask> masked = new HashMap<>();
        own(relation, relation, labels, connection, masked);
        // A parent shows its children's rows, and a child is its parent's in part.
        for (int oid : relation.kin()) {
            catalog.relation(oid).ifPresent(kin -> own(kin, relation, labels, connection, masked));
        }
        if (!masked.isEmpty()) {
            columns.put(relation.oid(), masked);
        }
    }

    private static void own(
            Relation labelled, Relation shown, List<Label> labels, String connection, Map<Integer, Mask> masked) {
        for (Relation.Column column : shown.columns()) {
            Optional<Relation.Column> same = labelled.columns().stream()
                    .filter(other -> other.name().equals(column.name()))
                    .findFirst();
            Set<String> commented = same.map(
                            other -> labelled.structure().labels().getOrDefault(other.attribute(), Set.of()))
                    .orElse(Set.of());
            for (Label label : labels) {
                boolean carries = commented.contains(label.name())
                        || label.columns().stream()
                                .anyMatch(
                                        c -> c.matches(connection, labelled.schema(), labelled.name(), column.name()));
                if (carries) {
                    masked.merge(column.attribute(), label.mask(), Labelling::both);
                }
            }
        }
    }

    private static Mask both(Mask one, Mask other) {
        return one.equals(other) ? one : new Mask.Nothing();
    }

    /** What the server computes from a masked column and keeps. */
    private void generated(Relation relation, Catalog catalog) {
        relation.structure().generated().forEach((attribute, from) -> {
            boolean masked = from.stream().anyMatch(column -> masks(new Source(relation.oid(), column)));
            if (masked) {
                mask(relation.oid(), attribute, DERIVED);
                // A parent shows its children's, each of which may compute it in its own way.
                relation.column(attribute).ifPresent(column -> kin(relation, column.name(), catalog));
            }
        });
    }

    private void kin(Relation relation, String column, Catalog catalog) {
        relation.kin().stream()
                .flatMap(oid -> catalog.relation(oid).stream())
                .forEach(kin -> kin.columns().stream()
                        .filter(same -> same.name().equals(column))
                        .forEach(same -> mask(kin.oid(), same.attribute(), DERIVED)));
    }

    /** Which rows there are, or in which partition a row is, would tell what is compared. */
    private void guarded(Relation relation, Catalog catalog) {
        boolean guarded = Stream.concat(
                        Stream.of(relation), relation.kin().stream().flatMap(oid -> catalog.relation(oid).stream()))
                .flatMap(member -> member.structure().guards().stream())
                .anyMatch(this::masks);
        if (guarded) {
            close(
                    relation.oid(),
                    "which rows " + relation.qualifiedName()
                            + " has depends on labelled columns, by row-level security or the key of its partitions.");
        }
    }

    void mask(int relation, int attribute, Mask mask) {
        columns.computeIfAbsent(relation, oid -> new HashMap<>()).merge(attribute, mask, Labelling::both);
    }

    /** @param because a sentence */
    void close(int view, String because) {
        closed.put(view, because);
    }

    /** A view whose query reads masked columns, shown or not. */
    void over(int view) {
        over.add(view);
    }

    /** Whether anything at all on the connection is masked for the identity. */
    public boolean masks() {
        return masks;
    }

    /** Whether masked values are in its rows, or beside them. */
    public boolean touches(Relation relation) {
        return columns.containsKey(relation.oid())
                || closed.containsKey(relation.oid())
                || over.contains(relation.oid());
    }

    /** Why the relation may not be read at all; empty where it may. */
    Optional<String> closed(int relation) {
        return Optional.ofNullable(closed.get(relation));
    }

    /** Whether its rules reach masked columns, or what nobody can know. */
    public boolean isView(Relation relation) {
        return closed.containsKey(relation.oid()) || over.contains(relation.oid());
    }

    /** The names of the relation's masked columns. */
    public Set<String> columns(Relation relation) {
        Map<Integer, Mask> masked = columns.getOrDefault(relation.oid(), Map.of());
        return relation.columns().stream()
                .filter(column -> masked.containsKey(column.attribute()))
                .map(Relation.Column::name)
                .collect(Collectors.toSet());
    }

    Optional<Mask> mask(Relation relation, int attribute) {
        return Optional.ofNullable(
                columns.getOrDefault(relation.oid(), Map.of()).get(attribute));
    }

    /** Whether it is a masked column, or a whole row with one in it. */
    boolean masks(Source source) {
        Map<Integer, Mask> masked = columns.getOrDefault(source.relation(), Map.of());
        return closed.containsKey(source.relation())
                || (source.attribute() == 0 ? !masked.isEmpty() : masked.containsKey(source.attribute()));
    }

    /** What a column of a result shows. */
    Mask mask(Output output) {
        if (output.derived().stream().anyMatch(this::masks)) {
            return DERIVED;
        }
        Set<Mask> masked = output.same().stream()
                .filter(this::masks)
                .map(source ->
                        columns.getOrDefault(source.relation(), Map.of()).getOrDefault(source.attribute(), DERIVED))
                .collect(Collectors.toSet());
        return masked.isEmpty()
                ? new Mask.Clear()
                : masked.size() == 1 ? masked.iterator().next() : DERIVED;
    }
}
