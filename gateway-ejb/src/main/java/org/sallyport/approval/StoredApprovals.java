package org.sallyport.approval;

import static org.sallyport.approval.ApprovalState.APPROVED;
import static org.sallyport.approval.ApprovalState.EXPIRED;
import static org.sallyport.approval.ApprovalState.PENDING;
import static org.sallyport.approval.ApprovalState.USED;
import static org.sallyport.approval.ApprovalState.WITHDRAWN;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/**
 * The approvals in PostgreSQL. Each method is a transaction of its own, committed when it returns, whatever its caller is
 * in: what it says has happened.
 */
@Stateless
@Local(ApprovalStore.class)
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class StoredApprovals implements ApprovalStore {

    private static final int DRIVERS_BUFFER = 8192;

    @PersistenceContext(unitName = "sallyport")
    private EntityManager entities;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public StoredApprovals() {}

    StoredApprovals(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public void add(Approval approval) {
        entities.persist(approval);
        entities.flush();
        entities.unwrap(Session.class).doWork(StoredApprovals::overwriteWhatWasSent);
    }

    /** pgjdbc keeps what it has sent in a buffer of 8 KiB until as much has followed, here a statement in the clear. */
    private static void overwriteWhatWasSent(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1 /*" + " ".repeat(DRIVERS_BUFFER - 32) + "*/");
        }
    }

    @Override
    public Optional<Approval> find(UUID id) {
        return Optional.ofNullable(entities.find(Approval.class, id));
    }

    @Override
    public List<Approval> list(Optional<ApprovalState> state, int offset, int limit) {
        boolean oldestFirst = state.equals(Optional.of(PENDING));
        TypedQuery<Approval> query = entities.createQuery(
                "select a from Approval a"
                        + (state.isPresent() ? " where a.state = :state" : "")
                        + (oldestFirst ? " order by a.heldAt, a.id" : " order by a.heldAt desc, a.id"),
                Approval.class);
        state.ifPresent(wanted -> query.setParameter("state", wanted));
        return query.setFirstResult(offset).setMaxResults(limit).getResultList();
    }

    @Override
    public List<Approval> settled(Set<UUID> ids) {
        return entities.createQuery(
                        "select a from Approval a where a.id in :ids and a.state <> :pending", Approval.class)
                .setParameter("ids", ids)
                .setParameter("pending", PENDING)
                .getResultList();
    }

    @Override
    public boolean decide(UUID id, Ruling ruling) {
        return entities.createQuery("""
                update Approval a
                   set a.state = :to, a.decidedBy = :by, a.decisionReason = :reason, a.decidedAt = :now
                 where a.id = :id and a.state = :from and a.expiresAt > :now""")
                        .setParameter("to", ruling.to())
                        .setParameter("by", ruling.by())
                        .setParameter("reason", ruling.reason())
                        .setParameter("now", ruling.at())
                        .setParameter("id", id)
                        .setParameter("from", PENDING)
                        .executeUpdate()
                == 1;
    }

    @Override
    public boolean use(UUID id, Instant now) {
        return one(id, close("a.id = :id", Set.of(APPROVED), USED, now));
    }

    @Override
    public boolean expire(UUID id, Instant now) {
        return one(id, close("a.id = :id and a.expiresAt <= :now", Set.of(PENDING), EXPIRED, now));
    }

    @Override
    public boolean withdraw(UUID id, Instant now) {
        return one(id, close("a.id = :id", Set.of(PENDING, APPROVED), WITHDRAWN, now));
    }

    @Override
    public int expireOverdue(Instant now) {
        return close("a.expiresAt <= :now", Set.of(PENDING), EXPIRED, now).executeUpdate();
    }

    @Override
    public int withdrawUnused(Instant before, Instant now) {
        return close("a.expiresAt < :before", Set.of(APPROVED), WITHDRAWN, now)
                .setParameter("before", before)
                .executeUpdate();
    }

    @Override
    public int withdrawAbandoned(Tenure tenure, Instant now) {
        return close("a.node = :node and a.life <> :life", Set.of(PENDING, APPROVED), WITHDRAWN, now)
                .setParameter("node", tenure.node())
                .setParameter("life", tenure.life())
                .executeUpdate();
    }

    @Override
    public Instant now() {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
                row.next();
                return row.getObject(1, OffsetDateTime.class).toInstant();
            }
        });
    }

    private static boolean one(UUID id, Query change) {
        return change.setParameter("id", id).executeUpdate() == 1;
    }

    private Query close(String which, Set<ApprovalState> from, ApprovalState to, Instant now) {
        return entities.createQuery(
                        "update Approval a set a.state = :to, a.closedAt = :now where a.state in :from and " + which)
                .setParameter("to", to)
                .setParameter("from", from)
                .setParameter("now", now);
    }
}
