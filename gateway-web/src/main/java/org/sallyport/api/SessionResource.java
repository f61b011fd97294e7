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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sallyport.record.Chronicle;
import org.sallyport.record.Page;
import org.sallyport.record.RecordedSession;

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
    @Operation(
            summary = "Find sessions",
            description =
                    "The youngest first. All that is given must hold; what is asked of statements, of one of its statements.")
    @Parameter(name = "identity", in = ParameterIn.QUERY, description = "Whose: the whole name")
    @Parameter(name = "connection", in = ParameterIn.QUERY, description = "To which connection")
    @Parameter(name = "from", in = ParameterIn.QUERY, description = "Not before this time (of a session: its start)")
    @Parameter(name = "to", in = ParameterIn.QUERY, description = "Before this time")
    @Parameter(name = "relation", in = ParameterIn.QUERY, description = "That touched this relation, as schema.name")
    @Parameter(name = "label", in = ParameterIn.QUERY, description = "That touched columns with this label")
    @Parameter(name = "verdict", in = ParameterIn.QUERY, description = "PERMIT or DENY")
    @Parameter(name = "rule", in = ParameterIn.QUERY, description = "That this rule decided")
    @Parameter(name = "sqlState", in = ParameterIn.QUERY, description = "That was refused or failed with this SQLSTATE")
    @Parameter(name = "text", in = ParameterIn.QUERY, description = "With this in its text, in capitals or not")
    @Parameter(name = "after", in = ParameterIn.QUERY, description = "next of the page before")
    @Parameter(name = "size", in = ParameterIn.QUERY, description = "How many, 1 to 200; 50 where it is left out")
    @APIResponse(responseCode = "200", description = "A page of sessions")
    @APIResponse(responseCode = "400", description = "A parameter is not what it should be; the problem names it")
    @APIResponse(responseCode = "422", description = "There is more to search than time; ask for less with from and to")
    public Matches<SessionView> find(@Context UriInfo uri) {
        Question question = Question.of(uri.getQueryParameters());
        return Matches.of(
                chronicle.find(question.search(), question.after(), question.size()),
                question.size(),
                RecordedSession::position,
                SessionView::of);
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
