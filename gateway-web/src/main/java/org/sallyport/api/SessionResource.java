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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sallyport.record.Chronicle;
import org.sallyport.record.Page;
import org.sallyport.record.RecordedSession;
import org.sallyport.record.SessionEvent;

/** Reads the record: sessions and their statements. */
@Path("/sessions")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@RolesAllowed("auditor")
@RequestScoped
@Tag(name = "sessions", description = "Who ran what, and what was decided")
public class SessionResource {
    static final String NDJSON = "application/x-ndjson";

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
        SessionView session = show(id);
        boolean over = session.ended().isPresent();
        List<StatementView> statements =
                chronicle.statements(session.id(), new Page(window.page(), window.size())).stream()
                        .map(statement -> StatementView.of(statement, over))
                        .toList();
        return Listing.of(statements, window);
    }

    @GET
    @Path("/{id}/timeline")
    @Operation(summary = "Tell a session", description = "Whatever happened in it, in the order of its times.")
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
    @APIResponse(responseCode = "200", description = "A page of events")
    @APIResponse(responseCode = "404", description = "There is no such session")
    public Matches<EventView> timeline(@PathParam("id") String id, @Context UriInfo uri) {
        Question question = Question.paged(uri.getQueryParameters());
        RecordedSession session = chronicle.session(Paths.id(id)).orElseThrow(() -> new Refused(ProblemKind.NOT_FOUND));
        return Matches.of(
                chronicle.timeline(session.id(), question.after(), question.size()),
                question.size(),
                SessionEvent::position,
                event -> EventView.of(event, session));
    }

    @GET
    @Path("/{id}/export")
    @Produces({NDJSON, Problem.MEDIA_TYPE})
    @Operation(
            summary = "Export a session",
            description =
                    "As lines of JSON that can be checked against the chain, or as a page that plays them without a network.")
    @APIResponse(
            responseCode = "200",
            description = "The session",
            content = {@Content(mediaType = NDJSON), @Content(mediaType = MediaType.TEXT_HTML)})
    @APIResponse(responseCode = "404", description = "There is no such session")
    public Response exportLines(@PathParam("id") String id) {
        SessionExport export = SessionExport.of(chronicle, Paths.id(id));
        return file(export::lines, NDJSON, "session-" + Paths.id(id) + ".ndjson");
    }

    @GET
    @Path("/{id}/export")
    @Produces({MediaType.TEXT_HTML + ";qs=0.5", Problem.MEDIA_TYPE + ";qs=0.1"})
    @Operation(hidden = true)
    public Response exportPage(@PathParam("id") String id) {
        SessionExport export = SessionExport.of(chronicle, Paths.id(id));
        return file(export::page, MediaType.TEXT_HTML, "session-" + Paths.id(id) + ".html");
    }

    /** Writes an export. */
    private interface Body {
        void write(Writer out) throws IOException;
    }

    /** Kept and opened from there, never shown as a page of the gateway's own. */
    private static Response file(Body body, String type, String name) {
        StreamingOutput content = stream -> {
            Writer out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
            body.write(out);
            out.flush();
        };
        return Response.ok(content, type + ";charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("Cache-Control", "no-store")
                .build();
    }
}
