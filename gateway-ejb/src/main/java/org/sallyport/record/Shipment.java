package org.sallyport.record;

import java.util.List;
import java.util.UUID;

/**
 * Records on their way from a journal into the store: all that follow its record {@code after}, up to {@code last}.
 *
 * @param records entities, in the journal's order
 */
public record Shipment(UUID journal, long after, long last, List<Object> records) {
    public Shipment {
        records = List.copyOf(records);
    }

    <T> List<T> all(Class<T> type) {
        return records.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
