package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.RawClient;

/**
 * What a session's transaction is set to gives it nothing: threats 55 and 98. Each way is refused or changes nothing, and what is
 * honest about it passes.
 */
@WithGateway
class TransactionStateIT {
    private static final List<String> RESTRICTED = List.of("reporting-agents", "migration-agents");

    private final Gateway gateway;
    private final GuardedGateway guarded;
    private final Treasure treasure;
    private final Siege siege;

    TransactionStateIT(Gateway gateway, GuardedGateway guarded) throws SQLException {
        this.gateway = gateway;
        this.guarded = guarded;
        treasure = new Treasure(gateway);
        siege = new Siege(gateway, treasure);
    }

    @AfterEach
    void close() throws SQLException {
        treasure.close();
    }

    private RawClient client(String group) throws IOException {
        return gateway.rawClient("shop", Agent.in(gateway, group));
    }

    /** Ways to have a transaction, or those to come, write. */
    static Stream<String> escapes() {
        return Stream.of(
                "START TRANSACTION READ WRITE",
                "BEGIN ISOLATION LEVEL SERIALIZABLE, READ WRITE, DEFERRABLE",
                "SET TRANSACTION READ WRITE",
                "SET LOCAL TRANSACTION READ WRITE",
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
                "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE",
                "COMMIT; BEGIN READ WRITE",
                "COMMIT AND CHAIN",
                "ROLLBACK; START TRANSACTION READ WRITE",
                "END; SET default_transaction_read_only = off; BEGIN",
                "ABORT",
                "SAVEPOINT a; SET TRANSACTION READ WRITE; RELEASE a",
                "SET default_transaction_read_only = off",
                "SET SESSION \"default_transaction_read_only\" TO 'off'",
                "SET transaction_read_only TO DEFAULT",
                "SET LOCAL transaction_read_only = off",
                "SET TRANSACTION_READ_ONLY = FALSE",
                "RESET default_transaction_read_only",
                "RESET transaction_read_only",
                "RESET ALL",
                "DISCARD ALL",
                "SELECT set_config('transaction_read_only', 'off', false)",
                "SELECT pg_catalog.set_config('default_transaction_read_only', 'off', true)",
                "SELECT \"set_config\"('transaction' || '_read_only', 'off', false)",
                "SELECT U&\"set\\005Fconfig\"('Transaction_Read_Only', 'off', false)",
                "WITH x AS (SELECT set_config(name, 'off', false) FROM pg_settings WHERE name ~ 'read_only') SELECT 1",
                "UPDATE pg_settings SET setting = 'off' WHERE name = 'transaction_read_only'",
                "ALTER ROLE CURRENT_USER SET default_transaction_read_only = off",
                "ALTER DATABASE shop SET default_transaction_read_only = off",
                "DO $$ BEGIN SET LOCAL transaction_read_only = off; END $$",
                "PREPARE TRANSACTION 'loot'",
                // with the change in the same text
                "COMMIT; SET TRANSACTION READ WRITE; DELETE FROM orders WHERE id = 1",
                "BEGIN READ WRITE; UPDATE products SET stock = 0",
                "START TRANSACTION READ ONLY; COMMIT; UPDATE products SET stock = 0");
    }

