package org.sallyport.record;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/** Writes rows into the store: all of them, durably, or none. Blocks. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Ledger {
    @PersistenceContext(unitName = "sallyport")
    private EntityManager entities;

    @SuppressWarnings("NullAway.Init") // filled by the container
    public Ledger() {}

    Ledger(EntityManager entities) {
        this.entities = entities;
    }

    public void write(List<Row> rows) {
        for (Row row : rows) {
            if (!row.maybeThere() || !isThere(row.entity())) {
                entities.persist(row.entity());
            }
        }
        entities.flush();
    }

    private boolean isThere(Object entity) {
        Object id = entities.getEntityManagerFactory().getPersistenceUnitUtil().getIdentifier(entity);
        return entities.find(entity.getClass(), id) != null;
    }
}
