package org.sallyport.grant;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sallyport.record.Page;
import org.sallyport.record.RecordHouse;

/**
 * Where people come to give rights for a time and to take them back; open to the role {@code approver} only. A role's name is its
 * group's name, which is how the caller's groups are known here.
 */
@Stateless
@RolesAllowed("approver")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class GrantDesk {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @EJB
    private GrantHouse house;

    @EJB
    private StoredGrants store;

    @EJB
    private RecordHouse records;

    @Resource
    private SessionContext context;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public GrantDesk() {}

    /** Grants, the youngest first, those that are over too. */
    public List<Grant> grants(Page page) {
        boolean unused = records.catchUp(PATIENCE);
        return store.list(page);
    }

    public Optional<Grant> find(UUID id) {
        return house.find(id);
    }

    /** Gives something in the caller's name. */
    public Outcome give(GrantWish wish) {
        Set<String> groups =
                house.groups().stream().filter(context::isCallerInRole).collect(Collectors.toUnmodifiableSet());
        return house.give(wish, caller(), groups);
    }

    /** Takes a grant back in the caller's name. */
    public Outcome revoke(UUID id, String reason) {
        return house.revoke(id, caller(), reason);
    }

    private String caller() {
        return context.getCallerPrincipal().getName();
    }
}
