package org.sallyport.inbound;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.Optional;
import java.util.UUID;
import org.sallyport.contract.Secret;
import org.sallyport.grant.GrantHouse;
import org.sallyport.grant.Outcome;
import org.sallyport.identity.Verification.Verified;

/** Where an identity, known by the token that it connects with, gives back what it was granted; its token is looked at here. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class JobDesk {

    @EJB
    private GatewayHouse house;

    @EJB
    private GrantHouse grants;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public JobDesk() {}

    /** Ends a grant of whom the token names; empty where the token is not believed. Blocks. */
    public Optional<Outcome> giveBack(Secret token, UUID grant) {
        return house.tokens().verify(token) instanceof Verified verified
                ? Optional.of(grants.giveBack(grant, verified.identity().name()))
                : Optional.empty();
    }
}
