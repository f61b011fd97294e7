package org.sallyport.retention;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.sallyport.record.PurgeRecord;
import org.sallyport.record.PurgeRecord.Order;
import org.sallyport.record.PurgeRecord.Scope;

/** Where people come to have content erased before its time; open to the role {@code admin} only. */
@Stateless
@RolesAllowed("admin")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ErasureDesk {

    @EJB
    private RetentionHouse house;

    @Resource
    private SessionContext context;

    private final Clock clock = Clock.systemUTC();

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public ErasureDesk() {}

    /**
     * Records that what is on record of sessions is to be removed, which follows soon; empty where nothing is on record of them, or all is
     * held.
     *
     * @param endedBefore sessions that had ended before; now, where it is absent or later than now
     */
    public Optional<PurgeRecord> erase(
            Optional<String> connection, Optional<String> identity, Optional<Instant> endedBefore, String reason) {
        Instant now = clock.instant();
        Instant before = endedBefore.filter(now::isAfter).orElse(now);
        Order order = new Order(Optional.of(context.getCallerPrincipal().getName()), reason, now);
        try {
            return house.request(new Scope(connection, identity, before), order);
        } catch (SQLException e) {
            throw new EJBException(e);
        }
    }
}
