package org.sallyport.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sallyport.approval.Approval;
import org.sallyport.approval.ApprovalCounter;
import org.sallyport.approval.ApprovalState;
import org.sallyport.approval.Outcome;

/** Lists, shows and decides approvals. */
@Path("/approvals")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@RolesAllowed("approver")
@RequestScoped
@Tag(name = "approvals", description = "Statements that wait for a person")
public class ApprovalResource {

    @EJB
    private ApprovalCounter counter;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public ApprovalResource() {}

    @GET
    @Operation(summary = "List approvals", description = "Pending ones oldest first, others youngest first.")
    @APIResponse(responseCode = "200", description = "A page of approvals")
    public Listing<ApprovalView> list(
            @QueryParam("state")
                    @Schema(enumeration = {"pending", "approved", "denied", "expired", "withdrawn", "used"})
                    String state,
            @QueryParam("page") @Schema(type = SchemaType.INTEGER) @DefaultValue("0") String page,
            @QueryParam("size") @Schema(type = SchemaType.INTEGER) @DefaultValue("50") String size) {
        Window window = Window.of(page, size);
        List<Approval> approvals = counter.list(state(Optional.ofNullable(state)), window.offset(), window.size());
        return Listing.of(approvals.stream().map(ApprovalView::of).toList(), window);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Show an approval")
    @APIResponse(responseCode = "200", description = "The approval")
    @APIResponse(
            responseCode = "404",
            description = "There is no such approval",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public ApprovalView show(@PathParam("id") String id) {
        return ApprovalView.of(approval(id));
    }

    @POST
    @Path("/{id}/approve")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Approve", description = "The statement runs once, if it is still allowed then.")
    @APIResponse(responseCode = "200", description = "It is approved")
    @APIResponse(responseCode = "403", description = "You asked for it yourself, or are in no approver group")
    @APIResponse(responseCode = "409", description = "It is decided, expired or withdrawn already")
    public ApprovalView approve(
            @PathParam("id") String id,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Reason.class)))
                    InputStream body)
            throws IOException {
        Reason reason = Reason.read(body);
        return view(counter.approve(Paths.id(id), reason.reason()));
    }

    @POST
    @Path("/{id}/deny")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Deny", description = "The statement is refused, with your reason.")
    @APIResponse(responseCode = "200", description = "It is denied")
    @APIResponse(responseCode = "403", description = "You asked for it yourself, or are in no approver group")
    @APIResponse(responseCode = "409", description = "It is decided, expired or withdrawn already")
    public ApprovalView deny(
            @PathParam("id") String id,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Reason.class)))
                    InputStream body)
            throws IOException {
        Reason reason = Reason.read(body);
        return view(counter.deny(Paths.id(id), reason.reason()));
    }

    private Approval approval(String id) {
        return counter.find(Paths.id(id)).orElseThrow(() -> new Refused(ProblemKind.NOT_FOUND));
    }

    private static ApprovalView view(Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            return ApprovalView.of(done.approval());
        }
        throw refusal(outcome);
    }

    private static Refused refusal(Outcome outcome) {
        if (outcome instanceof Outcome.AlreadyDecided already) {
            return new Refused(
                    ProblemKind.DECIDED, "It is " + already.approval().state().code() + " already.");
        }
        if (outcome instanceof Outcome.NotAllowed not) {
            return new Refused(ProblemKind.NOT_YOURS, not.reason());
        }
        return new Refused(ProblemKind.NOT_FOUND);
    }

    private static Optional<ApprovalState> state(Optional<String> code) {
        return code.map(wanted -> Arrays.stream(ApprovalState.values())
                .filter(state -> state.code().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new Refused(ProblemKind.INVALID, "There is no such state.")));
    }
}