    @ParameterizedTest
    @MethodSource("escapes")
    void aReadOnlyIdentityStaysReadOnlyWhateverItSends(String escape) throws IOException, SQLException {
        List<String> before = treasure.state();
        try (RawClient client = client("reporting-agents")) {
            for (String begin : List.of("", "BEGIN", "BEGIN READ ONLY", "START TRANSACTION READ WRITE")) {
                client.query(begin).flush().receiveUntil('Z');
                client.query(escape).flush().receiveUntil('Z');
                client.parse("", escape)
                        .bind("", "")
                        .execute("", 0)
                        .sync()
                        .flush()
                        .receiveUntil('Z');
                for (String change : List.of(
                        "UPDATE products SET stock = 0",
                        "INSERT INTO order_items SELECT * FROM order_items",
                        "WITH x AS (DELETE FROM order_items RETURNING 1) SELECT * FROM x",
                        "COPY products FROM STDIN",
                        "TRUNCATE order_items",
                        "SELECT nextval('orders_id_seq')",
                        "SELECT id FROM orders FOR UPDATE",
                        "CREATE TABLE loot (a int)",
                        "CREATE TEMPORARY TABLE loot (a int)")) {
                    assertThat(client.query(change).answers())
                            .as(begin + "; " + escape + "; " + change)
                            .containsAnyOf("E:42501", "E:25P02")
                            .noneMatch(answer -> answer.startsWith("C:") || answer.startsWith("G:"));
                }
                client.query("ROLLBACK").flush().receiveUntil('Z');
            }
            assertThat(client.query("SELECT count(*) FROM products").answers()).contains("D:[120]", "Z:I");
        }
        assertThat(treasure.state()).isEqualTo(before);
    }

    /** The twin: the same words by somebody who may change rows; and reading, whatever the transaction is called. */
    @ParameterizedTest
    @ValueSource(
            strings = {"START TRANSACTION READ WRITE", "BEGIN; SET TRANSACTION READ WRITE", "BEGIN; COMMIT AND CHAIN"})
    void whoMayChangeRowsMayIn(String begin) throws IOException, SQLException {
        List<String> before = treasure.state();
        try (RawClient client = client("migration-agents")) {
            assertThat(client.query(begin).answers()).contains("Z:T");
            assertThat(client.query("UPDATE products SET stock = 1 WHERE id = 1")
                            .answers())
                    .contains("C:UPDATE 1");
            assertThat(client.query("ROLLBACK").answers()).contains("Z:I");
        }
        try (RawClient client = client("reporting-agents")) {
            assertThat(client.query(begin).answers()).contains("Z:T");
            assertThat(client.query("SELECT count(*) FROM products").answers()).contains("D:[120]");
        }
        assertThat(treasure.state()).isEqualTo(before);
    }

    /** 55: who prepares a transaction leaves its locks behind, and who commits one commits somebody else's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PREPARE TRANSACTION 'loot'",
                "prepare/**/transaction $$loot$$",
                "PREPARE TRANSACTION U&'l\\006Fot'",
                "COMMIT PREPARED 'loot'",
                "ROLLBACK PREPARED E'loot'",
                "COMMIT; COMMIT PREPARED 'loot'",
                "SELECT 1; ROLLBACK PREPARED 'loot'",
            })
    void nobodyRestrictedCommitsInTwoPhases(String sql) throws IOException, SQLException {
        for (String group : RESTRICTED) {
            siege.refuse(sql, group);
            try (RawClient client = client(group)) {
                client.query("BEGIN").answers();
                assertThat(client.query(sql).answers()).contains("E:42501", "Z:E");
                assertThat(client.query("COMMIT").answers()).containsExactly("C:ROLLBACK", "Z:I");
            }
        }
        try (RawClient client = guarded.client(Agent.in(gateway, "operators"))) {
            siege.refuse(sql, client);
        }
    }

    /** The twin: one phase; and PREPARE of a statement, and PostgreSQL's own word, where no guardrail is against it. */
    @Test
    void oneWhoIsUnrestrictedIsToldByPostgresItself() throws IOException {
        try (RawClient client = client("operators")) {
            client.query("BEGIN").answers();
            assertThat(client.query("PREPARE TRANSACTION 'mine'").answers()).containsExactly("E:55000", "Z:I");
            assertThat(client.query("COMMIT PREPARED 'nobody''s'").answers()).contains("E:42704", "Z:I");
            assertThat(client.query("PREPARE transaction AS SELECT 7").answers())
                    .contains("C:PREPARE", "Z:I");
        }
        try (RawClient client = client("migration-agents")) {
            assertThat(client.query("BEGIN; UPDATE products SET stock = stock WHERE id = 1; COMMIT")
                            .answers())
                    .contains("C:UPDATE 1", "C:COMMIT");
        }
    }
}
