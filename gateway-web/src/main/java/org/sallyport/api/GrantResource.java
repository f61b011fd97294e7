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
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sallyport.grant.Grant;
import org.sallyport.grant.GrantDesk;
import org.sallyport.grant.Outcome;
import org.sallyport.record.Page;

/** Gives rights for a time, lists what is given, and takes it back. */
@Path("/grants")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@RolesAllowed("approver")
@RequestScoped
@Tag(name = "grants", description = "Rights for a time")
public class GrantResource {

    @EJB
    private GrantDesk desk;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public GrantResource() {}

    @GET
    @Operation(summary = "List grants", description = "The youngest first, those that are over too.")
    @APIResponse(responseCode = "200", description = "A page of grants")
    public Listing<GrantView> list(
            @QueryParam("page") @Schema(type = SchemaType.INTEGER) @DefaultValue("0") String page,
            @QueryParam("size") @Schema(type = SchemaType.INTEGER) @DefaultValue("50") String size) {
        Window window = Window.of(page, size);
        Instant now = Instant.now();
        return Listing.of(
                desk.grants(new Page(window.page(), window.size())).stream()
                        .map(grant -> GrantView.of(grant, now))
                        .toList(),
                window);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Show a grant")
    @APIResponse(responseCode = "200", description = "The grant")
    @APIResponse(responseCode = "404", description = "There is no such grant")
    public GrantView show(@PathParam("id") String path) {
        Grant grant = desk.find(Paths.id(path)).orElseThrow(() -> new Refused(ProblemKind.NOT_FOUND));
        return GrantView.of(grant, Instant.now());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Give something for a time",
            description =
                    "A role that the policy has for that, or labels that such a role sees; to somebody else than yourself.")
    @APIResponse(responseCode = "201", description = "It is in force, on every node within a second")
    @APIResponse(responseCode = "400", description = "The policy lets nobody give that, or not for so long")
    @APIResponse(responseCode = "403", description = "It is for yourself, or you are in no group that may give it")
    @APIResponse(responseCode = "503", description = "The store does not answer: nothing is given")
    public Response give(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = GrantOrder.class)))
                    InputStream body)
            throws IOException {
        Instant now = Instant.now();
        Outcome outcome = desk.give(GrantOrder.read(body).wish(now));
        return Response.status(Response.Status.CREATED).entity(view(outcome)).build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Take a grant back", description = "What rests on it ends, on every node within a second.")
    @APIResponse(responseCode = "200", description = "It is over")
    @APIResponse(responseCode = "404", description = "There is no such grant")
    @APIResponse(responseCode = "409", description = "It was over before")
    public GrantView revoke(@PathParam("id") String path, @QueryParam("reason") @DefaultValue("") String reason) {
        return view(desk.revoke(Paths.id(path), new Reason(reason).reason()));
    }

    private static GrantView view(Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            return GrantView.of(done.grant(), Instant.now());
        }
        throw refusal(outcome);
    }

    static Refused refusal(Outcome outcome) {
        if (outcome instanceof Outcome.Impossible impossible) {
            return new Refused(ProblemKind.INVALID, impossible.reason());
        }
        if (outcome instanceof Outcome.NotAllowed not) {
            return new Refused(ProblemKind.NOT_YOURS, not.reason());
        }
        if (outcome instanceof Outcome.Over) {
            return new Refused(ProblemKind.DECIDED, "It was over before.");
        }
        return new Refused(outcome instanceof Outcome.NotStored ? ProblemKind.STORE : ProblemKind.NOT_FOUND);
    }
}
