package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

/** What a session has made that nobody else sees is asked of itself: threats 31, 33, 35, 36, 41 and 44. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnDefinitionsTest {
    private static final String SCHEMA = """
            grant all on schema public to gateway;
            set role gateway;
            create table customers (id int primary key, name text, ssn text);
            insert into customers values (1, 'Ann', '123-45-6789'), (2, 'Bob', '987-65-4321');
            create table orders (id int primary key, customer_id int references customers, status text);
            insert into orders values (1, 1, 'open'), (2, 2, 'paid');
            create table archive (id int, status text);
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
              pii.ssn: [shop/public.customers.ssn, "shop/*.*.secret"]
            masks:
              pii.ssn: {keepLast: 4}
            roles:
              analysts:
                groups: [analysts]
                connections: [shop]
                may: [{read: ["public.orders(id, customer_id)", public.customers]}, {define: [pg_temp.*]}]
              migrations:
                groups: [migrations]
                connections: [shop]
                may: [{read: [public.*, mine.*]}, {change: [public.*, mine.*]}, {define: [public.*, mine.*, pg_temp.*]}]
              readers:
                groups: [readers]
                connections: [shop]
                may: [{read: [public.*]}]
            guardrails:
              - {name: mass-change, on: [DELETE, UPDATE], if: no-where, do: deny}
              - {name: archive-stays, on: [DELETE], when: '"public.archive" in changed', do: deny}
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

    /** With what a refusal says, where one was not expected. */
    private static List<String> told(RawClient client, String sql) throws IOException {
        return client.query(sql).flush().receiveUntil('Z').stream()
                .map(message -> message.summary() + (message.type() == 'E' ? message.payload() : ""))
                .toList();
    }

    private static List<String> run(RawClient client, String sql, String... values) throws IOException {
        return client.parse("", sql).bind("", "", values).execute("", 0).sync().answers();
    }

    @Test
    void whoMayMakeTemporaryTablesMayUseThem() throws IOException {
        try (RawClient client = enter("analysts")) {
            assertThat(client.query("CREATE TEMP TABLE t AS SELECT id, customer_id FROM public.orders")
                            .answers())
                    .containsExactly("C:SELECT 2", "Z:I");
            assertThat(client.query(
                                    "SELECT t.id, name FROM t JOIN public.customers c ON c.id = t.customer_id ORDER BY 1")
                            .answers())
                    .contains("D:[1, Ann]", "D:[2, Bob]", "Z:I");
            assertThat(run(client, "INSERT INTO t VALUES ($1, $2)", "3", "1")).contains("C:INSERT 0 1");
            assertThat(client.query("UPDATE t SET customer_id = 2 WHERE id = 3").answers())
                    .contains("C:UPDATE 1");
            assertThat(client.query("CREATE INDEX ON t (id)").answers()).contains("C:CREATE INDEX");
            assertThat(client.query("CREATE TEMP TABLE u AS SELECT count(*) FROM t")
                            .answers())
                    .contains("C:SELECT 1");
            assertThat(client.query("COPY u TO STDOUT").answers()).contains("C:COPY 1");
            assertThat(client.query("DROP TABLE t").answers()).containsExactly("C:DROP TABLE", "Z:I");
            assertThat(client.query("SELECT * FROM t").answers()).containsAnyOf("E:42P01", "E:42501");
        }
    }

    @Test
    void onlyForThoseTablesIsTheRightImplied() throws IOException {
        try (RawClient client = enter("analysts")) {
            client.query("CREATE TEMP TABLE t (id int)").answers();
            for (String sql : List.of(
                    "INSERT INTO t SELECT id FROM public.archive",
                    "SELECT o.status FROM t JOIN public.orders o USING (id)",
                    "INSERT INTO public.archive SELECT id FROM t",
                    "UPDATE public.orders SET status = 'x' FROM t WHERE t.id = orders.id",
                    "SELECT pg_sleep(0) FROM t")) {
                assertThat(client.query(sql).answers()).as(sql).containsExactly("E:42501", "Z:I");
            }
        }
        try (RawClient client = enter("readers")) {
            assertThat(client.query("CREATE TEMP TABLE t (id int)").answers()).containsExactly("E:42501", "Z:I");
        }
    }

    /** 36, 41: what is masked does not get into them, and what is called so is masked there too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TEMP TABLE u AS SELECT ssn FROM customers",
                "INSERT INTO t SELECT ssn FROM customers",
                "INSERT INTO t SELECT ssn FROM public.customers RETURNING id",
                "CREATE TEMP TABLE u (LIKE customers)",
                "SELECT ssn INTO TEMP u FROM customers",
                "SELECT t.id FROM t JOIN customers c ON c.ssn = t.id",
                "CREATE TEMP VIEW v AS SELECT ssn FROM customers",
                "ALTER TABLE t INHERIT customers",
                "CREATE TEMP TABLE u () INHERITS (customers)",
            })
    void nothingMaskedIsLaundered(String sql) throws IOException {
        for (String group : List.of("analysts", "migrations")) {
            try (RawClient client = enter(group)) {
                client.query("CREATE TEMP TABLE t (id text, secret text)").answers();
                client.query("INSERT INTO t VALUES ('a', 'abcdefgh')").answers();
                assertThat(client.query(sql).answers()).as(group).containsExactly("E:42501", "Z:I");
                assertThat(client.query("SELECT secret FROM t").answers()).contains("D:[****efgh]");
                assertThat(client.query("SELECT ssn, t.id FROM t, customers").answers())
                        .contains("D:[*******6789, a]");
            }
        }
    }

    /** 33: it is the one that the server takes. */
    @Test
    void aTemporaryTableThatHidesAnotherIsItself() throws IOException {
        try (RawClient client = enter("migrations")) {
            assertThat(client.query("CREATE TEMP TABLE customers (id int, name text, note text)")
                            .answers())
                    .contains("C:CREATE TABLE");
            client.query("INSERT INTO customers VALUES (7, 'Eve', 'own')").answers();
            assertThat(client.query("SELECT * FROM customers").answers()).contains("D:[7, Eve, own]");
            assertThat(client.query("SELECT id, ssn FROM public.customers WHERE id = 1")
                            .answers())
                    .contains("D:[1, *******6789]");
            assertThat(client.query("SELECT ssn FROM customers").answers())
                    .contains("Z:I")
                    .doesNotContain("D:[123-45-6789]");
            // Guardrails look at it as at any table.
            assertThat(client.query("DELETE FROM customers").answers()).containsExactly("E:42501", "Z:I");
            assertThat(client.query("DELETE FROM customers WHERE id IS NOT NULL OR true")
                            .answers())
                    .containsExactly("E:42501", "Z:I");
            assertThat(client.query("DELETE FROM customers WHERE id = 7").answers())
                    .contains("C:DELETE 1");
            assertThat(client.query("DROP TABLE customers").answers()).contains("C:DROP TABLE");
            assertThat(client.query("SELECT ssn FROM customers WHERE id = 1").answers())
                    .contains("D:[*******6789]");
        }
    }

    /** The other table is not taken for the temporary one once that is gone, in whatever way. */
    @Test
    void theOneThatWasHiddenIsItselfAgain() throws IOException {
        try (RawClient client = enter("analysts")) {
            for (List<String> gone : List.of(
                    List.of("DROP TABLE archive"),
                    List.of("BEGIN", "DROP TABLE archive", "COMMIT"),
                    List.of("BEGIN", "SAVEPOINT a", "DROP TABLE archive", "RELEASE a", "COMMIT"))) {
                client.query("CREATE TEMP TABLE archive (id int)").answers();
                assertThat(client.query("DELETE FROM archive WHERE id = 1").answers())
                        .contains("C:DELETE 0");
                for (String sql : gone) {
                    assertThat(told(client, sql)).as(sql).noneMatch(answer -> answer.startsWith("E"));
                }
                assertThat(client.query("DELETE FROM archive WHERE id = 1").answers())
                        .as(gone.toString())
                        .containsExactly("E:42501", "Z:I");
            }
            for (List<String> never : List.of(
                    List.of("BEGIN", "CREATE TEMP TABLE archive (id int)", "ROLLBACK"),
                    List.of("BEGIN", "CREATE TEMP TABLE archive (id int) ON COMMIT DROP", "COMMIT"),
                    List.of("BEGIN", "SAVEPOINT a", "CREATE TEMP TABLE archive (id int)", "ROLLBACK TO a", "COMMIT"))) {
                for (String sql : never) {
                    assertThat(told(client, sql)).as(sql).noneMatch(answer -> answer.startsWith("E"));
                }
                assertThat(client.query("DELETE FROM archive WHERE id = 1").answers())
                        .as(never.toString())
                        .containsExactly("E:42501", "Z:I");
            }
        }
    }

    /** One text, or one pipeline, may take the temporary one away before it goes on. */
    @Test
    void whatGoesOnBehindItIsJudgedAsOthersSeeIt() throws IOException {
        try (RawClient client = enter("analysts")) {
            client.query("CREATE TEMP TABLE archive (id int)").answers();
            assertThat(client.query("DROP TABLE archive; DELETE FROM archive WHERE id = 1")
                            .answers())
                    .containsExactly("E:42501", "Z:I");
            client.parse("", "DROP TABLE archive").bind("", "").execute("", 0);
            client.parse("", "DELETE FROM archive WHERE id = 1")
                    .bind("", "")
                    .execute("", 0)
                    .sync();
            assertThat(client.answers()).contains("E:42501", "Z:I").doesNotContain("C:DELETE 0");
            client.parse("d", "DELETE FROM archive WHERE id = 1").sync();
            assertThat(client.answers()).containsExactly("1", "Z:I");
            client.query("DROP TABLE archive").answers();
            assertThat(client.bind("", "d").execute("", 0).sync().answers()).contains("E:42501", "Z:I");
        }
    }

    /** 33, 97: what stands first in a text may take away what hides the labelled table from what stands behind it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE mine.customers; SELECT ssn FROM customers",
                "ALTER TABLE mine.customers RENAME TO gone; SELECT ssn FROM customers",
                "ALTER TABLE mine.customers SET SCHEMA pg_temp; SELECT ssn FROM customers",
                "DROP SCHEMA mine CASCADE; SELECT ssn FROM customers",
                "ALTER SCHEMA mine RENAME TO gone; SELECT ssn FROM customers",
                "SELECT 1; DROP TABLE mine.customers; COPY customers TO STDOUT",
                "DROP TABLE mine.customers; PREPARE p AS SELECT ssn FROM customers; EXECUTE p",
                "DROP TABLE mine.customers; DECLARE c CURSOR WITH HOLD FOR SELECT ssn FROM customers; FETCH ALL FROM c",
                "DROP TABLE mine.customers; CREATE TEMP TABLE kept AS SELECT ssn FROM customers",
                "DROP TABLE mine.customers; CREATE VIEW mine.kept AS SELECT ssn FROM customers",
                "DROP TABLE mine.customers; INSERT INTO archive (id) SELECT length(ssn) FROM customers",
                "ALTER SCHEMA mine RENAME TO gone; ALTER SCHEMA public RENAME TO mine; SELECT ssn FROM mine.customers",
            })
    void whatATextTakesAwayHidesNothingBehindIt(String sql) throws IOException {
        try (RawClient client = enter("migrations")) {
            client.query("SET search_path = mine, public").answers();
            assertThat(client.query("CREATE TABLE mine.customers (ssn text)").answers())
                    .contains("C:CREATE TABLE");
            assertThat(client.query("SELECT ssn FROM mine.customers").answers()).contains("C:SELECT 0");
            assertThat(client.query(sql).answers()).doesNotContain("D:[123-45-6789]", "D:[987-65-4321]", "d");
            for (String kept :
                    List.of("EXECUTE p", "FETCH ALL FROM c", "SELECT ssn FROM kept", "SELECT ssn FROM mine.kept")) {
                assertThat(client.query(kept).answers()).as(kept).doesNotContain("D:[123-45-6789]", "D:[987-65-4321]");
            }
            assertThat(client.query("SELECT id FROM public.archive").answers()).contains("C:SELECT 0");
        }
    }

    /** The same of what waits for the lock of another session's DROP, and is looked up again behind it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT ssn FROM customers", "SELECT upper(ssn) FROM customers", "COPY customers TO STDOUT"})
    void whatAnotherTakesAwayHidesNothingEither(String sql) throws Exception {
        try (RawClient maker = enter("migrations");
                RawClient reader = enter("migrations")) {
            reader.query("SET search_path = mine, public").answers();
            maker.query("CREATE TABLE mine.customers (id int, name text, ssn text)")
                    .answers();
            reader.query(sql).answers();
            maker.query("BEGIN").answers();
            assertThat(maker.query("DROP TABLE mine.customers").answers()).contains("C:DROP TABLE");
            reader.query(sql).flush();
            CompletableFuture<List<String>> told = CompletableFuture.supplyAsync(() -> answers(reader));
            while (!told.isDone() && !somebodyWaitsForALock()) {
                Thread.onSpinWait();
            }
            maker.query("COMMIT").answers();
            assertThat(told.get()).doesNotContain("D:[123-45-6789]", "D:[987-65-4321]", "d");
        }
    }

    private static List<String> answers(RawClient client) {
        try {
            return client.answers();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean somebodyWaitsForALock() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet waiting = statement.executeQuery("select from pg_locks where not granted")) {
            return waiting.next();
        }
    }

    /** A name of which both are masked alike may be used: each tenant's table, and the one of all. */
    @Test
    void whatHidesSomethingMaskedAlikeIsRead() throws IOException {
        try (RawClient client = enter("migrations")) {
            client.query("CREATE TABLE wares (id int, secret text)").answers();
            client.query("CREATE TABLE mine.wares (secret text, id int)").answers();
            client.query("INSERT INTO mine.wares VALUES ('abcdefgh', 1)").answers();
            client.query("SET search_path = mine, public").answers();
            assertThat(client.query("SELECT id, secret FROM wares").answers()).contains("D:[1, ****efgh]");
            client.query("CREATE TABLE mine.customers (id int, name text)").answers();
            assertThat(told(client, "SELECT name FROM customers"))
                    .anyMatch(answer -> answer.contains("mine.customers hides public.customers"));
            assertThat(client.query("SELECT customers.name FROM mine.customers").answers())
                    .contains("C:SELECT 0");
            assertThat(client.query("WITH customers AS (SELECT 1 AS v) SELECT v FROM customers")
                            .answers())
                    .contains("D:[1]");
        }
    }

    /** 97: nor does what guardrails look at change its name in between. */
    @Test
    void guardrailsSeeWhatATextWillReach() throws IOException {
        try (RawClient client = enter("migrations")) {
            client.query("SET search_path = mine, public").answers();
            client.query("CREATE TABLE mine.archive (id int)").answers();
            assertThat(client.query("DELETE FROM archive WHERE id = 1").answers())
                    .contains("C:DELETE 0");
            assertThat(client.query("DROP TABLE mine.archive; DELETE FROM archive WHERE id = 1")
                            .answers())
                    .containsExactly("E:42501", "Z:I");
            assertThat(client.query("DROP TABLE mine.archive; SELECT id FROM orders WHERE id = 1")
                            .answers())
                    .contains("C:DROP TABLE", "D:[1]");
        }
    }

    /** 35: the server keeps the plan that it has; a table that is made later does not get into it. */
    @Test
    void whatWasPreparedBeforeIsStillMasked() throws IOException {
        try (RawClient client = enter("analysts")) {
            client.query("CREATE TEMP TABLE first (id int)").answers();
            client.parse("s", "SELECT ssn FROM customers").sync();
            assertThat(client.answers()).containsExactly("1", "Z:I");
            assertThat(client.bind("", "s").execute("", 0).sync().answers()).contains("D:[*******6789]");
            assertThat(client.query("CREATE TEMP TABLE customers (ssn text)").answers())
                    .contains("C:CREATE TABLE");
            client.query("INSERT INTO customers VALUES ('mine')").answers();
            assertThat(client.bind("", "s").execute("", 0).sync().answers())
                    .doesNotContain("D:[123-45-6789]", "D:[987-65-4321]");
            assertThat(run(client, "SELECT ssn FROM customers")).contains("D:[mine]");
            // A portal is bound to the one, and the other is put before it.
            client.query("DROP TABLE customers").answers();
            client.query("BEGIN").answers();
            client.parse("p", "SELECT ssn FROM customers").bind("p", "p").sync();
            assertThat(client.answers()).containsExactly("1", "2", "Z:T");
            client.query("CREATE TEMP TABLE customers (ssn text)").answers();
            assertThat(client.execute("p", 0).sync().answers()).doesNotContain("D:[123-45-6789]", "D:[987-65-4321]");
            // A plan from between two tables of the same name, kept past what brings the first one back.
            client.query("ROLLBACK").answers();
            client.query("CREATE TEMP TABLE customers (ssn text)").answers();
            client.query("BEGIN").answers();
            client.query("SAVEPOINT a").answers();
            client.query("DROP TABLE customers").answers();
            client.parse("q", "SELECT ssn FROM customers").sync();
            client.answers();
            client.query("ROLLBACK TO a").answers();
            assertThat(client.bind("", "q").execute("", 0).sync().answers())
                    .doesNotContain("D:[123-45-6789]", "D:[987-65-4321]");
        }
    }

    /** 35: in a schema that is looked into first, by this session or another. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatHidesATableLaterIsNotInThePlan(boolean own) throws IOException {
        try (RawClient client = enter("migrations");
                RawClient other = enter("migrations")) {
            client.query("SET search_path = mine, public").answers();
            client.parse("s", "SELECT ssn FROM customers").sync();
            assertThat(client.answers()).containsExactly("1", "Z:I");
            client.parse("d", "DELETE FROM orders WHERE id = 17").sync();
            assertThat(client.answers()).containsExactly("1", "Z:I");
            assertThat(client.bind("", "s").execute("", 0).sync().answers()).contains("D:[*******6789]");
            RawClient maker = own ? client : other;
            assertThat(maker.query("CREATE TABLE mine.customers (ssn text)").answers())
                    .contains("C:CREATE TABLE");
            assertThat(client.bind("", "s").execute("", 0).sync().answers()).contains("E:42501", "Z:I");
            // What nothing hides runs on.
            assertThat(client.bind("", "d").execute("", 0).sync().answers()).contains("C:DELETE 0");
            assertThat(run(client, "SELECT ssn FROM mine.customers")).contains("C:SELECT 0");
            maker.query("DROP TABLE mine.customers").answers();
            client.parse("t", "SELECT ssn FROM customers").sync();
            assertThat(client.answers()).containsExactly("1", "Z:I");
            client.query("BEGIN").answers();
            client.bind("p", "t").sync();
            assertThat(client.answers()).containsExactly("2", "Z:T");
            maker.query("CREATE TABLE mine.customers (ssn text)").answers();
            assertThat(client.execute("p", 0).sync().answers()).doesNotContain("D:[123-45-6789]", "D:[987-65-4321]");
        }
    }

    /** Definitions of other things in between are nothing to it. */
    @Test
    void whatWasPreparedBehindADefinitionRunsOn() throws IOException {
        try (RawClient client = enter("migrations")) {
            client.query("CREATE TABLE wares (id int)").answers();
            client.parse("s", "INSERT INTO wares VALUES ($1)").sync();
            assertThat(client.answers()).containsExactly("1", "Z:I");
            assertThat(client.bind("", "s", "1").execute("", 0).sync().answers())
                    .contains("C:INSERT 0 1");
            assertThat(client.query("CREATE INDEX ON wares (id)").answers()).contains("C:CREATE INDEX");
            assertThat(client.bind("", "s", "2").execute("", 0).sync().answers())
                    .contains("C:INSERT 0 1");
            assertThat(client.query("DROP TABLE wares").answers()).contains("C:DROP TABLE");
        }
    }

    @Test
    void whatWasPreparedInATransactionRunsOnThere() throws IOException {
        try (RawClient client = enter("migrations")) {
            client.query("BEGIN").answers();
            client.query("CREATE TABLE wares (id int)").answers();
            client.parse("s", "INSERT INTO wares VALUES ($1)").sync();
            assertThat(client.answers()).containsExactly("1", "Z:T");
            assertThat(client.bind("", "s", "1").execute("", 0).sync().answers())
                    .contains("C:INSERT 0 1");
            assertThat(client.query("CREATE INDEX ON wares (id)").answers()).contains("C:CREATE INDEX");
            assertThat(client.bind("", "s", "2").execute("", 0).sync().answers())
                    .contains("C:INSERT 0 1");
            // A labelled table in its place is another one.
            client.query("CREATE TABLE mine.customers (ssn text)").answers();
            client.query("SET LOCAL search_path = mine, public").answers();
            client.parse("c", "SELECT ssn FROM customers").sync();
            client.answers();
            client.query("DROP TABLE mine.customers").answers();
            assertThat(client.bind("", "c").execute("", 0).sync().answers())
                    .doesNotContain("D:[123-45-6789]")
                    .contains("E:26000");
            client.query("ROLLBACK").answers();
        }
    }

    @Test
    void aPipelineMakesATableAndFillsIt() throws IOException {
        try (RawClient client = enter("migrations")) {
            for (String step : List.of(
                    "CREATE TABLE wares (id int)",
                    "INSERT INTO wares VALUES (1)",
                    "CREATE INDEX ON wares (id)",
                    "DROP TABLE wares")) {
                client.parse("", step).bind("", "").execute("", 0);
            }
            assertThat(client.sync().answers()).contains("C:INSERT 0 1", "C:DROP TABLE", "Z:I");
        }
    }

    /** 101: whoever may change the login's settings does not change what is asked for a session that began before. */
    @Test
    void aSessionsPathIsItsOwnWhateverTheLoginsSettingsBecome() throws IOException, SQLException {
        try (RawClient client = enter("migrations")) {
            assertThat(client.query("SELECT ssn FROM customers WHERE id = 1").answers())
                    .contains("D:[*******6789]");
            client.query("CREATE TABLE mine.customers (id int, ssn text)").answers();
            asOwner(
                    "alter role gateway set search_path = mine; alter role gateway set default_transaction_read_only = on;"
                            + " select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sallyport'");
            assertThat(client.query("SELECT ssn FROM customers WHERE id = 2").answers())
                    .contains("D:[*******4321]");
            try (RawClient later = enter("migrations")) {
                assertThat(later.query("SELECT ssn FROM customers").answers()).contains("C:SELECT 0");
                assertThat(later.query("SELECT ssn FROM public.customers WHERE id = 1")
                                .answers())
                        .contains("D:[*******6789]");
            }
        } finally {
            asOwner("alter role gateway reset all; select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name = 'sallyport'");
        }
    }

    @Test
    void aMigrationIsJudgedByWhatItHasMade() throws IOException {
        try (RawClient client = enter("migrations")) {
            for (String sql : List.of(
                    "BEGIN",
                    "CREATE TABLE parts (id int PRIMARY KEY, note text)",
                    "ALTER TABLE archive ADD COLUMN part int REFERENCES parts",
                    "INSERT INTO parts VALUES (1, 'one'), (2, 'two')",
                    "INSERT INTO archive SELECT o.id, o.status, p.id FROM orders o JOIN parts p ON p.id = o.id",
                    "CREATE INDEX archive_part ON archive (part)",
                    "CREATE VIEW parted AS SELECT p.note, count(*) AS n FROM archive a JOIN parts p ON p.id = a.part GROUP BY 1",
                    "SELECT n FROM parted WHERE note = 'one'",
                    "UPDATE archive SET status = note FROM parts WHERE parts.id = archive.part",
                    "SELECT note, parts FROM parts WHERE id = 1",
                    "ALTER TABLE parts RENAME COLUMN note TO label",
                    "SELECT label FROM parts",
                    "DROP VIEW parted",
                    "ALTER TABLE archive DROP COLUMN part",
                    "DROP TABLE parts CASCADE",
                    "COMMIT")) {
                assertThat(told(client, sql)).as(sql).noneMatch(answer -> answer.startsWith("E"));
            }
            assertThat(client.query("SELECT status FROM archive WHERE id = 1").answers())
                    .contains("D:[one]");
        }
    }

    /** What a transaction has made is masked as it will be. */
    @Test
    void labelsHoldForWhatIsNotCommitted() throws IOException {
        try (RawClient client = enter("migrations")) {
            client.query("BEGIN").answers();
            client.query("CREATE TABLE safe (id int, secret text, code text)").answers();
            client.query("COMMENT ON COLUMN safe.code IS 'label: pii.ssn'").answers();
            client.query("INSERT INTO safe VALUES (1, 'abcdefgh', '12345678')").answers();
            assertThat(client.query("SELECT id, secret, code FROM safe").answers())
                    .contains("D:[1, ****efgh, ****5678]", "Z:T");
            assertThat(client.query("SELECT id FROM safe WHERE secret = 'abcdefgh'")
                            .answers())
                    .containsExactly("E:42501", "Z:E");
        }
    }

    @Test
    void guardrailsSeeWhatIsNotCommitted() throws IOException {
        try (RawClient client = enter("migrations")) {
            client.query("BEGIN").answers();
            client.query("CREATE VIEW kept AS SELECT id FROM archive").answers();
            assertThat(client.query("DELETE FROM orders WHERE id = 17").answers())
                    .contains("C:DELETE 0", "Z:T");
            assertThat(client.query("DELETE FROM kept WHERE id = 17").answers()).containsExactly("E:42501", "Z:E");
            client.query("ROLLBACK").answers();
            client.query("BEGIN").answers();
            client.query("ALTER TABLE archive RENAME TO attic").answers();
            assertThat(client.query("DELETE FROM attic WHERE true").answers()).containsExactly("E:42501", "Z:E");
        }
    }

    /** There no function can be made, or the transaction sees less than analysis does: the text decides, and refuses more. */
    @Test
    void whereTheSessionCannotBeAskedItGoesAsBefore() throws IOException {
        try (RawClient client = enter("analysts")) {
            client.query("CREATE TEMP TABLE t (id int)").answers();
            client.query("BEGIN READ ONLY").answers();
            assertThat(client.query("SELECT id FROM t").answers()).containsExactly("E:42501", "Z:E");
            client.query("ROLLBACK").answers();
            client.query("BEGIN ISOLATION LEVEL REPEATABLE READ").answers();
            assertThat(client.query("SELECT id FROM t").answers()).contains("C:SELECT 0", "Z:T");
            client.query("ROLLBACK").answers();
        }
        try (RawClient client = enter("migrations")) {
            client.query("BEGIN ISOLATION LEVEL REPEATABLE READ").answers();
            client.query("CREATE TABLE parts (id int)").answers();
            assertThat(client.query("SELECT id FROM parts").answers()).containsExactly("E:42501", "Z:E");
        }
    }

    /** Nothing of the agent's runs for the question. */
    @Test
    void theQuestionRunsNothing() throws IOException, SQLException {
        try (RawClient client = enter("analysts")) {
            client.query("CREATE TEMP TABLE t (id int)").answers();
            for (String sql : List.of(
                    "SELECT id FROM t; END; DROP TABLE orders; --",
                    "SELECT id FROM t\n;END;\nDROP TABLE orders",
                    "SELECT id FROM t; END SECURITY DEFINER",
                    "INSERT INTO t SELECT 1 / 0; END; COMMIT; DROP TABLE orders; /*",
                    "SELECT id FROM t /* ; END; DROP TABLE orders; */",
                    "SELECT id FROM t WHERE 'a' = $$;END; DROP TABLE orders; --$$")) {
                client.query(sql).answers();
                client.query("BEGIN").answers();
                client.query(sql).answers();
                client.query("ROLLBACK").answers();
            }
            assertThat(told(client, "SELECT id FROM orders")).contains("D:[1]", "D:[2]");
            assertThat(client.query("SELECT count(*) FROM t").answers()).contains("D:[0]");
        }
        asOwner("select 1 / (case when exists (select from pg_proc where proname like 'reading%') then 0 else 1 end)");
    }

    /** A type, a table and an operator of somebody's do not get between the question and its answer. */
    @Test
    void namesOfTheSessionsOwnDoNotMisleadTheGateway() throws IOException {
        try (RawClient client = enter("analysts")) {
            for (String name :
                    List.of("text", "pg_class", "pg_proc", "pg_type", "pg_namespace", "oid", "mine", "o", "n")) {
                assertThat(client.query("CREATE TEMP TABLE " + name + " (id int)")
                                .answers())
                        .contains("C:CREATE TABLE");
            }
            assertThat(client.query("CREATE TEMP TABLE t (id int)").answers()).contains("C:CREATE TABLE");
            assertThat(run(client, "INSERT INTO t VALUES ($1)", "5")).contains("C:INSERT 0 1");
            assertThat(client.query("SELECT id FROM t").answers()).contains("D:[5]");
            assertThat(client.query("SELECT id FROM pg_temp.pg_class").answers())
                    .contains("C:SELECT 0");
            assertThat(client.query("DELETE FROM archive WHERE id = 1").answers())
                    .contains("E:42501");
        }
    }
}
