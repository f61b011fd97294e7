package org.sallyport.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sallyport.record.Chronicle;
import org.sallyport.record.FoundStatement;

/** Finds statements in the record, whosever they are. */
@Path("/statements")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@RolesAllowed("auditor")
@RequestScoped
@Tag(name = "sessions", description = "Who ran what, and what was decided")
public class StatementResource {

    @EJB
    private Chronicle chronicle;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public StatementResource() {}

    @GET
    @Operation(summary = "Find statements", description = "The youngest first. All that is given must hold.")
    @Parameter(
            name = "identity",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING),
            description = "Whose: the whole name")
    @Parameter(
            name = "connection",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING),
            description = "To which connection")
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING),
            description = "Not before this time (of a session: its start)")
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING),
            description = "Before this time")
    @Parameter(
            name = "relation",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING),
            description = "That touched this relation, as schema.name")
    @Parameter(
            name = "label",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING),
            description = "That touched columns with this label")
    @Parameter(
            name = "verdict",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING),
            description = "PERMIT or DENY")
    @Parameter(
            name = "rule",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING),
            description = "That this rule decided")
    @Parameter(
            name = "sqlState",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING),
            description = "That was refused or failed with this SQLSTATE")
    @Parameter(
            name = "text",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING),
            description = "With this in its text, in capitals or not")
    @Parameter(
            name = "after",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING),
            description = "next of the page before")
    @Parameter(
            name = "size",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING),
            description = "How many, 1 to 200; 50 where it is left out")
    @APIResponse(responseCode = "200", description = "A page of statements")
    @APIResponse(responseCode = "400", description = "A parameter is not what it should be; the problem names it")
    @APIResponse(responseCode = "422", description = "There is more to search than time; ask for less with from and to")
    public Matches<MatchView> find(@Context UriInfo uri) {
        Question question = Question.of(uri.getQueryParameters());
        return Matches.of(
                chronicle.findStatements(question.search(), question.after(), question.size()),
                question.size(),
                FoundStatement::position,
                MatchView::of);
    }
}
