package org.sallyport.api;

import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.sallyport.contract.Secret;
import org.sallyport.grant.Outcome;
import org.sallyport.inbound.JobDesk;

/**
 * Where a job that has ended gives back its grant: DELETE, with the token that it connects with as a bearer token. Its issuer is one of
 * the policy's, whom the server itself does not know, so this is outside what the server guards.
 */
@WebServlet("/jobs/grants/*")
public class JobGrantServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String BEARER = "Bearer ";

    @EJB
    private transient JobDesk desk;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public JobGrantServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("DELETE")) {
            response.setHeader("Allow", "DELETE");
            ProblemServlet.write(response, ProblemKind.METHOD, request.getRequestURI());
            return;
        }
        Optional<ProblemKind> problem = giveBack(request);
        if (problem.isPresent()) {
            ProblemServlet.write(response, problem.get(), request.getRequestURI());
        } else {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }
    }

    private Optional<ProblemKind> giveBack(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.startsWith(BEARER)) {
            return Optional.of(ProblemKind.UNAUTHENTICATED);
        }
        Optional<UUID> id = id(request.getPathInfo());
        if (id.isEmpty()) {
            return Optional.of(ProblemKind.NOT_FOUND);
        }
        try (Secret token = new Secret(header.substring(BEARER.length()).strip().toCharArray())) {
            return desk.giveBack(token, id.get())
                    .map(JobGrantServlet::problem)
                    .orElse(Optional.of(ProblemKind.UNAUTHENTICATED));
        } catch (EJBException failure) {
            // A job tries again where the store is away, and only there.
            return Optional.of(ProblemKind.ofStatus(
                    FailureMapper.problem(failure, request.getRequestURI()).status()));
        }
    }

    private static Optional<ProblemKind> problem(Outcome outcome) {
        return outcome instanceof Outcome.Done
                ? Optional.empty()
                : Optional.of(GrantResource.refusal(outcome).kind());
    }

    private static Optional<UUID> id(String path) {
        try {
            return Optional.of(Paths.id(path == null ? "" : path.substring(1)));
        } catch (Refused unknown) {
            return Optional.empty();
        }
    }
}
