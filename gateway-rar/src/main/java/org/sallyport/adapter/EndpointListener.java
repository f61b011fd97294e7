package org.sallyport.adapter;

import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.security.auth.Subject;
import javax.security.auth.login.LoginException;
import org.sallyport.contract.Admission;
import org.sallyport.contract.ConnectionAttempt;
import org.sallyport.contract.GatewayListener;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.RefusalException;
import org.sallyport.contract.ResultShape;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.Verdict;

/**
 * Carries the sessions' questions to the message endpoint, each on an endpoint borrowed for that question alone and, once
 * a session is admitted, with its caller established.
 *
 * <p>Thread-safe. A question that cannot be asked (no endpoint free, the application gone) completes exceptionally or
 * throws, which the proxy takes for a refusal.
 */
final class EndpointListener implements GatewayListener {
    private static final Logger LOG = Logger.getLogger(EndpointListener.class.getName());

    /** More questions at once than the server's {@code maxEndpoints}. */
    private static final Refusal BUSY = Refusal.of(
            "53300",
            "the gateway is busy",
            "No message endpoint is free.",
            "Try again, or have the operator raise the activation's maxEndpoints.");

    private final MessageEndpointFactory factory;
    private final WorkManager works;
    private final CallerLogin logins;
    private final Map<SessionId, Subject> callers = new ConcurrentHashMap<>();

    EndpointListener(MessageEndpointFactory factory, WorkManager works, String realm) {
        this.factory = factory;
        this.works = works;
        this.logins = new CallerLogin(realm);
    }

    @Override
    public CompletionStage<Admission> admit(ConnectionAttempt attempt) {
        return ask(endpoint -> endpoint.admit(attempt)).thenApply(admission -> {
            if (admission instanceof Admission.Admitted admitted) {
                callers.put(attempt.session(), login(attempt.session(), admitted));
            }
            return admission;
        });
    }

    private Subject login(SessionId session, Admission.Admitted admitted) {
        try {
            return logins.login(admitted);
        } catch (LoginException e) {
            // The adapter owns the password from here on, and nobody will log in with it.
            admitted.target().password().close();
            LOG.log(Level.SEVERE, "the server refused a caller sessionId=" + session, e);
            throw new IllegalStateException("caller not established", e);
        }
    }

    @Override
    public CompletionStage<Verdict> judge(SessionId session, StatementAttempt attempt) {
        return askAs(session, endpoint -> endpoint.judge(session, attempt));
    }

    @Override
    public MaskingPlan shape(SessionId session, ResultShape result) {
        return askAs(session, endpoint -> endpoint.shape(session, result));
    }

    @Override
    public void ended(SessionId session, SessionEnd end) {
        try {
            askAs(session, endpoint -> {
                endpoint.ended(session, end);
                return end;
            });
        } finally {
            callers.remove(session);
        }
    }

    private <T> T askAs(SessionId session, Function<GatewayListener, T> question) {
        Subject caller = callers.get(session);
        if (caller == null) {
            throw new IllegalStateException("no caller for sessionId=" + session);
        }
        var answer = new CompletableFuture<T>();
        try {
            works.doWork(new CallerWork(caller, () -> {
                try {
                    answer.complete(ask(question));
                } catch (RuntimeException | Error e) {
                    answer.completeExceptionally(e);
                }
            }));
        } catch (WorkException e) {
            throw new IllegalStateException("the server took no work", e);
        }
        // doWork returns when the work is done: nothing waits here.
        if (!answer.isDone()) {
            throw new IllegalStateException("the server dropped a question sessionId=" + session);
        }
        return answer.join();
    }

    private <T> T ask(Function<GatewayListener, T> question) {
        MessageEndpoint endpoint;
        try {
            endpoint = factory.createEndpoint(null);
        } catch (UnavailableException e) {
            throw new RefusalException(BUSY, e);
        }
        try {
            return question.apply((GatewayListener) endpoint);
        } finally {
            endpoint.release();
        }
    }
}
