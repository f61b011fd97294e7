package org.sallyport.inbound;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.sallyport.policy.Circumstances;

/** Where auditors ask what the policy says. */
@Stateless
@RolesAllowed("auditor")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PolicyDesk {
    /** A question to the server waits three seconds, a snapshot of a large catalog may take longer. */
    private static final long PATIENCE_SECONDS = 15;

    @EJB
    private GatewayHouse house;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public PolicyDesk() {}

    /**
     * What would become of a text; blocks.
     *
     * @throws CompletionException where the database does not answer
     */
    public Explanation explain(Circumstances circumstances, String sql, List<Integer> parameterTypes) {
        return house.explainer()
                .explain(circumstances, sql, parameterTypes)
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
