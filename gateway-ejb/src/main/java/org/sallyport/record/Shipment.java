package org.sallyport.record;

import java.util.List;
import java.util.UUID;

/**
 * Records on their way from a journal into the store: all that follow its record {@code after}.
 *
 * @param through how far the journal is in the store with them
 * @param records in the journal's order
 */
public record Shipment(UUID journal, long after, Shipped through, List<Carried<?>> records) {
    public Shipment {
        records = List.copyOf(records);
    }

    <T> List<Carried<T>> all(Class<T> type) {
        return records.stream()
                .filter(carried -> type.isInstance(carried.row()))
                .map(carried -> new Carried<>(carried.sequence(), carried.seal(), type.cast(carried.row())))
                .toList();
    }
}
