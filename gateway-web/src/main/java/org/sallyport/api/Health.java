package org.sallyport.api;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * What {@code /health} says. Ready means that a client would be served: the listener is bound, the policy is loaded and the
 * record can be written. Alive means no more than that the application answers: nothing a restart would not mend is asked.
 */
@ApplicationScoped
public class Health {

    @EJB
    private org.sallyport.inbound.Readiness readiness;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public Health() {}

    @Produces
    @Readiness
    HealthCheck listener() {
        return () -> answer("listener", readiness.listens(), "bound", "not bound: no client can connect");
    }

    @Produces
    @Readiness
    HealthCheck policy() {
        return () -> answer("policy", readiness.policyLoaded(), "loaded", "not loaded: nothing can be judged");
    }

    @Produces
    @Readiness
    HealthCheck record() {
        return () -> answer("record", readiness.records(), "written", "not written: nothing may run");
    }

    /** Up also where it does not answer: the journal carries on, and clients are served. */
    @Produces
    @Readiness
    HealthCheck store() {
        return () -> HealthCheckResponse.named("store")
                .withData(
                        "state",
                        readiness.storeAnswers()
                                ? "answers"
                                : "does not answer: the record waits in the journal, nothing can be approved")
                .up()
                .build();
    }

    @Produces
    @Liveness
    HealthCheck application() {
        return () -> HealthCheckResponse.up("application");
    }

    private static HealthCheckResponse answer(String name, boolean up, String good, String bad) {
        return HealthCheckResponse.named(name)
                .withData("state", up ? good : bad)
                .status(up)
                .build();
    }
}
