package org.sallyport.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sallyport.record.GrantRecord;
import org.sallyport.record.GrantRecord.Act;
import org.sallyport.record.Page;
import org.sallyport.record.TestRecord;
import org.sallyport.record.TestRetention;
import org.sallyport.record.TestStore;

/** Grants as a real store has them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrantRowsTest {
    private final TestStore store = store();
    private Connection connection;

    private static TestStore store() {
        try {
            return new TestStore();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    void connect() throws SQLException {
        connection = store.dataSource().getConnection();
    }

    @AfterAll
    void close() throws IOException, SQLException {
        connection.close();
        store.close();
    }

    private void record(GrantRecord... grants) {
        try (TestRecord record = TestRecord.open()) {
            for (GrantRecord grant : grants) {
                var unused = record.recorder().grant(grant);
            }
            record.ship(store);
        }
    }

    @Test
    void areInForceUntilTheirTimeIsOverOrSomethingEndsThem() throws SQLException {
        Instant later = Instant.now().plusSeconds(600);
        GrantRecord running = TestRetention.grant("one", later);
        GrantRecord revoked = TestRetention.grant("two", later);
        GrantRecord over = TestRetention.grant("three", Instant.now().minusSeconds(600));
        GrantRecord told = TestRetention.grant("four", Instant.now().minusSeconds(600));
        record(running, revoked, over, told);
        record(TestRetention.end(revoked, Act.REVOKE), TestRetention.end(told, Act.END));

        List<UUID> own = List.of(running.id(), revoked.id(), over.id(), told.id());
        assertThat(own(own, GrantRows.inForce(connection))).containsExactly(running.id());
        assertThat(own(own, GrantRows.overdue(connection))).containsExactly(over.id());
        assertThat(own(own, GrantRows.list(connection, new Page(0, 10)))).containsExactlyInAnyOrderElementsOf(own);
        Grant found = GrantRows.find(connection, revoked.id()).orElseThrow();
        assertThat(found.given()).isEqualTo(revoked.given());
        assertThat(found.made()).isEqualTo(revoked.word());
        assertThat(found.ended().map(Grant.Ended::act)).contains(Act.REVOKE);
        assertThat(found.granted().labels()).containsExactly("pii.ssn");
        assertThat(GrantRows.find(connection, UUID.randomUUID())).isEmpty();
    }

    /** The tests of this class share a store: each looks at what it gave itself. */
    private static List<UUID> own(List<UUID> given, List<Grant> grants) {
        return grants.stream().map(Grant::id).filter(given::contains).toList();
    }

    /** Each end is recorded by one node. */
    @Test
    void showsWhatIsOverdueToOneNodeAtATime() throws SQLException {
        record(TestRetention.grant("five", Instant.now().minusSeconds(600)));
        try (Connection other = store.dataSource().getConnection()) {
            other.setAutoCommit(false);
            assertThat(GrantRows.overdue(other)).isNotEmpty();
            assertThat(GrantRows.overdue(connection)).isEmpty();
            other.commit();
            assertThat(GrantRows.overdue(connection)).isNotEmpty();
        }
    }
}
