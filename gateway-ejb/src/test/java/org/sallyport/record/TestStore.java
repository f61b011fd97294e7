package org.sallyport.record;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.PersistenceUnitTransactionType;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** A migrated store on a real PostgreSQL, outside a container. */
public final class TestStore implements AutoCloseable {
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
                .managedClass(OutcomeRecord.class)
                .property("jakarta.persistence.nonJtaDataSource", dataSource())
                .property("hibernate.boot.allow_jdbc_metadata_access", "false")
                .property("jakarta.persistence.database-product-name", "PostgreSQL")
                .property("hibernate.jdbc.log.errors", "false")
                .property("hibernate.order_inserts", "true")
                .property("hibernate.jdbc.batch_size", "256");
        for (Class<?> entity : moreEntities) {
            unit.managedClass(entity);
        }
        factory = unit.createEntityManagerFactory();
    }

    public DataSource dataSource() {
        return postgres.getPostgresDatabase();
    }

    public EntityManagerFactory factory() {
        return factory;
    }

    /** Writes in one transaction, as the ledger does. */
    public Consumer<List<Row>> ledger() {
        return rows -> factory.runInTransaction(entities -> new Ledger(entities).write(rows));
    }

    public List<RecordedStatement> statements(UUID session) {
        return factory.callInTransaction(
                entities -> new Chronicle(entities).statements(session, new Page(0, Page.LARGEST)));
    }

    @Override
    public void close() throws IOException {
        factory.close();
        postgres.close();
    }
}
