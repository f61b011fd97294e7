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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sallyport.record.Chronicle;
import org.sallyport.record.Total;

/** Adds up how much left. */
@Path("/totals")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@RolesAllowed("auditor")
@RequestScoped
@Tag(name = "sessions", description = "Who ran what, and what was decided")
public class TotalsResource {
    /** Of a policy's connections and labels all, and of identities those that matter. */
    private static final int MOST = 1000;

    private static final Duration USUAL = Duration.ofDays(1);

    private static final Map<String, Total.By> BY =
            Map.of("identity", Total.By.IDENTITY, "connection", Total.By.CONNECTION, "label", Total.By.LABEL);

    @EJB
    private Chronicle chronicle;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public TotalsResource() {}

    @GET
    @Operation(
            summary = "Add up statements, refusals, rows and bytes",
            description = "Of the statements asked from one time to before another; the most bytes first.")
    @Parameter(name = "by", in = ParameterIn.QUERY, required = true, description = "identity, connection or label")
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING),
            description = "A day before to, where it is left out")
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            schema = @Schema(type = SchemaType.STRING),
            description = "Now, where it is left out")
    @APIResponse(responseCode = "200", description = "The totals")
    @APIResponse(responseCode = "400", description = "A parameter is not what it should be; the problem names it")
    @APIResponse(responseCode = "422", description = "There is more to add up than time; ask for less with from and to")
    public TotalsView totals(@Context UriInfo uri) {
        Question.Parameters sent = new Question.Parameters(uri.getQueryParameters());
        sent.allow(new TreeSet<>(Set.of("by", "from", "to")));
        Total.By by = by(sent);
        Instant to = sent.read("to", Question::time).orElseGet(Instant::now);
        Instant from = sent.read("from", Question::time).orElse(to.minus(USUAL));
        Question.requireOrder(Optional.of(from), Optional.of(to));
        List<Total> totals = chronicle.totals(by, from, to, MOST + 1);
        return new TotalsView(
                by.name().toLowerCase(Locale.ROOT),
                from,
                to,
                totals.stream().limit(MOST).map(TotalsView.TotalView::of).toList(),
                totals.size() <= MOST);
    }

    private static Total.By by(Question.Parameters sent) {
        return sent.read(
                        "by",
                        value -> Optional.ofNullable(BY.get(value))
                                .orElseThrow(() -> new IllegalArgumentException("identity, connection or label")))
                .orElseThrow(() -> new Refused(ProblemKind.INVALID, "by: expected identity, connection or label."));
    }
}
