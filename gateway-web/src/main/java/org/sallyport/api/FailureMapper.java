package org.sallyport.api;

import jakarta.ejb.EJBAccessException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns whatever a resource throws into a problem. The only place of the API that catches. */
@Provider
public class FailureMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = System.getLogger(FailureMapper.class.getName());

    @Context
    private UriInfo uri;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public FailureMapper() {}

    @Override
    public Response toResponse(Throwable failure) {
        Problem problem =
                problem(failure, "/" + uri.getRequestUri().getRawPath().replaceFirst("^/+", ""));
        Response.ResponseBuilder response = failure instanceof WebApplicationException known
                ? Response.fromResponse(known.getResponse())
                : Response.status(problem.status());
        return response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem.toJson().toString())
                .build();
    }

    static Problem problem(Throwable failure, String instance) {
        if (failure instanceof Refused refused) {
            return Problem.of(refused.kind(), refused.detail(), instance);
        }
        ProblemKind kind = kind(failure);
        if (kind.status() < 500) {
            return Problem.of(kind, kind.detail(), instance);
        }
        UUID incident = UUID.randomUUID();
        // No messages: the store's may carry what the row holds.
        LOG.log(Level.ERROR, "request failed incident={0} path={1} causes={2}", incident, instance, causes(failure));
        return Problem.of(kind, kind.detail() + " Incident " + incident + ".", instance);
    }

    private static ProblemKind kind(Throwable failure) {
        if (failure instanceof WebApplicationException known) {
            return ProblemKind.ofStatus(known.getResponse().getStatus());
        }
        if (failure instanceof EJBAccessException) {
            return ProblemKind.FORBIDDEN;
        }
        if (chain(failure).anyMatch(FailureMapper::isCutShort)) {
            return ProblemKind.TOO_MUCH;
        }
        return chain(failure).anyMatch(FailureMapper::isLostConnection) ? ProblemKind.STORE : ProblemKind.UNEXPECTED;
    }

    /** PostgreSQL's query_canceled: the question has taken longer than it may. */
    private static boolean isCutShort(Throwable cause) {
        return cause instanceof SQLException sql && "57014".equals(sql.getSQLState());
    }

    /** PostgreSQL's error classes 08, connection exception, and 57P, operator intervention. */
    private static boolean isLostConnection(Throwable cause) {
        return cause instanceof SQLException sql
                && sql.getSQLState() != null
                && (sql.getSQLState().startsWith("08") || sql.getSQLState().startsWith("57P"));
    }

    private static String causes(Throwable failure) {
        return chain(failure)
                .map(cause -> cause.getClass().getName()
                        + Stream.of(cause.getStackTrace())
                                .limit(1)
                                .map(at -> " at " + at)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining(" < "));
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
