package org.sallyport.record;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.PersistenceUnitTransactionType;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** A migrated store on a real PostgreSQL, outside a container. */
public final class TestStore implements Shipper.Store, AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final EntityManagerFactory factory;

    public TestStore(Class<?>... moreEntities) throws IOException {
        postgres = EmbeddedPostgres.start();
        StoreSchema.migrate(dataSource());
        PersistenceConfiguration unit = new PersistenceConfiguration("sallyport-test")
                .provider("org.hibernate.jpa.HibernatePersistenceProvider")
                .transactionType(PersistenceUnitTransactionType.RESOURCE_LOCAL)
                .managedClass(SessionRecord.class)
                .managedClass(SessionEndRecord.class)
                .managedClass(StatementRecord.class)
                .managedClass(ResultChunkRecord.class)
                .managedClass(OutcomeRecord.class)
                // Not the data source: with a connection for each transaction these are most of a test's time.
                .property("jakarta.persistence.jdbc.url", url())
                .property("hibernate.connection.pool_size", "50")
                .property("hibernate.boot.allow_jdbc_metadata_access", "false")
                .property("jakarta.persistence.database-product-name", "PostgreSQL")
                .property("hibernate.jdbc.log.errors", "false");
        for (Class<?> entity : moreEntities) {
            unit.managedClass(entity);
        }
        factory = unit.createEntityManagerFactory();
    }

    public DataSource dataSource() {
        return postgres.getPostgresDatabase();
    }

    /** For another process. */
    public String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    public EntityManagerFactory factory() {
        return factory;
    }

    @Override
    public Shipped shipped(UUID journal) {
        return factory.callInTransaction(entities -> new Ledger(entities).shipped(journal));
    }

    @Override
    public void take(Shipment shipment) {
        factory.runInTransaction(entities -> new Ledger(entities).take(shipment));
    }

    @Override
    public void takeStray(Shipment shipment, String why) {
        factory.runInTransaction(entities -> new Ledger(entities).takeStray(shipment, why));
    }

    public void live(UUID journal) {
        factory.runInTransaction(entities -> new Ledger(entities).live(journal));
    }

    public List<RecordedStatement> statements(UUID session) {
        return factory.callInTransaction(
                entities -> new Chronicle(entities, patience -> true).statements(session, new Page(0, Page.LARGEST)));
    }

    @Override
    public void close() throws IOException {
        factory.close();
        postgres.close();
    }
}
