package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/**
 * Statements that would show a masked value by a detour show nothing of it, or are refused as PostgreSQL refuses: with a SQLSTATE, a DETAIL, a
 * HINT and a connection that goes on; and no error says a value. Numbers are those of the threat list.
 */
@WithGateway
class MaskingRefusalIT {
    private final Gateway gateway;

    MaskingRefusalIT(Gateway gateway) {
        this.gateway = gateway;
    }

    static Stream<String> detours() {
        return Stream.of(
                // 87-91: what no value shows, but the presence of rows does
                "SELECT count(*) FROM customers WHERE ssn = '900-01-0037'",
                "SELECT id FROM customers WHERE ssn LIKE '90%'",
                "SELECT id, ssn FROM customers ORDER BY ssn LIMIT 1",
                "SELECT id, ssn AS s FROM customers ORDER BY s LIMIT 1",
                "SELECT id, ssn FROM customers ORDER BY 2 LIMIT 1",
                "SELECT DISTINCT ssn FROM customers",
                "SELECT ssn FROM customers GROUP BY ssn",
                "SELECT count(DISTINCT ssn) FROM customers",
                "SELECT a.id FROM customers a JOIN customers b USING (ssn)",
                "SELECT id FROM orders WHERE EXISTS (SELECT FROM customers WHERE ssn > '5')",
                "SELECT rank() OVER (ORDER BY ssn) FROM customers",
                "SELECT id FROM customers c WHERE c.ssn IN ('900-01-0037')",
                // 1b-4: expressions that may fail for some values
                "SELECT CASE WHEN ssn LIKE '9%' THEN 1 ELSE 0 END FROM customers",
                "SELECT 1 / (CASE WHEN ssn > '5' THEN 0 ELSE 1 END) FROM customers",
                "SELECT substr(ssn, 1, 6), substr(ssn, 7) FROM customers",
                "SELECT encode(ssn::bytea, 'hex') FROM customers",
                "SELECT ssn::int FROM customers",
                // 5-12: whole rows
                "SELECT to_jsonb(customers) FROM customers",
                "SELECT array_agg(ssn) FROM customers",
                "SELECT string_agg(ssn, ',') FROM customers",
                // 14-19: through other queries, and what makes rows of a value
                "SELECT regexp_split_to_table(ssn, '') FROM customers",
                "SELECT x FROM customers, generate_series(1, length(ssn)) x",
                "WITH x AS (SELECT id FROM customers WHERE ssn > '5') SELECT * FROM x",
                "SELECT name FROM products UNION SELECT ssn FROM customers",
                // 36-52: laundering
                "CREATE TABLE copy_of_customers AS SELECT * FROM customers",
                "SELECT * INTO copy_of_customers FROM customers",
                "CREATE VIEW people AS SELECT ssn AS s FROM customers",
                "INSERT INTO products (sku, name, category, price, stock)"
                        + " SELECT 'x' || id, ssn, 'c', 1, 1 FROM customers",
                "UPDATE customers SET name = ssn WHERE id = 1",
                "SELECT query_to_xml('SELECT ssn FROM customers', true, false, '')",
                "SELECT table_to_xml('customers', true, false, '')",
                "SELECT set_config('my.x', ssn, false) FROM customers",
                "SELECT pg_notify('x', ssn) FROM customers",
                "SELECT lo_from_bytea(0, ssn::bytea) FROM customers",
                "DO $$ BEGIN RAISE NOTICE '%', (SELECT ssn FROM customers LIMIT 1); END $$",
                "DECLARE k CURSOR WITH HOLD FOR SELECT id FROM customers WHERE ssn > '5'",
                "PREPARE p AS SELECT id FROM customers WHERE ssn > '5'",
                // 70-81: bulk, and what is said about the data
                "COPY customers TO STDOUT (ENCODING 'LATIN1')",
                "COPY customers (id, ssn) TO STDOUT (NULL '900-01-0037')",
                "COPY (SELECT id FROM customers WHERE ssn > '5') TO STDOUT",
                "COPY (SELECT ssn FROM customers ORDER BY ssn) TO STDOUT WITH (FORMAT binary)",
                "EXPLAIN ANALYZE SELECT id FROM customers WHERE ssn > '5'",
                "EXPLAIN VERBOSE SELECT reverse(ssn) FROM customers",
                "SELECT most_common_vals FROM pg_stats WHERE tablename = 'customers'",
                "SELECT * FROM pg_statistic");
    }

