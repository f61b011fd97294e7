package org.sallyport.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sallyport.record.RecordedSession;

/** A session as the API shows it. */
@JsonbPropertyOrder({
    "id",
    "identity",
    "groups",
    "connection",
    "clientAddress",
    "started",
    "ended",
    "endReason",
    "gatewayVersion",
    "policyVersion"
})
public record SessionView(
        UUID id,
        String identity,
        List<String> groups,
        String connection,
        String clientAddress,
        Instant started,
        Optional<Instant> ended,
        Optional<String> endReason,
        String gatewayVersion,
        String policyVersion) {

    static SessionView of(RecordedSession session) {
        return new SessionView(
                session.id(),
                session.identity(),
                session.groups(),
                session.connection(),
                session.clientAddress(),
                session.started(),
                session.end().map(RecordedSession.End::at),
                session.end().map(RecordedSession.End::reason),
                session.gatewayVersion(),
                session.policyVersion());
    }
}
