package org.sallyport.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sallyport.inbound.Explanation;
import org.sallyport.inbound.PolicyDesk;

/** Says what the policy says. */
@Path("/policy")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@RolesAllowed("auditor")
@RequestScoped
@Tag(name = "policy", description = "What would be decided, and why")
public class PolicyResource {

    @EJB
    private PolicyDesk desk;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public PolicyResource() {}

    @POST
    @Path("/explain")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Explain a decision",
            description = "What would become of a statement if this identity sent it now. Nothing runs.")
    @APIResponse(
            responseCode = "200",
            description = "The facts, the rules that were looked at, and the one that decides")
    @APIResponse(
            responseCode = "400",
            description = "The question cannot be read",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Explanation explain(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = PolicyQuestion.class)))
                    InputStream body)
            throws IOException {
        PolicyQuestion question = PolicyQuestion.read(body);
        return desk.explain(question.circumstances(Instant.now()), question.sql(), question.parameterTypes());
    }
}
