package org.sallyport.approval;

import jakarta.persistence.EntityManagerFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;

/** A desk on a real store, each call a transaction, for the tests of other packages. */
public final class StoredDesk {
    private StoredDesk() {}

    public static ApprovalDesk on(EntityManagerFactory factory, ScheduledExecutorService executor, Clock clock) {
        return new ApprovalDesk(inTransactions(factory), executor, clock, new Tenure("test", UUID.randomUUID()));
    }

    /** One that forgets, for who holds nothing. */
    public static ApprovalDesk inMemory(ScheduledExecutorService executor, Clock clock) {
        return new ApprovalDesk(new MemoryStore(), executor, clock, new Tenure("test", UUID.randomUUID()));
    }

    public static Approver approver(String name, String group) {
        return new Approver(name, Set.of(group));
    }

    private static ApprovalStore inTransactions(EntityManagerFactory factory) {
        return (ApprovalStore) Proxy.newProxyInstance(
                ApprovalStore.class.getClassLoader(),
                new Class<?>[] {ApprovalStore.class},
                (proxy, method, arguments) -> factory.callInTransaction(entities -> {
                    try {
                        return method.invoke(new StoredApprovals(entities), arguments);
                    } catch (IllegalAccessException | InvocationTargetException e) {
                        throw new IllegalStateException(e);
                    }
                }));
    }
}
