package org.sallyport.record;

import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** Takes shipments into the store: all of one, durably, or nothing. Blocks. */
@Stateless
@LocalBean
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Ledger implements Shipper.Store {
    @PersistenceContext(unitName = "sallyport")
    private EntityManager entities;

    @SuppressWarnings("NullAway.Init") // filled by the container
    public Ledger() {}

    Ledger(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    public Shipped shipped(UUID journal) {
        return entities.unwrap(Session.class).doReturningWork(connection -> Rows.shipped(connection, journal));
    }

    /**
     * Adds the shipment's rows and remembers how far the journal is shipped, so that no record is added twice.
     *
     * @throws IllegalStateException where the store has not just the journal's records before it
     */
    @Override
    public void take(Shipment shipment) {
        entities.unwrap(Session.class).doWork(connection -> new Rows(connection).add(shipment));
    }

    /** The sessions that a journal began up to this record and did not end. */
    public List<UUID> unended(UUID journal, long upTo) {
        return entities.unwrap(Session.class).doReturningWork(connection -> Rows.unended(connection, journal, upTo));
    }

    /** Says that a journal's gateway is there, and that sessions without an end are open. */
    public void live(UUID journal) {
        entities.unwrap(Session.class).doWork(connection -> Rows.live(connection, journal));
    }

    /** Keeps a record that no table takes, as it stands in the journal. */
    @Override
    public void takeStray(Shipment shipment, String why) {
        entities.unwrap(Session.class).doWork(connection -> new Rows(connection).addStray(shipment, why));
    }
}
