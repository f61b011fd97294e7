package org.sallyport.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sallyport.record.HoldRecord.Scope;
import org.sallyport.record.Page;
import org.sallyport.retention.Hold;
import org.sallyport.retention.HoldDesk;

/** Places, lists and releases legal holds. */
@Path("/holds")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@RolesAllowed("auditor")
@RequestScoped
@Tag(name = "holds", description = "What must not be purged")
public class HoldResource {

    @EJB
    private HoldDesk desk;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public HoldResource() {}

    @GET
    @Operation(summary = "List holds", description = "The youngest first, released ones too.")
    @APIResponse(responseCode = "200", description = "A page of holds")
    public Listing<HoldView> list(
            @QueryParam("page") @Schema(type = SchemaType.INTEGER) @DefaultValue("0") String page,
            @QueryParam("size") @Schema(type = SchemaType.INTEGER) @DefaultValue("50") String size) {
        Window window = Window.of(page, size);
        List<Hold> holds = desk.holds(new Page(window.page(), window.size()));
        return Listing.of(holds.stream().map(HoldView::of).toList(), window);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Place a hold", description = "Of one session, or of all of a connection, also those to come.")
    @APIResponse(responseCode = "201", description = "From now on nothing of it is purged")
    @APIResponse(responseCode = "400", description = "Neither or both are named, or nothing is on record of it")
    public Response place(
            @RequestBody(
                            required = true,
                            description = "reason, and session or connection",
                            content = @Content(schema = @Schema(implementation = Reason.class)))
                    InputStream body)
            throws IOException {
        Body read = Body.read(body, Set.of("session", "connection", "reason"));
        Scope scope = new Scope(read.id("session"), read.name("connection"));
        Reason reason = read.reason();
        if (scope.session().isPresent() == scope.connection().isPresent()) {
            throw new Refused(ProblemKind.INVALID, "Name a session or a connection.");
        }
        if (!desk.concerns(scope)) {
            throw new Refused(ProblemKind.INVALID, "Nothing is on record of it: a hold would keep nothing.");
        }
        UUID id = UUID.randomUUID();
        requireStored(desk.place(id, scope, reason.reason()));
        return Response.status(Response.Status.CREATED)
                .entity(HoldView.of(hold(id)))
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Release a hold", description = "It stays on record that there was one.")
    @APIResponse(responseCode = "200", description = "It is released")
    @APIResponse(responseCode = "404", description = "There is no such hold")
    @APIResponse(responseCode = "409", description = "It is released already")
    public HoldView release(@PathParam("id") String path, @QueryParam("reason") @DefaultValue("") String reason) {
        UUID id = Paths.id(path);
        if (hold(id).released().isPresent()) {
            throw new Refused(ProblemKind.DECIDED, "It is released already.");
        }
        requireStored(desk.release(id, new Reason(reason).reason()));
        return HoldView.of(hold(id));
    }

    private Hold hold(UUID id) {
        return desk.find(id).orElseThrow(() -> new Refused(ProblemKind.NOT_FOUND));
    }

    private static void requireStored(boolean stored) {
        if (!stored) {
            throw new Refused(
                    ProblemKind.STORE,
                    "It is on record, and takes effect when the store has it: look at the list later.");
        }
    }
}
