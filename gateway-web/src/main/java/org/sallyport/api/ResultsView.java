package org.sallyport.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.sallyport.record.RecordedResults;

/**
 * A page of a statement's results, as the API shows it.
 *
 * @param next the first row of the next page; absent at the end
 * @param cut  whether the record ends before the results did; known on the last page only
 */
@JsonbPropertyOrder({"results", "next", "cut"})
public record ResultsView(
        List<ResultView> results, @Schema(nullable = true) Optional<Integer> next, boolean cut) {

    /**
     * A result.
     *
     * @param kind {@code ROWS}, {@code COPY_OUT}, {@code COPY_IN} or {@code FUNCTION}
     * @param rows values as text, or as hexadecimal digits after {@code \x}
     */
    @JsonbPropertyOrder({"kind", "columns", "rows", "commandTag"})
    public record ResultView(
            String kind,
            List<ColumnView> columns,
            List<List<@Nullable String>> rows,
            @Schema(nullable = true) Optional<String> commandTag) {

        static ResultView of(RecordedResults.Result result) {
            return new ResultView(
                    result.kind().name(),
                    result.columns().stream()
                            .map(column -> new ColumnView(column.name(), Integer.toUnsignedLong(column.type())))
                            .toList(),
                    result.rows(),
                    result.commandTag());
        }
    }

    /**
     * A column.
     *
     * @param type its OID
     */
    @JsonbPropertyOrder({"name", "type"})
    public record ColumnView(String name, long type) {}

    static ResultsView of(RecordedResults page) {
        return new ResultsView(page.results().stream().map(ResultView::of).toList(), page.next(), page.cut());
    }
}
