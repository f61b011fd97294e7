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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sallyport.record.Chronicle;

/** Shows what clients saw. */
@Path("/sessions/{id}/statements/{number}/results")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@RolesAllowed("auditor")
@RequestScoped
@Tag(name = "sessions")
public class ResultResource {

    @EJB
    private Chronicle chronicle;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public ResultResource() {}

    @GET
    @Operation(
            summary = "Show a statement's results",
            description =
                    "As the client saw them, masked, as far as the connection's policy has them recorded; COPY data likewise. "
                            + "Rows of all the statement's results count from 0.")
    @APIResponse(responseCode = "200", description = "A page of rows; none where nothing is recorded")
    public ResultsView show(
            @PathParam("id") String id,
            @PathParam("number") String number,
            @QueryParam("first") @Schema(type = SchemaType.INTEGER) @DefaultValue("0") String first,
            @QueryParam("size") @Schema(type = SchemaType.INTEGER) @DefaultValue("50") String size) {
        return ResultsView.of(
                chronicle.results(Paths.id(id), Paths.number(number), Window.first(first), Window.size(size)));
    }
}
