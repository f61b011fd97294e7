package org.sallyport.api;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.sallyport.grant.GrantWish;

/**
 * What somebody wants to give for a time: the body of a request for a grant.
 *
 * @param role    given whole; or
 * @param unmask  labels that are seen in the clear
 * @param seconds from now; or
 * @param until   a time
 */
@Schema(description = "Who is given what on which connection, for how long, and why")
public record GrantOrder(
        @Schema(required = true) String identity,
        @Schema(required = true) String connection,
        Optional<String> role,
        List<String> unmask,
        Optional<Long> seconds,
        Optional<Instant> until,
        @Schema(required = true) String reason) {

    static GrantOrder read(InputStream body) throws IOException {
        Body read =
                Body.readSome(body, List.of("identity", "connection", "role", "unmask", "seconds", "until", "reason"));
        return new GrantOrder(
                required(read, "identity"),
                required(read, "connection"),
                read.name("role"),
                read.names("unmask"),
                read.number("seconds"),
                read.time("until"),
                read.reason().reason());
    }

    private static String required(Body body, String member) {
        return body.name(member).orElseThrow(() -> new Refused(ProblemKind.INVALID, "The body needs " + member + "."));
    }

    GrantWish wish(Instant now) {
        if (seconds.isPresent() == until.isPresent()) {
            throw new Refused(ProblemKind.INVALID, "Say how many seconds, or until when.");
        }
        Instant end = seconds.map(now::plusSeconds).or(() -> until).orElseThrow();
        return new GrantWish(identity, connection, role, unmask, end, reason);
    }
}
