package org.sallyport.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sallyport.record.Chronicle;
import org.sallyport.record.Page;

/** Reads the record: sessions and their statements. */
@Path("/sessions")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@RolesAllowed("auditor")
@RequestScoped
@Tag(name = "sessions", description = "Who ran what, and what was decided")
public class SessionResource {

    @EJB
    private Chronicle chronicle;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public SessionResource() {}

    @GET
    @Operation(summary = "List sessions", description = "The youngest first.")
    @APIResponse(responseCode = "200", description = "A page of sessions")
    public Listing<SessionView> list(
            @QueryParam("page") @Schema(type = SchemaType.INTEGER) @DefaultValue("0") String page,
            @QueryParam("size") @Schema(type = SchemaType.INTEGER) @DefaultValue("50") String size) {
        Window window = Window.of(page, size);
        List<SessionView> sessions = chronicle.sessions(new Page(window.page(), window.size())).stream()
                .map(SessionView::of)
                .toList();
        return Listing.of(sessions, window);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Show a session")
    @APIResponse(responseCode = "200", description = "The session")
    @APIResponse(responseCode = "404", description = "There is no such session")
    public SessionView show(@PathParam("id") String id) {
        return chronicle
                .session(Paths.id(id))
                .map(SessionView::of)
                .orElseThrow(() -> new Refused(ProblemKind.NOT_FOUND));
    }

    @GET
    @Path("/{id}/statements")
    @Operation(summary = "List a session's statements", description = "In their order.")
    @APIResponse(responseCode = "200", description = "A page of statements")
    @APIResponse(responseCode = "404", description = "There is no such session")
    public Listing<StatementView> statements(
            @PathParam("id") String id,
            @QueryParam("page") @Schema(type = SchemaType.INTEGER) @DefaultValue("0") String page,
            @QueryParam("size") @Schema(type = SchemaType.INTEGER) @DefaultValue("50") String size) {
        Window window = Window.of(page, size);
        UUID session = show(id).id();
        List<StatementView> statements = chronicle.statements(session, new Page(window.page(), window.size())).stream()
                .map(StatementView::of)
                .toList();
        return Listing.of(statements, window);
    }
}
