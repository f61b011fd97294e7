package org.sallyport.masking;

import java.util.Collection;
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
import org.sallyport.meaning.Flow.Use;
import org.sallyport.meaning.Meaning;
import org.sallyport.policy.Access;
import org.sallyport.policy.Label;

/** The columns of one database that one identity must not see in the clear. Immutable. */
public final class Labelling {

    private final boolean masks;
    private final Map<Integer, Map<Integer, Marked>> columns = new HashMap<>();
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
            catalog.relations().forEach(relation -> labelling.label(relation, hidden, access, catalog));
            hidden.forEach(label -> labelling.follow(label, access, catalog));
            catalog.relations().forEach(relation -> labelling.generated(relation, catalog));
            catalog.relations().forEach(relation -> labelling.guarded(relation, catalog));
            new ViewLabels(labelling, catalog).labelAll();
        }
        return labelling;
    }

    private void label(Relation relation, List<Label> labels, Access access, Catalog catalog) {
        Map<Integer, Marked> masked = new HashMap<>();
        own(relation, relation, labels, access, masked);
        // A parent shows its children's rows, and a child is its parent's in part.
        for (int oid : relation.kin()) {
            catalog.relation(oid).ifPresent(kin -> own(kin, relation, labels, access, masked));
        }
        if (!masked.isEmpty()) {
            columns.put(relation.oid(), masked);
        }
    }

    private static void own(
            Relation labelled, Relation shown, List<Label> labels, Access access, Map<Integer, Marked> masked) {
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
                                .anyMatch(c -> c.matches(
                                        access.connection(), labelled.schema(), labelled.name(), column.name()));
                if (carries) {
                    Marked marked = new Marked(label.mask(), access.uses(label.name()));
                    masked.merge(column.attribute(), marked, Marked::with);
                }
            }
        }
    }

    private void follow(Label label, Access access, Catalog catalog) {
        Marked marked = new Marked(label.mask(), access.uses(label.name()));
        KeyFollowers.of(label, access.connection(), catalog)
                .forEach(source -> mark(source.relation(), source.attribute(), marked));
    }

    /** What the server computes from a masked column and keeps. */
    private void generated(Relation relation, Catalog catalog) {
        relation.structure().generated().forEach((attribute, from) -> {
            boolean masked = from.stream().anyMatch(column -> masks(new Source(relation.oid(), column)));
            if (masked) {
                mark(relation.oid(), attribute, Marked.DERIVED);
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
                        .forEach(same -> mark(kin.oid(), same.attribute(), Marked.DERIVED)));
    }

    /** Which rows there are, or in which partition a row is, would tell what is compared. */
    private void guarded(Relation relation, Catalog catalog) {
        boolean guarded = Stream.concat(
                        Stream.of(relation), relation.kin().stream().flatMap(oid -> catalog.relation(oid).stream()))
                .flatMap(member -> member.structure().guards().stream())
                .anyMatch(guard -> tells(guard, catalog, new HashSet<>()));
        if (guarded) {
            close(
                    relation.oid(),
                    "which rows " + relation.qualifiedName()
                            + " has depends on labelled columns, by row-level security or the key of its partitions.");
        }
    }

    /** Also where a policy asks a view over masked columns, or a table that is guarded by some itself. */
    private boolean tells(Source guard, Catalog catalog, Set<Integer> seen) {
        if (masks(guard) || guard.relation() == Relation.OPAQUE) {
            return true;
        }
        return guard.attribute() == 0
                && seen.add(guard.relation())
                && catalog.relation(guard.relation()).stream()
                        .flatMap(asked -> Stream.concat(
                                asked.bases().stream().map(base -> new Source(base, 0)),
                                asked.structure().guards().stream()))
                        .anyMatch(next -> tells(next, catalog, seen));
    }

    void mark(int relation, int attribute, Marked marked) {
        columns.computeIfAbsent(relation, oid -> new HashMap<>()).merge(attribute, marked, Marked::with);
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

    /** Whether what is permitted on a relation, by its columns' names, shows no more if it is done to another. */
    boolean hidesAsMuch(Relation relation, Relation other) {
        Map<Integer, Marked> masked = columns.getOrDefault(relation.oid(), Map.of());
        return !isView(other)
                && columns.getOrDefault(other.oid(), Map.of()).entrySet().stream()
                        .allMatch(hidden -> other.column(hidden.getKey())
                                .flatMap(column -> relation.columns().stream()
                                        .filter(same -> same.name().equals(column.name()))
                                        .findFirst())
                                .filter(same -> hidden.getValue().equals(masked.get(same.attribute())))
                                .isPresent());
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
        Map<Integer, Marked> masked = columns.getOrDefault(relation.oid(), Map.of());
        return relation.columns().stream()
                .filter(column -> masked.containsKey(column.attribute()))
                .map(Relation.Column::name)
                .collect(Collectors.toSet());
    }

    Optional<Mask> mask(Relation relation, int attribute) {
        return Optional.ofNullable(
                        columns.getOrDefault(relation.oid(), Map.of()).get(attribute))
                .map(Marked::mask);
    }

    /** Whether it is a masked column, or a whole row with one in it. */
    boolean masks(Source source) {
        return !marked(source).isEmpty();
    }

    /** Whether a query looks at masked columns, in whatever way. */
    public boolean isReadBy(Meaning meaning) {
        return meaning.relations().entrySet().stream().anyMatch(used -> isRead(used.getKey(), used.getValue()));
    }

    private boolean isRead(int relation, Meaning.Use use) {
        return (use.reads() && closed.containsKey(relation))
                || use.read().stream().anyMatch(column -> masks(new Source(relation, column)));
    }

    /** Whether the column carries a label, or is made of one that does. */
    public boolean isLabelled(int relation, int attribute) {
        return columns.getOrDefault(relation, Map.of()).containsKey(attribute);
    }

    /** Whether it is one with which something else than this may not be done. */
    boolean forbids(Source source, Set<Use> uses) {
        return marked(source).stream().anyMatch(marked -> !marked.allowed().containsAll(uses));
    }

    /** The marks of a column, or of all columns of a row. */
    private Collection<Marked> marked(Source source) {
        if (closed.containsKey(source.relation())) {
            return Set.of(Marked.DERIVED);
        }
        Map<Integer, Marked> masked = columns.getOrDefault(source.relation(), Map.of());
        return source.attribute() == 0
                ? masked.values()
                : Optional.ofNullable(masked.get(source.attribute())).stream().toList();
    }

    /** How a column of a result is marked; empty where it shows nothing masked. */
    Optional<Marked> marked(Output output) {
        if (output.derived().stream().anyMatch(this::masks)) {
            return Optional.of(Marked.DERIVED);
        }
        List<Marked> shown = output.same().stream()
                .flatMap(source -> marked(source).stream())
                .toList();
        boolean different = shown.stream().map(Marked::mask).distinct().count() > 1;
        // Values of whoever asks, masked with a secret, would be a dictionary of it.
        boolean chosen = output.mixed()
                || !output.derived().isEmpty()
                || !output.same().stream().allMatch(this::masks);
        boolean tells = chosen && shown.stream().map(Marked::mask).anyMatch(Mask::isKeyed);
        return different || tells ? Optional.of(Marked.DERIVED) : shown.stream().reduce(Marked::with);
    }

    /** What becomes of the values of a column of a result. */
    Mask mask(Output output) {
        return marked(output).map(Marked::mask).orElseGet(Mask.Clear::new);
    }
}
