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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.RawClient;

/** What SQL prepares is judged as the query that it is, and an EXECUTE as that query again: threats 35, 59, 60, 63 and 64. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreparedBySqlTest {
    private static final String SCHEMA = """
            grant all on schema public to gateway;
            set role gateway;
            create table customers (id int primary key, name text, ssn text);
            insert into customers values (1, 'Ann', '123-45-6789'), (2, 'Bob', '987-65-4321');
            create table orders (id int primary key, customer_id int references customers, status text);
            insert into orders values (1, 1, 'open'), (2, 2, 'paid');
            create type mood as enum ('good', 'bad');
            create table days (day int, how mood);
            insert into days values (1, 'good'), (2, 'bad');
            create schema if not exists mine;""";

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
              analysts:
                groups: [analysts]
                connections: [shop]
                may: [{read: ["public.orders(id, customer_id)", public.customers, public.days]}, {define: [pg_temp.*]}]
              migrations:
                groups: [migrations]
                connections: [shop]
                may: [{read: [public.*, mine.*]}, {change: [public.*, mine.*]}, {define: [public.*, mine.*, pg_temp.*]}]
              watched:
                groups: [watched]
                connections: [shop]
                may: [{read: [public.orders]}, {change: [public.orders]}]
              operators: {groups: [operators], connections: [shop], unrestricted: true}
            guardrails:
              - {name: mass-change, on: [DELETE, UPDATE], if: no-where, do: deny}
              - {name: by-name, on: [EXECUTE], when: '"watched" in groups', do: hold, approvers: {groups: [leads]}}
            """;

    @SuppressWarnings("NullAway.Init")
    private EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, SQLException {
        postgres = TestGateway.database(folder);
        asOwner("create role gateway login password 'gateway'; grant create on database postgres to gateway");
        gateway = TestGateway.open(folder, postgres, BUNDLE);
    }

    @AfterAll
    void close() throws IOException {
        gateway.close();
        postgres.close();
    }

    @BeforeEach
    void make() throws SQLException, IOException {
        asOwner(SCHEMA);
        try (RawClient client = enter("migrations")) {
            // The gateway sees what has changed past it.
            client.query("CREATE TABLE news ()").answers();
            client.query("DROP TABLE news").answers();
        }
    }

    @AfterEach
    void drop() throws SQLException {
        asOwner("drop owned by gateway cascade; grant create on database postgres to gateway");
    }

    private void asOwner(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private RawClient enter(String group) throws IOException {
        return gateway.enter(group);
    }

    private static List<String> run(RawClient client, String sql, String... values) throws IOException {
        return client.parse("", sql).bind("", "", values).execute("", 0).sync().answers();
    }

    private static void prepare(RawClient client, String sql) throws IOException {
        assertThat(client.query("PREPARE " + sql).answers()).containsExactly("C:PREPARE", "Z:I");
    }

    @Test
    void whatMayBeReadMayBePrepared() throws IOException {
        try (RawClient client = enter("analysts")) {
            prepare(client, "p (int, text) AS SELECT customer_id FROM orders WHERE id = $1 AND $2 <> ''");
            assertThat(client.query("EXECUTE p (1, 'x')").answers()).contains("D:[1]", "Z:I");
            assertThat(client.query("EXECUTE p (-1, 'x')").answers()).contains("C:SELECT 0", "Z:I");
            assertThat(client.query("execute \"p\"('2', E'x')").answers()).contains("D:[2]", "Z:I");
            assertThat(run(client, "EXECUTE p(NULL, 'x')")).contains("C:SELECT 0", "Z:I");
            assertThat(client.bind("", "p", "2", "x").execute("", 0).sync().answers())
                    .contains("D:[2]", "Z:I");
            assertThat(client.query("PREPARE q AS SELECT status FROM orders").answers())
                    .containsExactly("E:42501", "Z:I");
            assertThat(client.query("PREPARE q AS DELETE FROM orders WHERE id = 1")
                            .answers())
                    .containsExactly("E:42501", "Z:I");
            assertThat(client.query("PREPARE q AS SELECT pg_sleep(1)").answers())
                    .containsExactly("E:42501", "Z:I");
            assertThat(client.query("EXECUTE q").answers()).containsExactly("E:42501", "Z:I");
        }
    }

    /** The server infers what nobody has named. */
    @Test
    void typesAreThoseThatThePrepareNamesOrTheServerInfers() throws IOException {
        try (RawClient client = enter("analysts")) {
            prepare(client, "p AS SELECT id FROM orders WHERE id = $1 AND customer_id < $2");
            assertThat(client.query("EXECUTE p (1, 5)").answers()).contains("D:[1]", "Z:I");
            prepare(client, "q (bigint, numeric(5, 2), text []) AS SELECT id FROM orders WHERE id = $1");
            assertThat(client.query("EXECUTE q (2, 1.5, '{a,b}')").answers()).contains("D:[2]", "Z:I");
            prepare(client, "r (public.mood) AS SELECT day FROM days WHERE how = $1");
            assertThat(client.query("EXECUTE r ('bad')").answers()).contains("D:[2]", "Z:I");
            // An enum takes no number, but a cast of somebody's might make one of it.
            assertThat(client.query("EXECUTE r (1)").answers()).containsExactly("E:42501", "Z:I");
            assertThat(client.query("PREPARE s (nosuchtype) AS SELECT id FROM orders WHERE id = $1")
                            .answers())
                    .contains("E:42501");
        }
    }

    @Test
    void whatIsExecutedIsMasked() throws IOException {
        try (RawClient client = enter("analysts")) {
            prepare(client, "p (int) AS SELECT id, ssn, reverse(ssn) FROM customers WHERE id = $1");
            assertThat(client.query("EXECUTE p (1)").answers()).contains("D:[1, *******6789, ********]", "Z:I");
            assertThat(run(client, "EXECUTE p (2)")).contains("D:[2, *******4321, ********]", "Z:I");
            assertThat(client.bind("", "p", "1").execute("", 0).sync().answers())
                    .contains("D:[1, *******6789, ********]", "Z:I");
            for (String use : List.of(
                    "SELECT id FROM customers WHERE ssn = $1",
                    "SELECT id FROM customers WHERE id = 1 ORDER BY ssn",
                    "SELECT count(DISTINCT ssn) FROM customers",
                    "SELECT id FROM customers c WHERE c.ssn::text < $1")) {
                assertThat(client.query("PREPARE u AS " + use).answers())
                        .as(use)
                        .containsExactly("E:42501", "Z:I");
            }
            for (String around : List.of(
                    "EXPLAIN ANALYZE EXECUTE p (1)",
                    "CREATE TEMP TABLE loot AS EXECUTE p (1)",
                    "SELECT 1; EXECUTE p (1)",
                    "EXECUTE p (1); SELECT 1",
                    "DECLARE k CURSOR FOR EXECUTE p (1)",
                    "COPY (EXECUTE p (1)) TO STDOUT")) {
                assertThat(client.query(around).answers())
                        .as(around)
                        .contains("E:42501")
                        .doesNotContain("C:");
            }
        }
    }

    /** What they would call is not part of what was judged. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXECUTE p (1 + 1)",
                "EXECUTE p (abs(1))",
                "EXECUTE p ('1'::int)",
                "EXECUTE p (int '1')",
                "EXECUTE p (set_config('search_path', 'mine', false)::int)",
                "EXECUTE p ((SELECT id FROM customers))",
                "EXECUTE p (current_user)",
                "EXECUTE p (- '1')",
                "EXECUTE p ($1)",
                "EXECUTE p (1",
                "EXECUTE p ()",
                "EXECUTE p (1) AND",
                "EXECUTE public.p (1)"
            })
    void argumentsAreLiterals(String sql) throws IOException {
        try (RawClient client = enter("analysts")) {
            prepare(client, "p (int) AS SELECT id FROM orders WHERE id = $1");
            assertThat(client.query(sql).answers()).contains("E:42501", "Z:I").doesNotContain("D:[1]", "D:[2]");
            assertThat(client.query("EXECUTE p (1)").answers()).contains("D:[1]");
        }
    }

    /** A ROLLBACK takes back neither of the two. */
    @Test
    void whatWasPreparedAndForgottenStaysSoBehindARollback() throws IOException {
        try (RawClient client = enter("analysts")) {
            client.query("BEGIN").answers();
            client.query("PREPARE p AS SELECT ssn FROM customers WHERE id = 1").answers();
            client.query("ROLLBACK").answers();
            assertThat(client.query("EXECUTE p").answers()).contains("D:[*******6789]", "Z:I");
            client.query("BEGIN").answers();
            assertThat(client.query("DEALLOCATE p").answers()).containsExactly("C:DEALLOCATE", "Z:T");
            client.query("ROLLBACK").answers();
            assertThat(client.query("EXECUTE p").answers()).containsExactly("E:42501", "Z:I");
            prepare(client, "p AS SELECT id FROM orders WHERE id = 2");
            assertThat(client.query("EXECUTE p").answers()).contains("D:[2]");
            assertThat(client.query("DEALLOCATE PREPARE p").answers()).containsExactly("C:DEALLOCATE", "Z:I");
            prepare(client, "p AS SELECT id FROM orders WHERE id = 1");
            assertThat(client.query("DEALLOCATE ALL").answers()).containsExactly("C:DEALLOCATE ALL", "Z:I");
            assertThat(client.query("EXECUTE p").answers()).containsExactly("E:42501", "Z:I");
        }
    }

    /** 63: the second PREPARE fails, and the first one stays. */
    @Test
    void anotherPrepareOfTheNameIsPostgresqlsToRefuse() throws IOException {
        try (RawClient client = enter("analysts")) {
            prepare(client, "p AS SELECT ssn FROM customers WHERE id = 1");
            assertThat(client.query("PREPARE p AS SELECT name FROM customers").answers())
                    .containsExactly("E:42P05", "Z:I");
            assertThat(client.query("EXECUTE p").answers()).contains("D:[*******6789]");
        }
    }

    /** 63: the protocol has its names from the same ones. */
    @Test
    void aNameThatTheProtocolUsesIsNotExecutedAsWhatSqlPrepared() throws IOException {
        try (RawClient client = enter("analysts")) {
            // The protocol's stays, whatever SQL wants.
            client.parse("p", "SELECT ssn FROM customers WHERE id = 1").sync().answers();
            assertThat(client.query("PREPARE p AS SELECT name AS ssn FROM customers")
                            .answers())
                    .containsExactly("E:42P05", "Z:I");
            assertThat(client.query("EXECUTE p").answers()).containsExactly("E:42501", "Z:I");
            assertThat(client.bind("", "p").execute("", 0).sync().answers()).doesNotContain("D:[123-45-6789]");
            // SQL forgets it, and prepares its own.
            client.query("DEALLOCATE p").answers();
            prepare(client, "p AS SELECT ssn FROM customers WHERE id = 2");
            assertThat(client.query("EXECUTE p").answers()).contains("D:[*******4321]");
            assertThat(client.bind("", "p").execute("", 0).sync().answers()).contains("D:[*******4321]");
            // The protocol closes that, and prepares another.
            client.close('S', "p")
                    .parse("p", "SELECT name AS ssn FROM customers")
                    .sync()
                    .answers();
            assertThat(client.query("EXECUTE p").answers()).containsExactly("E:42501", "Z:I");
            assertThat(client.bind("", "p").execute("", 0).sync().answers()).contains("D:[Ann]", "D:[Bob]");
        }
    }

    /** 59 and 64: what is bound stays what it was bound to. */
    @Test
    void aPortalIsNotJudgedAsWhatHasItsNameLater() throws IOException {
        try (RawClient client = enter("analysts")) {
            client.query("BEGIN").answers();
            client.query("PREPARE p AS SELECT ssn AS v FROM customers").answers();
            assertThat(client.bind("a", "p").sync().answers()).containsExactly("2", "Z:T");
            client.query("DEALLOCATE p").answers();
            client.query("PREPARE p AS SELECT name AS v FROM customers").answers();
            assertThat(client.execute("a", 0).sync().answers())
                    .contains("E:42501")
                    .doesNotContain("D:[123-45-6789]");
        }
    }

    /** 64: nobody knows yet what the server made of the one before. */
    @Test
    void inOnePipelineNothingIsExecutedByItsName() throws IOException {
        try (RawClient client = enter("analysts")) {
            prepare(client, "p AS SELECT name AS v FROM customers");
            for (String step : List.of("DEALLOCATE p", "PREPARE p AS SELECT ssn AS v FROM customers", "EXECUTE p")) {
                client.parse("", step).bind("", "").execute("", 0);
            }
            assertThat(client.sync().answers())
                    .contains("C:DEALLOCATE", "C:PREPARE", "E:42501", "Z:I")
                    .doesNotContain("D:[123-45-6789]", "D:[Ann]");
            assertThat(client.query("EXECUTE p").answers()).contains("D:[*******6789]");
            client.query("DEALLOCATE p");
            client.query("PREPARE p AS SELECT name AS v FROM customers");
            client.query("EXECUTE p");
            client.answers();
            client.answers();
            assertThat(client.answers()).doesNotContain("D:[123-45-6789]");
        }
    }

    /** 35: the server looks the names up anew where the path has changed, and only there. */
    @Test
    void whatItsNamesStandForLaterIsJudgedAnew() throws IOException {
        try (RawClient client = enter("migrations")) {
            client.query("CREATE TABLE mine.customers (id int, name text, ssn text)")
                    .answers();
            client.query("INSERT INTO mine.customers VALUES (7, 'Cid', 'mine')").answers();
            prepare(client, "p AS SELECT ssn FROM customers WHERE id > 0");
            assertThat(client.query("EXECUTE p").answers()).contains("D:[*******6789]");
            client.query("SET search_path = mine").answers();
            assertThat(client.query("EXECUTE p").answers())
                    .contains("E:26000", "Z:I")
                    .doesNotContain("D:[123-45-6789]");
            client.query("DEALLOCATE p").answers();
            prepare(client, "p AS SELECT ssn FROM customers WHERE id > 0");
            assertThat(client.query("EXECUTE p").answers()).contains("D:[mine]");
            client.query("SET search_path = public").answers();
            assertThat(client.query("EXECUTE p").answers())
                    .contains("E:26000", "Z:I")
                    .doesNotContain("D:[123-45-6789]");
        }
    }

    /** 33 and 36: what only the session sees. */
    @Test
    void itsTemporaryTablesMayBePrepared() throws IOException {
        try (RawClient client = enter("analysts")) {
            client.query("CREATE TEMP TABLE t AS SELECT id, customer_id FROM public.orders")
                    .answers();
            prepare(client, "p (int) AS SELECT name FROM t JOIN customers c ON c.id = t.customer_id WHERE t.id = $1");
            assertThat(client.query("EXECUTE p (2)").answers()).contains("D:[Bob]");
            assertThat(client.query("EXECUTE p (1)").answers()).contains("D:[Ann]");
            client.query("BEGIN").answers();
            client.query("CREATE TEMP TABLE u (id int)").answers();
            client.query("PREPARE i (int) AS INSERT INTO u VALUES ($1)").answers();
            assertThat(client.query("EXECUTE i (1)").answers()).containsExactly("C:INSERT 0 1", "Z:T");
            assertThat(client.query("EXECUTE i (2)").answers()).containsExactly("C:INSERT 0 1", "Z:T");
            client.query("ROLLBACK").answers();
            // Hidden by one of its own, and shown by the plan of before.
            prepare(client, "s AS SELECT ssn FROM customers WHERE id = 1");
            client.query("CREATE TEMP TABLE customers (id int, ssn text)").answers();
            assertThat(client.query("EXECUTE s").answers()).doesNotContain("D:[123-45-6789]");
        }
    }

    @Test
    void guardrailsSeeWhatAPrepareIsToTheServer() throws IOException {
        try (RawClient client = enter("migrations")) {
            assertThat(client.query("PREPARE d AS DELETE FROM orders").answers())
                    .containsExactly("E:42501", "Z:I");
            assertThat(client.query("PREPARE d AS DELETE FROM orders WHERE id = id")
                            .answers())
                    .containsExactly("E:42501", "Z:I");
            prepare(client, "d (int) AS DELETE FROM orders WHERE id = $1");
            assertThat(client.query("EXECUTE d (17)").answers()).containsExactly("C:DELETE 0", "Z:I");
        }
        try (RawClient client = enter("operators")) {
            prepare(client, "d (int) AS DELETE FROM orders WHERE id = $1");
            assertThat(client.query("EXECUTE d (abs(17))").answers()).containsExactly("C:DELETE 0", "Z:I");
            assertThat(client.query("PREPARE e AS DELETE FROM orders").answers())
                    .containsExactly("E:42501", "Z:I");
        }
    }

    /** An approver would see a name. */
    @Test
    void whatWouldBeHeldIsNotExecuted() throws IOException {
        try (RawClient client = enter("watched")) {
            prepare(client, "p AS SELECT id FROM orders");
            assertThat(client.query("EXECUTE p").answers()).containsExactly("E:42501", "Z:I");
        }
    }

    /** 116 */
    @Test
    void noMaskIsWrittenBackByAnArgument() throws IOException {
        try (RawClient client = enter("migrations")) {
            prepare(client, "w (text) AS UPDATE customers SET ssn = $1 WHERE id = 2");
            assertThat(client.query("EXECUTE w ('*******4321')").answers()).containsExactly("E:42501", "Z:I");
            assertThat(client.bind("", "w", "*******4321").execute("", 0).sync().answers())
                    .contains("E:42501");
            assertThat(client.query("EXECUTE w ('111-22-3333')").answers()).containsExactly("C:UPDATE 1", "Z:I");
        }
    }

    /** The server cuts a name at 63 bytes of an encoding that is its own affair. */
    @Test
    void namesAreShortAndPlain() throws IOException {
        try (RawClient client = enter("analysts")) {
            String name = "n".repeat(62);
            prepare(client, name + " AS SELECT id FROM orders WHERE id = 1");
            assertThat(client.query("EXECUTE " + name).answers()).contains("D:[1]");
            for (String other : List.of("n".repeat(63), "n".repeat(70), "\"größe\"")) {
                assertThat(client.query("PREPARE " + other + " AS SELECT id FROM orders")
                                .answers())
                        .containsExactly("E:42501", "Z:I");
            }
            assertThat(client.close('S', "n".repeat(70)).sync().answers()).containsExactly("E:42602", "Z:I");
            assertThat(client.query("EXECUTE " + name).answers()).contains("D:[1]");
        }
    }
}
