package org.sallyport.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sallyport.grant.Grant;

/**
 * A grant as the API shows it.
 *
 * @param unmask labels; none where the role is given whole
 * @param state  active, revoked or ended
 */
@JsonbPropertyOrder({
    "id",
    "state",
    "identity",
    "connection",
    "role",
    "unmask",
    "until",
    "grantedBy",
    "reason",
    "grantedAt",
    "endedBy",
    "endReason",
    "endedAt"
})
public record GrantView(
        UUID id,
        String state,
        String identity,
        String connection,
        String role,
        List<String> unmask,
        Instant until,
        Optional<String> grantedBy,
        String reason,
        Instant grantedAt,
        Optional<String> endedBy,
        Optional<String> endReason,
        Optional<Instant> endedAt) {

    static GrantView of(Grant grant, Instant now) {
        return new GrantView(
                grant.id(),
                grant.state(now),
                grant.given().identity(),
                grant.given().connection(),
                grant.given().role(),
                grant.given().labels(),
                grant.given().until(),
                grant.made().who(),
                grant.made().reason(),
                grant.made().at(),
                grant.ended().flatMap(end -> end.word().who()),
                grant.ended().map(end -> end.word().reason()),
                grant.ended().map(end -> end.word().at()));
    }
}
