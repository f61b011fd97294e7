package org.sallyport.masking;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.catalog.Structure.Constraint;
import org.sallyport.meaning.Flow.Source;
import org.sallyport.meaning.Meaning.Kind;

/**
 * Whether a change of rows could fail, or reach other rows, for what stands in a masked column: then whether it does tells something about
 * that. Columns are compared by their names, which children share with their parents.
 */
final class ChangeCheck {
    /** Whatever may be done to a table: of a text that the server was not asked about. */
    static final Map<Kind, Set<Integer>> ANY =
            Map.of(Kind.INSERT, Set.of(0), Kind.UPDATE, Set.of(0), Kind.DELETE, Set.of(0));

    private final Labelling labelling;
    private final Catalog catalog;
    private final Set<Kind> kinds;
    private final Set<Change> seen = new HashSet<>();
    private boolean reaches;

    /** @param kinds of the statement; a lock of rows is an UPDATE of the whole row in the rights that it needs only */
    ChangeCheck(Labelling labelling, Catalog catalog, Set<Kind> kinds) {
        this.labelling = labelling;
        this.catalog = catalog;
        this.kinds = kinds;
    }

    /**
     * A change of some rows of a relation.
     *
     * @param written the names of the columns that get other values
     * @param moves   whether it may put a row into another partition, all of whose constraints it has to meet
     */
    private record Change(int relation, Kind kind, Set<String> written, boolean moves) {}

