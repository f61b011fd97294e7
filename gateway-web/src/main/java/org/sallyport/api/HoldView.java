package org.sallyport.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.sallyport.record.HoldRecord.Word;
import org.sallyport.retention.Hold;

/** A legal hold as the API shows it. */
@JsonbPropertyOrder({
    "id",
    "session",
    "connection",
    "placedBy",
    "reason",
    "placedAt",
    "releasedBy",
    "releaseReason",
    "releasedAt"
})
public record HoldView(
        UUID id,
        Optional<UUID> session,
        Optional<String> connection,
        String placedBy,
        String reason,
        Instant placedAt,
        Optional<String> releasedBy,
        Optional<String> releaseReason,
        Optional<Instant> releasedAt) {

    static HoldView of(Hold hold) {
        return new HoldView(
                hold.id(),
                hold.scope().session(),
                hold.scope().connection(),
                hold.placed().who(),
                hold.placed().reason(),
                hold.placed().at(),
                hold.released().map(Word::who),
                hold.released().map(Word::reason),
                hold.released().map(Word::at));
    }
}
