package org.sallyport.grant;

import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.sallyport.record.Page;

/** The grants in PostgreSQL, each time as they are there now. Blocks. */
@Stateless
@LocalBean
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class StoredGrants {
    @PersistenceContext(unitName = "sallyport")
    private EntityManager entities;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public StoredGrants() {}

    /** The youngest first. */
    public List<Grant> list(Page page) {
        return entities.unwrap(Session.class).doReturningWork(connection -> GrantRows.list(connection, page));
    }

    public Optional<Grant> find(UUID id) {
        return entities.unwrap(Session.class).doReturningWork(connection -> GrantRows.find(connection, id));
    }

    public List<Grant> inForce() {
        return entities.unwrap(Session.class).doReturningWork(GrantRows::inForce);
    }

    /** Shows those whose time is over and of which nothing says so; meanwhile no other node is shown them. */
    public void overdue(Consumer<Grant> end) {
        entities.unwrap(Session.class).doReturningWork(GrantRows::overdue).forEach(end);
    }
}
