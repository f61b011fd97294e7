package org.sallyport.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.meaning.Flow;

/**
 * What a relation's columns have to do with each other, and with others'.
 *
 * @param view        of a view: where the columns of its query go; empty where that is not understood, too
 * @param constraints which columns' values decide together whether a row may be as it is
 * @param generated   the columns that are computed, and those from which they are
 * @param virtual     whether some of those are computed when they are read
 * @param guards      the columns that decide which rows are there: row-level security looks at them, of whatever relation, or partitions are
 *                    made by them
 * @param labels      the labels that comments on columns name: {@code label: pii.ssn}
 */
public record Structure(
        Optional<Flow> view,
        List<Constraint> constraints,
        Map<Integer, Set<Integer>> generated,
        boolean virtual,
        Set<Flow.Source> guards,
        Map<Integer, Set<String>> labels) {

    /** Of a relation whose columns have nothing to do with each other. */
    public static final Structure PLAIN =
            new Structure(Optional.empty(), List.of(), Map.of(), false, Set.of(), Map.of());

    public Structure {
        constraints = List.copyOf(constraints);
        generated = Map.copyOf(generated);
        guards = Set.copyOf(guards);
        labels = Map.copyOf(labels);
    }

    /** How columns decide about a row. */
    public enum Kind {
        /** Those of one row: a CHECK, an expression of an index, a partition's bounds. */
        ROW,
        /** Those of one row, which may fail for a row that is there: a CHECK that is not validated, or not immutable. */
        DOUBTFUL_ROW,
        /** Those of all rows: a unique index, an exclusion. */
        ROWS,
        /** A foreign key's. */
        FOREIGN
    }

    /** What a foreign key does to the rows that refer to one that is deleted, or gets another key. */
    public enum Action {
        NOTHING,
        CHANGES,
        DELETES
    }

    /**
     * Columns that decide together; zero among them is the whole row.
     *
     * @param referred        of a foreign key: the relation that it refers to; else zero
     * @param references      which of its columns each column refers to
     * @param onDelete        what it does where a row there is deleted
     * @param onUpdate        what it does where those columns are changed
     */
    public record Constraint(
            Kind kind,
            Set<Integer> columns,
            int referred,
            Map<Integer, Integer> references,
            Action onDelete,
            Action onUpdate) {
        public Constraint {
            columns = Set.copyOf(columns);
            references = Map.copyOf(references);
        }

        /** The columns that a foreign key refers to. */
        public Set<Integer> referredColumns() {
            return Set.copyOf(references.values());
        }

        static Constraint of(Kind kind, Set<Integer> columns) {
            return new Constraint(kind, columns, 0, Map.of(), Action.NOTHING, Action.NOTHING);
        }
    }
}