    @ParameterizedTest
    @MethodSource("detours")
    void refusesBySimpleQuery(String sql) throws IOException {
        try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, "migration-agents"))) {
            List<Message> answers = client.query(sql).flush().receiveUntil('Z');
            assertRefused(answers);
            assertGoesOn(client);
        }
    }

    @ParameterizedTest
    @MethodSource("detours")
    void refusesByExtendedQuery(String sql) throws IOException {
        try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, "reporting-agents"))) {
            client.parse("", sql).bind("", "").describe('P', "").execute("", 0).sync();
            assertRefused(client.flush().receiveUntil('Z'));
            assertGoesOn(client);
        }
    }

    static Stream<String> derivations() {
        return Stream.of(
                // 1b-4, 13: expressions
                "SELECT 'x' || ssn FROM customers WHERE id < 4",
                "SELECT reverse(ssn) FROM customers WHERE id < 4",
                "SELECT CASE WHEN ssn > '5' THEN 1 ELSE 0 END FROM customers WHERE id < 4",
                "SELECT coalesce(ssn, ''), nullif(ssn, '900-01-0037') FROM customers WHERE id < 4",
                // 5-12: whole rows
                "SELECT c FROM customers c WHERE id < 4",
                "SELECT customers FROM customers WHERE id < 4",
                "SELECT c::text FROM customers c WHERE id < 4",
                "SELECT row_to_json(c) FROM customers c WHERE id < 4",
                "SELECT (c).ssn || '' FROM customers c WHERE id < 4",
                "SELECT ssn(c) || '' FROM customers c WHERE id < 4",
                "SELECT t.d || '' FROM customers AS t(a, b, c, d, e, f, g) WHERE a < 4",
                "SELECT ARRAY[ssn] FROM customers WHERE id < 4",
                // 14-19: through other queries
                "SELECT (SELECT ssn || '' FROM customers WHERE id = 3)",
                "VALUES ((SELECT upper(ssn) FROM customers WHERE id = 3))",
                "WITH people AS (SELECT * FROM customers WHERE id < 4) SELECT upper(ssn) FROM people",
                "SELECT x.v FROM products, LATERAL (SELECT ssn || '' AS v FROM customers LIMIT 1) x LIMIT 2",
                "SELECT v FROM (SELECT id, ssn || '' AS v FROM customers) AS t WHERE id < 4",
                "SELECT first_value(ssn) OVER () FROM customers WHERE id < 4",
                "WITH RECURSIVE r (v, n) AS (SELECT ssn || '', 1 FROM customers WHERE id < 4 UNION ALL SELECT v, n + 1 FROM r"
                        + " WHERE n < 2) SELECT v FROM r");
    }

    /** What is made of a value shows nothing of it: the same for each row, whether it is there or not. */
    @ParameterizedTest
    @MethodSource("derivations")
    void hidesWholeWhatIsMadeOfAValue(String sql) throws IOException {
        for (boolean simple : new boolean[] {true, false}) {
            try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, "reporting-agents"))) {
                if (simple) {
                    client.query(sql);
                } else {
                    client.parse("", sql).bind("", "").execute("", 0).sync();
                }
                List<Message> rows = client.flush().receiveUntil('Z').stream()
                        .peek(message -> assertThat(message.type()).isNotEqualTo('E'))
                        .filter(message -> message.type() == 'D')
                        .toList();
                assertThat(rows).isNotEmpty();
                rows.forEach(row -> assertThat(row.columns())
                        .containsOnly("NULL".equals(row.columns().get(0)) ? "NULL" : "********"));
            }
        }
    }

    /** 38: of a change that labelled columns have no part in, they are shown masked. */
    @Test
    void changesOfOtherColumnsShowMaskedOnes() throws IOException {
        try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, "migration-agents"))) {
            client.query("BEGIN").answers();
            assertThat(client.query("UPDATE customers SET notes = 'x' WHERE id = 3 RETURNING id, ssn")
                            .answers()
                            .toString())
                    .contains("D:[3, *******", "UPDATE 1")
                    .doesNotContainPattern("\\d{3}-\\d{2}-\\d{4}");
            client.query("ROLLBACK").answers();
        }
    }

    /** 116: who writes back what they were shown would lose the value. */
    @Test
    void aMaskIsNotWrittenBack() throws IOException {
        String masked = "*******0111";
        try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, "migration-agents"))) {
            client.query("UPDATE customers SET ssn = '" + masked + "' WHERE id = 3");
            assertRefused(client.flush().receiveUntil('Z'));
            client.query("BEGIN").answers();
            client.parse("s", "UPDATE customers SET ssn = $1 WHERE id = 3")
                    .sync()
                    .answers();
            for (String honest : List.of("900-01-0111", "900-01-0112")) {
                assertThat(client.bind("", "s", honest).execute("", 0).sync().answers())
                        .contains("C:UPDATE 1");
            }
            List<String> answers =
                    client.bind("", "s", masked).execute("", 0).sync().answers();
            assertThat(answers).contains("E:42501").doesNotContain("C:UPDATE 1");
            client.query("ROLLBACK").answers();
        }
    }

    private static void assertRefused(List<Message> answers) {
        assertThat(answers).extracting(Message::type).containsExactly('E', 'Z');
        Message error = answers.get(0);
        assertThat(error.field('C')).contains("42501");
        assertThat(error.field('D').orElse("")).contains("Rule \"");
        assertThat(error.field('H').orElse("")).isNotBlank();
        assertNoValue(error);
        assertThat(answers.get(1).payload()).isEqualTo("I");
    }

    private static void assertGoesOn(RawClient client) throws IOException {
        assertThat(client.query("SELECT 1").answers()).contains("D:[1]", "Z:I");
    }

    private static void assertNoValue(Message message) {
        assertThat(message.payload())
                .doesNotContainPattern("\\d{3}-\\d{2}-\\d{4}")
                .doesNotContainPattern("\\d{16}")
                .doesNotContain("@example");
    }

    /** 76 to 80: PostgreSQL's own errors tell the value they stumbled over. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ssn FROM customers WHERE id = 1 AND name::int = 1",
                "SELECT ssn, card FROM customers WHERE 1 / (id - 1) > 0",
                "SELECT ssn FROM customers WHERE id = 3 AND notes::date > now()",
                "SELECT ssn FROM customers WHERE created_at::text::int = 1",
                "UPDATE customers SET name = NULL WHERE id = 1",
                "INSERT INTO customers SELECT * FROM customers WHERE id = 1",
                "INSERT INTO customers (id, name, email, ssn, card) SELECT id, name, email, ssn, card FROM customers",
                "ALTER TABLE customers ALTER COLUMN ssn TYPE integer USING ssn::integer",
                "ALTER TABLE customers ADD CHECK (ssn < '0')",
                "CREATE UNIQUE INDEX ON customers (left(card, 2))"
            })
    void noErrorTellsAValue(String sql) throws IOException {
        for (boolean simple : new boolean[] {true, false}) {
            try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, "migration-agents"))) {
                client.query("BEGIN").answers();
                if (simple) {
                    client.query(sql);
                } else {
                    client.parse("", sql).bind("", "").execute("", 0).sync();
                }
                List<Message> answers = client.flush().receiveUntil('Z');
                assertThat(answers).extracting(Message::type).contains('E');
                answers.forEach(MaskingRefusalIT::assertNoValue);
                assertThat(answers.toString()).doesNotContain("Abbott", "Alan", "Dahl", "invoice", "2022-01");
                assertThat(client.query("ROLLBACK").answers()).contains("Z:I");
            }
        }
    }
}
