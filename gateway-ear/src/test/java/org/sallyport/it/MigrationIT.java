package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/** A migration as one transaction, in all the ways in which a client may send it: it passes for who may, and hangs for nobody. */
@WithGateway
class MigrationIT {
    private final Gateway gateway;
    private final Agent agent;

    // Set before each test.
    @SuppressWarnings("NullAway.Init")
    private List<String> steps;

    MigrationIT(Gateway gateway) {
        this.gateway = gateway;
        agent = Agent.in(gateway, "migration-agents");
    }

    @BeforeEach
    void write() {
        String table = "migrated_" + UUID.randomUUID().toString().substring(0, 8);
        steps = List.of(
                "CREATE TABLE " + table + " (id integer PRIMARY KEY, note text)",
                "ALTER TABLE " + table + " ADD COLUMN total integer NOT NULL DEFAULT 0",
                "INSERT INTO " + table + " (id, note, total) VALUES (1, 'a', 1), (2, 'b', 2)",
                "CREATE INDEX " + table + "_total ON " + table + " (total)",
                "UPDATE " + table + " SET total = 3 WHERE id = 1",
                "ALTER TABLE " + table + " RENAME COLUMN note TO remark",
                "DELETE FROM " + table + " WHERE total = 2",
                "DROP TABLE " + table);
    }

    private static void succeeds(List<Message> answers) {
        assertThat(answers)
                .filteredOn(message -> message.type() == 'E')
                .extracting(error -> error.field('M').orElse(""))
                .isEmpty();
    }

    @Test
    void inOneQuery() throws IOException {
        try (RawClient client = gateway.rawClient("shop", agent)) {
            succeeds(client.query("BEGIN; " + String.join("; ", steps) + "; COMMIT")
                    .flush()
                    .receiveUntil('Z'));
            succeeds(client.query(String.join("; ", steps)).flush().receiveUntil('Z'));
        }
    }

    @Test
    void inOneQueryAfterTheOther() throws IOException {
        try (RawClient client = gateway.rawClient("shop", agent)) {
            succeeds(client.query("BEGIN").flush().receiveUntil('Z'));
            for (String step : steps) {
                succeeds(client.query(step).flush().receiveUntil('Z'));
            }
            succeeds(client.query("COMMIT").flush().receiveUntil('Z'));
        }
    }

    @Test
    void inAPipeline() throws IOException {
        try (RawClient client = gateway.rawClient("shop", agent)) {
            for (String step : steps) {
                client.parse("", step).bind("", "").execute("", 0);
            }
            succeeds(client.sync().flush().receiveUntil('Z'));
            client.parse("", "BEGIN").bind("", "").execute("", 0);
            for (String step : steps) {
                client.parse("", step).bind("", "").execute("", 0).sync();
            }
            client.parse("", "ROLLBACK").bind("", "").execute("", 0).sync().flush();
            for (int i = 0; i < steps.size() + 1; i++) {
                succeeds(client.receiveUntil('Z'));
            }
        }
    }

    /** While somebody else holds a lock that analysis needs, who is asked about a query does not hang either. */
    @Test
    void besideOneThatHoldsALock() throws IOException {
        try (RawClient holder = gateway.rawClient("shop", agent);
                RawClient client = gateway.rawClient("shop", agent)) {
            String table = "locked_" + UUID.randomUUID().toString().substring(0, 8);
            succeeds(holder.query("CREATE TABLE " + table + " (id integer)")
                    .flush()
                    .receiveUntil('Z'));
            succeeds(holder.query("BEGIN; ALTER TABLE " + table + " ADD COLUMN n integer")
                    .flush()
                    .receiveUntil('Z'));
            succeeds(client.query("SET lock_timeout = '500ms'").flush().receiveUntil('Z'));
            List<Message> answers =
                    client.query("INSERT INTO " + table + " VALUES (1)").flush().receiveUntil('Z');
            assertThat(answers)
                    .filteredOn(message -> message.type() == 'E')
                    .extracting(error -> error.field('C').orElse(""))
                    .containsExactly("55P03");
            succeeds(holder.query("COMMIT; DROP TABLE " + table).flush().receiveUntil('Z'));
        }
    }
}
