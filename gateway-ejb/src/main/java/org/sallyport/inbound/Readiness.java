package org.sallyport.inbound;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import org.sallyport.contract.ListenerState;
import org.sallyport.record.RecordHouse;
import org.sallyport.record.StorePulse;

/** Whether clients can be served; answers within a few seconds at most. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Readiness {
    @EJB
    private GatewayHouse house;

    @EJB
    private RecordHouse records;

    @EJB
    private StorePulse pulse;

    /** For the container. */
    @SuppressWarnings("NullAway.Init")
    public Readiness() {}

    /** Whether clients can connect. */
    public boolean listens() {
        return !ListenerState.addresses().isEmpty();
    }

    /** Whether the policy is loaded: an invalid one stops the application's start. */
    public boolean policyLoaded() {
        return house.isOpen();
    }

    /** Whether what is about to happen can be recorded. */
    public boolean records() {
        return records.takesIntents();
    }

    /** Whether the store answers and has its schema. */
    public boolean storeAnswers() {
        return pulse.beats();
    }
}
