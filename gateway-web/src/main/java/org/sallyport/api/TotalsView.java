package org.sallyport.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;
import org.sallyport.record.Total;

/**
 * How much left, by whom or of what.
 *
 * @param complete whether there are no more than these, the largest
 */
@JsonbPropertyOrder({"by", "from", "to", "items", "complete"})
public record TotalsView(String by, Instant from, Instant to, List<TotalView> items, boolean complete) {

    public TotalsView {
        items = List.copyOf(items);
    }

    /** One of them. */
    @JsonbPropertyOrder({"name", "statements", "refusals", "rows", "bytes"})
    public record TotalView(String name, long statements, long refusals, long rows, long bytes) {
        static TotalView of(Total total) {
            return new TotalView(total.name(), total.statements(), total.refusals(), total.rows(), total.bytes());
        }
    }
}
