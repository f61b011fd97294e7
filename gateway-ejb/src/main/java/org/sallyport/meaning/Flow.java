package org.sallyport.meaning;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the columns of a query's relations go: into its result, and into whatever else the result depends on.
 *
 * @param outputs what becomes of them in the columns of the result, in their order
 * @param uses    what the query does with them besides; also of what is made of them
 * @param applied the functions that are given one of them, or something made of it
 * @param deciding those by whose values it is decided what else is computed
 */
public record Flow(
        List<Output> outputs, Map<Source, Set<Use>> uses, Map<Source, Set<Call>> applied, Set<Source> deciding) {

    public Flow {
        outputs = List.copyOf(outputs);
        uses = Map.copyOf(uses);
        applied = Map.copyOf(applied);
        deciding = Set.copyOf(deciding);
    }

    /**
     * Of a view.
     *
     * @param definition {@code pg_rewrite.ev_action} of its rule
     * @return empty where it is not understood
     */
    public static Optional<Flow> ofView(String definition) {
        try {
            return Optional.of(FlowReader.read(MeaningReader.query(TreeReader.read(definition))));
        } catch (UnreadableTree | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /**
     * A column.
     *
     * @param relation  by OID; a view stands for itself
     * @param attribute its number there; zero for the whole row, negative for the system's columns
     */
    public record Source(int relation, int attribute) {}

    /**
     * A column of a result.
     *
     * @param same    columns whose values it shows as they are: several, where rows come from several queries
     * @param derived columns from whose values it is computed
     * @param mixed   whether it shows in some rows what comes from no column, such as a text of the query's
     */
    public record Output(Set<Source> same, Set<Source> derived, boolean mixed) {
        public Output {
            same = Set.copyOf(same);
            derived = Set.copyOf(derived);
        }
    }

    /**
     * A function is called.
     *
     * @param function by OID; zero where something is done that has no OID, and may fail
     * @param collated whether it knows by which collation; where two were to choose from it fails if it needs one
     * @param decided  whether the column's value decides if it is called, or how large or NULL is what it is given
     */
    public record Call(int function, boolean collated, boolean decided) {}

    /** How a column shapes a result without being in it. */
    public enum Use {
        /** It is compared as it is, for equality, in a condition or to join. */
        EQUALITY,
        /** It stands in WHERE, HAVING, a FILTER or the condition of a change. */
        PREDICATE,
        JOIN,
        ORDER,
        GROUP,
        /** DISTINCT, and set operations that compare rows. */
        DISTINCT,
        /** It is counted as it is, by count: how often it is not NULL, or how many different values there are. */
        COUNT,
        AGGREGATE,
        WINDOW,
        LIMIT,
        /** It is an argument of what makes rows: a function that returns a set or stands in FROM, a TABLESAMPLE. */
        ROWS,
        /** ON CONFLICT finds rows by it. */
        CONFLICT,
        /** It is written into a table. */
        WRITE,
        /** It stands where nobody here knows what it does. */
        UNKNOWN
    }
}
