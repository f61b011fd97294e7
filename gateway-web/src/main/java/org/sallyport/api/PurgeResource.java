package org.sallyport.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sallyport.record.PurgeRecord;
import org.sallyport.retention.ErasureDesk;

/** Has content erased before its time. */
@Path("/purges")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@RolesAllowed("admin")
@RequestScoped
@Tag(name = "purges", description = "What is erased from the record")
public class PurgeResource {

    @EJB
    private ErasureDesk desk;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public PurgeResource() {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Erase content",
            description = "Of sessions that have ended, by identity, connection or both, but for what is held. "
                    + "That it is erased stays on record.")
    @APIResponse(responseCode = "202", description = "It is recorded, and removed once that is signed")
    @APIResponse(responseCode = "400", description = "Neither identity nor connection is named")
    @APIResponse(responseCode = "404", description = "Nothing is on record of it, or all is held")
    public Response erase(
            @RequestBody(
                            required = true,
                            description = "reason, identity or connection or both, and endedBefore, a time, if not now",
                            content = @Content(schema = @Schema(implementation = Reason.class)))
                    InputStream body)
            throws IOException {
        Body read = Body.read(body, Set.of("identity", "connection", "endedBefore", "reason"));
        Optional<String> identity = read.name("identity");
        Optional<String> connection = read.name("connection");
        Optional<Instant> endedBefore = read.time("endedBefore");
        Reason reason = read.reason();
        if (identity.isEmpty() && connection.isEmpty()) {
            throw new Refused(ProblemKind.INVALID, "Name an identity or a connection.");
        }
        PurgeRecord purge = desk.erase(connection, identity, endedBefore, reason.reason())
                .orElseThrow(() -> new Refused(
                        ProblemKind.NOT_FOUND, "No session of it that has ended is on record, or all are held."));
        return Response.accepted(PurgeView.of(purge)).build();
    }
}