    /** @param changes by kind, the columns that are written; zero is all of them */
    Optional<String> objection(Relation relation, Map<Kind, Set<Integer>> changes) {
        for (Map.Entry<Kind, Set<Integer>> change : changes.entrySet()) {
            if (isReal(change.getKey(), change.getValue(), kinds)) {
                Optional<String> objection =
                        change(relation, change.getKey(), written(relation, change.getKey(), change.getValue()));
                if (objection.isPresent()) {
                    return objection;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether what had no objection changes rows with masked values in them: if it fails, PostgreSQL shows the whole row. */
    boolean reaches() {
        return reaches;
    }

    /**
     * Whether it is more than a lock of rows, which needs the right to UPDATE the whole row. What ON CONFLICT writes is no UPDATE of the
     * statement's kinds, but has its columns.
     */
    static boolean isReal(Kind kind, Set<Integer> attributes, Set<Kind> kinds) {
        return kind != Kind.UPDATE || kinds.contains(Kind.UPDATE) || !attributes.equals(Set.of(0));
    }

    private Optional<String> change(Relation relation, Kind kind, Set<String> given) {
        List<Relation> family = family(relation);
        Set<String> written = withGenerated(given, family);
        Change change = new Change(
                relation.oid(),
                kind,
                written,
                kind == Kind.UPDATE && family.stream().anyMatch(member -> isKeyWritten(member, written)));
        if (!seen.add(change)) {
            return Optional.empty();
        }
        reaches |= family.stream().anyMatch(labelling::touches);
        if (family.stream()
                .anyMatch(member -> !isPlain(member) && (labelling.touches(relation) || labelling.touches(member)))) {
            return Optional.of(relation.qualifiedName()
                    + " has labelled columns, and what else a change of it does is not known: it is a view or a foreign table, or has"
                    + " triggers or rules.");
        }
        return family.stream()
                .flatMap(
                        member -> own(member, change)
                                .or(() -> referring(member, change))
                                .or(() -> cascading(member, change))
                                .stream())
                .findFirst()
                .or(() -> behind(relation));
    }

    /** What is computed from something that is written is written too. */
    private static Set<String> withGenerated(Set<String> given, List<Relation> family) {
        Set<String> all = new HashSet<>(given);
        for (Relation member : family) {
            member.structure().generated().forEach((attribute, from) -> {
                if (isWritten(member, from, given)) {
                    all.addAll(names(member, Set.of(attribute)));
                }
            });
        }
        return all;
    }

    private List<Relation> family(Relation relation) {
        return Stream.concat(
                        Stream.of(relation), relation.kin().stream().flatMap(oid -> catalog.relation(oid).stream()))
                .toList();
    }

    /** Also where the column is looked at by row-level security only. */
    private static boolean isKeyWritten(Relation relation, Set<String> written) {
        Set<Integer> keys = relation.structure().guards().stream()
                .filter(guard -> guard.relation() == relation.oid())
                .map(Source::attribute)
                .collect(Collectors.toSet());
        return !keys.isEmpty() && isWritten(relation, keys, written);
    }

    private static boolean isPlain(Relation relation) {
        return relation.kind() == Relation.Kind.TABLE && relation.definition().isEmpty();
    }

    private static Set<String> written(Relation relation, Kind kind, Set<Integer> attributes) {
        return kind != Kind.UPDATE || attributes.contains(0) ? names(relation, Set.of(0)) : names(relation, attributes);
    }

    private static Set<String> names(Relation relation, Set<Integer> attributes) {
        return relation.columns().stream()
                .filter(column -> attributes.contains(0) || attributes.contains(column.attribute()))
                .map(Relation.Column::name)
                .collect(Collectors.toSet());
    }

    private Optional<String> own(Relation relation, Change change) {
        Stream<Constraint> constraints = relation.structure().constraints().stream();
        boolean told = change.kind() != Kind.DELETE
                && (constraints.anyMatch(constraint -> tells(relation, constraint, change))
                        || relation.structure().generated().values().stream()
                                .anyMatch(from -> isWritten(relation, from, change.written())
                                        && isStored(relation, from, change)));
        return told
                ? Optional.of("a constraint of " + relation.qualifiedName()
                        + " compares what is written with labelled columns.")
                : Optional.empty();
    }

    private boolean tells(Relation relation, Constraint constraint, Change change) {
        boolean checked = change.moves() || isWritten(relation, constraint.columns(), change.written());
        return switch (constraint.kind()) {
            case ROW -> checked && isStored(relation, constraint.columns(), change);
            case DOUBTFUL_ROW -> isStored(relation, constraint.columns(), change);
            case ROWS -> checked && isMasked(relation.oid(), constraint.columns());
            case FOREIGN ->
                checked
                        && (isMasked(constraint.referred(), constraint.referredColumns())
                                || isStored(relation, constraint.columns(), change));
        };
    }

    /** Whether something masked that stays in the row is among the columns. */
    private boolean isStored(Relation relation, Set<Integer> columns, Change change) {
        return change.kind() == Kind.UPDATE
                && names(relation, columns).stream()
                        .anyMatch(name -> !change.written().contains(name)
                                && labelling.columns(relation).contains(name));
    }

    private static boolean isWritten(Relation relation, Set<Integer> columns, Set<String> written) {
        return names(relation, columns).stream().anyMatch(written::contains);
    }

    private boolean isMasked(int relation, Set<Integer> columns) {
        return columns.stream().anyMatch(column -> labelling.masks(new Source(relation, column)));
    }

    /** Foreign keys of others that refer to what is deleted, or given another key. */
    private Optional<String> referring(Relation relation, Change change) {
        return catalog.relations().stream()
                .filter(other -> keys(other, relation, change)
                        .anyMatch(key -> isMasked(other.oid(), key.columns())
                                || isMasked(relation.oid(), key.referredColumns())))
                .findFirst()
                .map(other ->
                        other.qualifiedName() + " refers to " + relation.qualifiedName() + " by labelled columns.");
    }

    /** What those keys delete or change in turn. */
    private Optional<String> cascading(Relation relation, Change change) {
        return catalog.relations().stream()
                .flatMap(other -> keys(other, relation, change).flatMap(key -> switch (change.kind() == Kind.DELETE
                        ? key.onDelete()
                        : key.onUpdate()) {
                    case NOTHING -> Stream.<String>empty();
                    case CHANGES -> change(other, Kind.UPDATE, names(other, key.columns())).stream();
                    case DELETES -> change(other, Kind.DELETE, names(other, Set.of(0))).stream();
                }))
                .findFirst();
    }

    private static Stream<Constraint> keys(Relation other, Relation relation, Change change) {
        return other.structure().constraints().stream()
                .filter(key -> change.kind() != Kind.INSERT
                        && key.referred() == relation.oid()
                        && isWritten(relation, key.referredColumns(), change.written()));
    }

    /** What is changed through a view, or by a rule, is not told apart. */
    private Optional<String> behind(Relation relation) {
        return relation.bases().stream()
                .flatMap(oid -> catalog.relation(oid).stream())
                .flatMap(base ->
                        ANY.keySet().stream().flatMap(kind -> change(base, kind, names(base, Set.of(0))).stream()))
                .findFirst();
    }
}
