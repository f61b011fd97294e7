package org.sallyport.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A session as the record knows it.
 *
 * @param end absent while it lives, and where its end was lost with its node
 */
public record RecordedSession(
        UUID id,
        String identity,
        List<String> groups,
        String connection,
        String clientAddress,
        Instant started,
        Optional<End> end,
        String gatewayVersion,
        String policyVersion) {

    public RecordedSession {
        groups = List.copyOf(groups);
    }

    /** How and when it ended. */
    public record End(Instant at, String reason) {}

    /** Behind it the next page begins. */
    public Position position() {
        return Position.of(this);
    }

    static RecordedSession of(SessionRecord session, Optional<SessionEndRecord> end) {
        return new RecordedSession(
                session.id(),
                session.identity(),
                session.groups(),
                session.connection(),
                session.clientAddress(),
                session.started(),
                end.map(e -> new End(e.ended(), e.reason())),
                session.gatewayVersion(),
                session.policyVersion());
    }
}
