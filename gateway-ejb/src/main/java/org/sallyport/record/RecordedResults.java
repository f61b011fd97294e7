package org.sallyport.record;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of what a client saw of a statement's results, or sent as COPY data.
 *
 * @param results those that the page's rows belong to, in order
 * @param next    the first row of the next page; absent where there is none
 * @param cut     whether the record ends before the results did: at the connection's limit, or where the gateway was killed; known on the
 *                last page only
 */
public record RecordedResults(List<Result> results, Optional<Integer> next, boolean cut) {
    public RecordedResults {
        results = List.copyOf(results);
    }

    /** What the rows of a result are. */
    public enum Kind {
        ROWS,
        COPY_OUT,
        COPY_IN,
        FUNCTION
    }

    /**
     * A result's columns and rows.
     *
     * @param columns    empty but for rows
     * @param rows       values as text, or, binary or not in UTF-8, as hexadecimal digits after {@code \x}; null is SQL NULL. COPY data has a row for each message,
     *                   of one value
     * @param commandTag absent where another page has its end, or it has none
     */
    public record Result(
            Kind kind, List<Column> columns, List<List<@Nullable String>> rows, Optional<String> commandTag) {
        public Result {
            columns = List.copyOf(columns);
            rows = Collections.unmodifiableList(rows);
        }
    }

    /**
     * A column.
     *
     * @param type its OID
     */
    public record Column(String name, int type, boolean binary) {}
}
