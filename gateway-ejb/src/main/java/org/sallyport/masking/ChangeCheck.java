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
    private final Labelling labelling;
    private final Catalog catalog;
    private final Set<Kind> kinds;

    /** @param kinds of the statement; a lock of rows is an UPDATE of the whole row in the rights that it needs only */
    ChangeCheck(Labelling labelling, Catalog catalog, Set<Kind> kinds) {
        this.labelling = labelling;
        this.catalog = catalog;
        this.kinds = kinds;
    }

    /** @param changes by kind, the columns that are written; zero is all of them */
    Optional<String> objection(Relation relation, Map<Kind, Set<Integer>> changes) {
        Set<Kind> real = new HashSet<>(changes.keySet());
        if (!kinds.contains(Kind.UPDATE)) {
            real.remove(Kind.UPDATE);
        }
        if (real.isEmpty()) {
            return Optional.empty();
        }
        List<Relation> family = Stream.concat(
                        Stream.of(relation), relation.kin().stream().flatMap(oid -> catalog.relation(oid).stream()))
                .toList();
        if (labelling.touches(relation) && family.stream().anyMatch(member -> !isPlain(member))) {
            return Optional.of(relation.qualifiedName()
                    + " has labelled columns, and what else a change of it does is not known: it is a view or a foreign table, or has"
                    + " triggers or rules.");
        }
        for (Kind kind : real) {
            Set<String> written = written(relation, kind, changes.getOrDefault(kind, Set.of()));
            for (Relation member : family) {
                Optional<String> objection = own(member, kind, written).or(() -> referring(member, kind, written));
                if (objection.isPresent()) {
                    return objection;
                }
            }
        }
        return Optional.empty();
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

    private Optional<String> own(Relation relation, Kind kind, Set<String> written) {
        Stream<Constraint> constraints = relation.structure().constraints().stream();
        boolean told = kind != Kind.DELETE
                && (constraints.anyMatch(constraint -> tells(relation, constraint, kind, written))
                        || relation.structure().generated().values().stream()
                                .anyMatch(from -> isStoredBeside(relation, from, kind, written)));
        return told
                ? Optional.of("a constraint of " + relation.qualifiedName()
                        + " compares what is written with labelled columns.")
                : Optional.empty();
    }

    private boolean tells(Relation relation, Constraint constraint, Kind kind, Set<String> written) {
        return switch (constraint.kind()) {
            case ROW -> isStoredBeside(relation, constraint.columns(), kind, written);
            case ROWS ->
                isWritten(relation, constraint.columns(), written) && isMasked(relation.oid(), constraint.columns());
            case FOREIGN ->
                isWritten(relation, constraint.columns(), written)
                        && isMasked(constraint.referred(), constraint.referredColumns());
        };
    }

    /** Whether something masked that stays in the row is looked at together with something that is written. */
    private boolean isStoredBeside(Relation relation, Set<Integer> columns, Kind kind, Set<String> written) {
        return kind == Kind.UPDATE
                && isWritten(relation, columns, written)
                && names(relation, columns).stream()
                        .anyMatch(name -> !written.contains(name)
                                && labelling.columns(relation).contains(name));
    }

    private static boolean isWritten(Relation relation, Set<Integer> columns, Set<String> written) {
        return names(relation, columns).stream().anyMatch(written::contains);
    }

    private boolean isMasked(int relation, Set<Integer> columns) {
        return columns.stream().anyMatch(column -> labelling.masks(new Source(relation, column)));
    }

    /** Foreign keys of others that refer to what is deleted, or given another key. */
    private Optional<String> referring(Relation relation, Kind kind, Set<String> written) {
        if (kind == Kind.INSERT) {
            return Optional.empty();
        }
        return catalog.relations().stream()
                .filter(other -> other.structure().constraints().stream()
                        .anyMatch(key -> key.referred() == relation.oid()
                                && isWritten(relation, key.referredColumns(), written)
                                && (isMasked(other.oid(), key.columns())
                                        || isMasked(relation.oid(), key.referredColumns()))))
                .findFirst()
                .map(other ->
                        other.qualifiedName() + " refers to " + relation.qualifiedName() + " by labelled columns.");
    }
}
