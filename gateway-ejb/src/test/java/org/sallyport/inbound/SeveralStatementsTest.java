package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.RawClient;

/** Query strings of several statements some of which show labelled columns: each result has masks of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralStatementsTest {
    private static final String SCHEMA = """
            create role gateway login password 'gateway';
            grant all on schema public to gateway;
            set role gateway;
            create table customers (id int primary key, name text, ssn text);
            insert into customers values (1, 'Ann', '123-45-6789'), (2, 'Bob', '987-65-4321');
            create table orders (id int primary key, customer_id int references customers, status text);
            insert into orders values (1, 1, 'open'), (2, 2, 'paid');""";

    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport, identity: "{sub}", groups: groups}
            connections:
              shop:
                server: {host: 127.0.0.1, port: $port, database: postgres, tls: disable}
                credential: shop-gateway
            labels:
              pii.ssn: [shop/public.customers.ssn]
            masks:
              pii.ssn: {keepLast: 4}
            roles:
              agents:
                groups: [agents]
                connections: [shop]
                may: [{read: [public.*]}, {change: [public.*]}, {define: [public.*, pg_temp.*]}]
            """;

    @SuppressWarnings("NullAway.Init")
    private EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, SQLException {
        postgres = TestGateway.database(folder);
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
        }
        gateway = TestGateway.open(folder, postgres, BUNDLE);
    }

    @AfterAll
    void close() throws IOException {
        gateway.close();
        postgres.close();
    }

    private RawClient enter() throws IOException {
        return gateway.enter("agents");
    }

    private static List<String> run(RawClient client, String sql) throws IOException {
        return client.query(sql).answers();
    }

    @Test
    void eachResultIsMaskedAsItsOwnStatementSays() throws IOException {
        try (RawClient client = enter()) {
            assertThat(run(
                            client,
                            "SET statement_timeout = '5s'; SELECT name AS v FROM customers WHERE id = 1; ;"
                                    + " SELECT ssn AS v FROM customers WHERE id = 1; SELECT upper(ssn) AS v FROM customers WHERE id = 1;"
                                    + " SHOW statement_timeout; SELECT status AS v FROM orders WHERE id = 1"))
                    .containsExactly(
                            "C:SET",
                            "T",
                            "D:[Ann]",
                            "C:SELECT 1",
                            "T",
                            "D:[*******6789]",
                            "C:SELECT 1",
                            "T",
                            "D:[********]",
                            "C:SELECT 1",
                            "T",
                            "D:[5s]",
                            "C:SHOW",
                            "T",
                            "D:[open]",
                            "C:SELECT 1",
                            "Z:I");
        }
    }

    /** 97: whatever has no result, or one that nobody expects, does not move the masks. */
    @Test
    void statementsWithoutRowsDoNotMoveTheMasks() throws IOException {
        try (RawClient client = enter()) {
            assertThat(run(
                            client,
                            ";; BEGIN; UPDATE orders SET status = status WHERE id = 1; SELECT ssn FROM customers WHERE id = 2;"
                                    + " UPDATE orders SET status = status WHERE id = 1 RETURNING status;"
                                    + " INSERT INTO orders (id) SELECT 3 WHERE false; SELECT FROM customers WHERE id = 1;"
                                    + " SELECT ssn FROM customers WHERE id = 1; ROLLBACK"))
                    .containsExactly(
                            "C:BEGIN",
                            "C:UPDATE 1",
                            "T",
                            "D:[*******4321]",
                            "C:SELECT 1",
                            "T",
                            "D:[open]",
                            "C:UPDATE 1",
                            "C:INSERT 0 0",
                            "T",
                            "D:[]",
                            "C:SELECT 1",
                            "T",
                            "D:[*******6789]",
                            "C:SELECT 1",
                            "C:ROLLBACK",
                            "Z:I");
        }
    }

    /** 76: an error behind them has no words, and what stands behind it does not run. */
    @Test
    void anErrorAmongThemSaysNothing() throws IOException {
        try (RawClient client = enter()) {
            assertThat(
                            run(
                                    client,
                                    "SELECT ssn FROM customers WHERE id = 1; SELECT 1 / (id - id) FROM orders; SELECT ssn FROM customers"))
                    .containsExactly("T", "D:[*******6789]", "C:SELECT 1", "T", "E:22012", "Z:I");
            assertThat(run(client, "SELECT ssn FROM customers WHERE id = 1")).contains("D:[*******6789]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ssn FROM customers; COPY orders TO STDOUT",
                "COPY customers TO STDOUT; SELECT 1",
                "SELECT 1; COPY (SELECT ssn FROM customers) TO STDOUT",
                "BEGIN; DECLARE c CURSOR FOR SELECT ssn FROM customers; SELECT 1; COMMIT",
                "SELECT ssn FROM customers; PREPARE p AS SELECT ssn FROM customers",
                "SELECT ssn FROM customers; EXPLAIN SELECT 1",
                "CREATE TEMP TABLE t (ssn text); SELECT ssn FROM customers",
                "SELECT ssn FROM customers; DROP TABLE IF EXISTS public.orders",
                "ALTER TABLE orders RENAME TO gone; SELECT ssn FROM customers",
                "SELECT ssn FROM customers; SELECT id FROM customers WHERE ssn LIKE '1%'",
                "SELECT id FROM orders; SELECT id FROM customers ORDER BY ssn",
                "SET search_path = public; SELECT ssn FROM customers",
                "CREATE TABLE public.fresh (id int); SELECT ssn FROM customers; SELECT id FROM fresh",
                "CREATE TABLE public.fresh (id int); SELECT id FROM fresh; SELECT ssn FROM customers",
                "SELECT 1; SELECT ssn FROM customers; FETCH ALL FROM c",
                "SELECT ssn FROM customers; TRUNCATE orders",
                "SELECT ssn FROM customers; UPDATE customers SET name = ssn",
                "SELECT ssn FROM customers; INSERT INTO customers (id, ssn) VALUES (9, '*******6789')",
            })
    void whatCannotStandBesideThemIsRefusedWithAllOfIt(String sql) throws IOException {
        try (RawClient client = enter()) {
            assertThat(run(client, sql)).containsExactly("E:42501", "Z:I");
            assertThat(run(client, "SELECT count(*) FROM orders")).contains("D:[2]");
        }
    }

    /** 33: what only this session sees is not what the text was judged by. */
    @Test
    void aTemporaryTableInTheWayEndsInARefusal() throws IOException {
        try (RawClient client = enter()) {
            run(client, "CREATE TEMP TABLE customers (ssn text)");
            run(client, "INSERT INTO customers VALUES ('mine')");
            assertThat(run(client, "SELECT 1; SELECT ssn FROM customers"))
                    .doesNotContain("D:[123-45-6789]", "D:[987-65-4321]")
                    .anyMatch(answer -> answer.startsWith("E:"));
        }
        try (RawClient client = enter()) {
            run(client, "BEGIN");
            run(client, "CREATE TEMP TABLE customers (ssn text) ON COMMIT DROP");
            assertThat(run(client, "COMMIT; SELECT ssn FROM customers WHERE id = 1"))
                    .doesNotContain("D:[123-45-6789]");
        }
    }
}
