package org.sallyport.retention;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.hibernate.Session;
import org.sallyport.record.HoldRecord;
import org.sallyport.record.HoldRecord.Act;
import org.sallyport.record.HoldRecord.Scope;
import org.sallyport.record.HoldRecord.Word;
import org.sallyport.record.Page;
import org.sallyport.record.RecordHouse;

/** Where people come to have content kept whatever its age, and to take that back; open to the role {@code auditor} only. */
@Stateless
@RolesAllowed("auditor")
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class HoldDesk {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @PersistenceContext(unitName = "sallyport")
    private EntityManager entities;

    @EJB
    private RecordHouse house;

    @Resource
    private SessionContext context;

    private final Clock clock = Clock.systemUTC();

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public HoldDesk() {}

    /** Holds, the youngest first, released ones too. */
    public List<Hold> holds(Page page) {
        boolean unused = house.catchUp(PATIENCE);
        return entities.unwrap(Session.class).doReturningWork(connection -> Holds.list(connection, page));
    }

    public Optional<Hold> find(UUID id) {
        boolean unused = house.catchUp(PATIENCE);
        return entities.unwrap(Session.class).doReturningWork(connection -> Holds.find(connection, id));
    }

    /** Whether the store has any session that this would hold: a hold of nothing is a mistake that nobody would notice. */
    public boolean concerns(Scope scope) {
        boolean unused = house.catchUp(PATIENCE);
        return entities.unwrap(Session.class).doReturningWork(connection -> Holds.concerns(connection, scope));
    }

    /**
     * Records a hold in the caller's name.
     *
     * @return whether the store has it, from when on it stops purges; where it is false the journal has it, and the store later
     */
    public boolean place(UUID id, Scope scope, String reason) {
        return record(new HoldRecord(id, Act.HOLD, scope, word(reason)));
    }

    /** Records a hold's release in the caller's name. */
    public boolean release(UUID id, String reason) {
        return record(new HoldRecord(id, Act.RELEASE, Scope.NONE, word(reason)));
    }

    private Word word(String reason) {
        return new Word(context.getCallerPrincipal().getName(), reason, clock.instant());
    }

    private boolean record(HoldRecord hold) {
        house.recorder()
                .hold(hold)
                .toCompletableFuture()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return house.catchUp(PATIENCE);
    }
}
