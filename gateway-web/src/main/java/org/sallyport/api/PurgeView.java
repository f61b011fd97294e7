package org.sallyport.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.sallyport.record.PurgeRecord;

/** A purge that was recorded, as the API shows it. */
@JsonbPropertyOrder({"id", "connection", "identity", "endedBefore", "records", "requestedBy", "reason", "recordedAt"})
public record PurgeView(
        UUID id,
        Optional<String> connection,
        Optional<String> identity,
        Instant endedBefore,
        long records,
        Optional<String> requestedBy,
        String reason,
        Instant recordedAt) {

    static PurgeView of(PurgeRecord purge) {
        return new PurgeView(
                purge.id(),
                purge.scope().connection(),
                purge.scope().identity(),
                purge.scope().endedBefore(),
                purge.taken().records(),
                purge.order().by(),
                purge.order().reason(),
                purge.order().at());
    }
}
