package org.sallyport.masking;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sallyport.catalog.Relation;
import org.sallyport.contract.CopyFormat;
import org.sallyport.contract.CopyTo;
import org.sallyport.contract.Mask;
import org.sallyport.meaning.Meaning;
import org.sallyport.sql.QueryText;
import org.sallyport.sql.Reading;
import org.sallyport.sql.Statement;

/**
 * Plans what is shown of rows that COPY TO STDOUT sends. They have no description: before them the server is asked to describe the query
 * that they come from.
 */
final class CopiedRows {
    private final Labelling labelling;
    private final Relation table;

    /** @param table no view over a labelled one */
    CopiedRows(Labelling labelling, Relation table) {
        this.labelling = labelling;
        this.table = table;
    }

    /** Of {@code COPY (query)}; empty where the data is in a form that is not known. */
    static Optional<ResultPlan> ofQuery(Statement statement, ResultPlan plan) {
        Optional<CopyFormat> format = statement.reading() instanceof Reading.Containing containing
                        && containing.outer() instanceof Reading.CopyOfQuery copy
                ? copy.format()
                : Optional.empty();
        return statement
                .query()
                .map(QueryText::text)
                .flatMap(query -> format.map(known -> plan.copied(new CopyTo(query, known))));
    }

    /** Whether the table has the columns that are named. */
    boolean knows(Reading.CopyOut copy) {
        return copy.columns().stream().allMatch(table::hasColumn);
    }

    /**
     * Of {@code COPY table}, whose columns are known: the table's own rows, and where no columns are named, all that are not generated.
     * Empty where the data is in a form that is not known.
     */
    Optional<ResultPlan> ofTable(Reading.CopyOut copy) {
        List<Relation.Column> columns = columns(copy);
        List<Meaning.Column> described = columns.stream()
                .map(column -> new Meaning.Column(column.name(), table.oid(), column.attribute()))
                .toList();
        List<Mask> masks = columns.stream().map(this::mask).toList();
        return copy.format()
                .map(format ->
                        new ResultPlan(described, masks, false).copied(new CopyTo(query(copy, columns), format)));
    }

    private List<Relation.Column> columns(Reading.CopyOut copy) {
        if (copy.columns().isEmpty()) {
            return table.columns().stream()
                    .filter(column -> !isGenerated(column))
                    .toList();
        }
        return copy.columns().stream()
                .flatMap(name ->
                        table.columns().stream().filter(column -> column.name().equals(name)))
                .toList();
    }

    private boolean isGenerated(Relation.Column column) {
        return table.structure().generated().containsKey(column.attribute());
    }

    private Mask mask(Relation.Column column) {
        return labelling.mask(table, column.attribute()).orElseGet(Mask.Clear::new);
    }

    /** Of all columns, where those that are generated do not have to be left out: one that is not known yet shows then. */
    private String query(Reading.CopyOut copy, List<Relation.Column> columns) {
        boolean all =
                copy.columns().isEmpty() && columns.size() == table.columns().size();
        String schema = copy.table().schema().map(name -> quoted(name) + ".").orElse("");
        String from = " FROM ONLY " + schema + quoted(copy.table().name());
        return all
                ? "SELECT *" + from
                : columns.stream()
                        .map(column -> quoted(column.name()))
                        .collect(Collectors.joining(", ", "SELECT ", from));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
