package org.sallyport.inbound;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.CatalogReader;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Question;
import org.sallyport.meaning.Reader;
import org.sallyport.meaning.RecordedDatabase;
import org.sallyport.meaning.Unanswered;
import org.sallyport.record.TestPostgres;

/** On a real PostgreSQL; {@code -Dsallyport.record=true} records for {@link RecordedMaskedQueriesTest} what it says. */
class MaskedQueriesTest extends MaskedQueries {
    private static final boolean RECORDS = Boolean.getBoolean("sallyport.record");

    private final EmbeddedPostgres postgres = TestPostgres.start();
    private final RecordedDatabase recorded = RecordedDatabase.empty();

    @Override
    Catalog snapshot() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
            if (RECORDS) {
                recorded.recordCatalog(statement);
            }
            Catalog catalog = new CatalogReader().read(connection);
            connection.setReadOnly(false);
            connection.setAutoCommit(true);
            statement.execute(LATER);
            return catalog;
        }
    }

    @Override
    Meaning meaning(String query) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            if (RECORDS) {
                recorded.recordTree(connection, query);
            }
            return new Reader(connection).ask(new Question(query, List.of()));
        } catch (Unanswered e) {
            throw new AssertionError(query, e);
        }
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
        if (RECORDS) {
            recorded.write(RecordedMaskedQueriesTest.RECORDED);
        }
    }
}
