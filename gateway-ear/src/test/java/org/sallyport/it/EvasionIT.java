package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.policy.Guardrail;
import org.sallyport.policy.PolicyBundle;

/**
 * Ways around policy and guardrails, threats 97 and 99 to 105: for somebody restricted, and for somebody whom nothing but the
 * guardrails that come with the server stops. The database is as it was, and the same in permitted use passes.
 */
@WithGateway
class EvasionIT {
    /** Number, guardrail, statement that it applies to, statement that it does not; the guardrails' own test has them, too. */
    private static final Path CASES =
            Path.of("..", "gateway-ejb/src/test/resources/org/sallyport/inbound/recommended-guardrails.csv");

    private final Gateway gateway;
    private final GuardedGateway guarded;
    private final Treasure treasure;
    private final Siege siege;
    private final Shelf shelf;

    EvasionIT(Gateway gateway, GuardedGateway guarded) throws SQLException {
        this.gateway = gateway;
        this.guarded = guarded;
        treasure = new Treasure(gateway);
        siege = new Siege(gateway, treasure);
        shelf = new Shelf(gateway);
    }

    @AfterEach
    void close() throws SQLException {
        shelf.close();
        treasure.close();
    }

    /** For somebody who may read and no more. */
    static Stream<String> changes() {
        return Stream.of(
                // 97: behind something else
                "; ;DELETE FROM orders",
                "/* /* x */ */ -- y\n DELETE FROM orders WHERE id = 1",
                "SELECT 1; DELETE FROM orders WHERE id = 1",
                "SELECT ';'; /* ; */ UPDATE products SET stock = 0",
                "BEGIN; TRUNCATE order_items; COMMIT",
                "WITH x AS (DELETE FROM orders RETURNING *) SELECT * FROM x",
                "WITH x AS MATERIALIZED (UPDATE products SET stock = 0 RETURNING id) TABLE x",
                "WITH y AS (WITH RECURSIVE x AS (SELECT 1 AS a UNION ALL SELECT a FROM x WHERE false)"
                        + " SEARCH DEPTH FIRST BY a SET key UPDATE products SET stock = 0 RETURNING 1) SELECT 1",
                "EXPLAIN ANALYZE DELETE FROM orders",
                "EXPLAIN (\"analyze\", verbose) DELETE FROM orders",
                "EXPLAIN (ANALYZE true, FORMAT json) INSERT INTO products SELECT * FROM products",
                "EXPLAIN ANALYZE CREATE TABLE loot AS SELECT 1",
                "SELECT id INTO loot FROM orders",
                "(SELECT id INTO UNLOGGED loot FROM orders)",
                "SELECT id FROM orders FOR UPDATE",
                "SELECT id FROM orders FOR NO KEY UPDATE SKIP LOCKED",
                "TABLE orders FOR SHARE",
                "CREATE TABLE loot AS TABLE orders",
                "CREATE TABLE loot AS VALUES (1)",
                "INSERT INTO products DEFAULT VALUES ON CONFLICT DO NOTHING",
                "MERGE INTO products p USING orders o ON p.id = o.id WHEN MATCHED THEN DELETE",
                "COPY orders FROM STDIN",
                "COPY orders (id) FROM STDIN WHERE id > 0",
                "COPY (DELETE FROM orders RETURNING id) TO STDOUT",
                "TRUNCATE ONLY orders RESTART IDENTITY CASCADE",
                "PREPARE d AS DELETE FROM orders",
                "EXECUTE d",
                "EXPLAIN ANALYZE EXECUTE d",
                "CREATE TABLE loot AS EXECUTE d",
                "DECLARE c CURSOR FOR SELECT id FROM orders FOR UPDATE",
                "LOCK TABLE orders",
                "COMMENT ON TABLE orders IS 'x'",
                "DROP TABLE orders, order_items",
                "ALTER TABLE orders ALTER COLUMN status TYPE text USING lower(status)",
                "CREATE INDEX ON orders (id)",
                "REFRESH MATERIALIZED VIEW orders",
                "VACUUM FULL orders",
                "CLUSTER orders USING orders_pkey",
                "REINDEX TABLE orders",
                "ANALYZE orders");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whoReadsChangesNothing(String sql) throws IOException, SQLException {
        siege.refuse(sql, "reporting-agents");
    }

    /** For somebody who may also change and define tables. */
    static Stream<String> reaches() {
        return Stream.of(
                // 97: what runs code or leaves the database
                "CALL effects()",
                "DO $$ BEGIN DELETE FROM orders; END $$",
                "/**/DO LANGUAGE plpgsql 'begin perform 1; end'",
                "CREATE FUNCTION loot() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE OR REPLACE FUNCTION loot() RETURNS void BEGIN ATOMIC DELETE FROM orders; END",
                "CREATE PROCEDURE loot() LANGUAGE sql AS 'DELETE FROM orders'",
                "CREATE FUNCTION pg_temp.loot() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE TRIGGER loot BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                "CREATE EVENT TRIGGER loot ON ddl_command_end EXECUTE FUNCTION f()",
                "CREATE RULE loot AS ON INSERT TO products DO ALSO DELETE FROM orders",
                "CREATE EXTENSION IF NOT EXISTS plpgsql",
                "CREATE LANGUAGE loot HANDLER plpgsql_call_handler",
                "CREATE AGGREGATE loot (text, boolean) (SFUNC = set_config, STYPE = text)",
                "CREATE OPERATOR !!! (FUNCTION = pg_sleep, RIGHTARG = double precision)",
                "CREATE CAST (text AS xml) WITH INOUT",
                "IMPORT FOREIGN SCHEMA public FROM SERVER s INTO public",
                "CREATE SERVER s FOREIGN DATA WRAPPER dblink_fdw",
                "CREATE USER MAPPING FOR current_user SERVER s",
                "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1' PUBLICATION p",
                "CREATE PUBLICATION p FOR TABLE customers",
                "CREATE SCHEMA loot GRANT ALL ON public.customers TO public",
                "CREATE SCHEMA loot CREATE VIEW v AS SELECT 1",
                "GRANT SELECT ON customers TO public",
                "REVOKE ALL ON orders FROM public",
                "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO public",
                "ALTER TABLE orders OWNER TO postgres",
                "ALTER TABLE customers ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY p ON customers USING (true)",
                "SECURITY LABEL ON TABLE orders IS 'x'",
                "REASSIGN OWNED BY current_user TO postgres",
                "DROP OWNED BY current_user CASCADE",
                "DROP SCHEMA public CASCADE",
                "ALTER TABLE orders ALTER COLUMN status TYPE text USING query_to_xml('DELETE FROM orders', true, true, '')::text",
                "ALTER TABLE orders ADD COLUMN loot text DEFAULT pg_read_file('pg_hba.conf')",
                "ALTER TABLE orders ADD CHECK (pg_sleep(0) IS NULL)",
                "CREATE INDEX ON orders ((pg_advisory_lock(id)::text))",
                "CREATE VIEW loot AS SELECT pg_terminate_backend(pid) FROM pg_stat_activity",
                "CREATE VIEW loot AS SELECT pg_advisory_unlock_all()",
                "ALTER TABLE orders ADD CHECK (pg_advisory_unlock_all() IS NOT NULL)",
                "COPY orders TO PROGRAM 'cat'",
                "COPY orders FROM PROGRAM 'id'",
                "COPY orders TO '/tmp/loot'",
                "COPY orders FROM '/etc/passwd'",
                "COPY (SELECT 1) TO PROGRAM 'cat'",
                "LOAD 'auto_explain'",
                "CHECKPOINT",
                "ALTER SYSTEM RESET ALL",
                "DROP DATABASE bench",
                "CREATE DATABASE loot",
                "ALTER DATABASE shop SET session_replication_role = replica",
                "CREATE TABLESPACE loot LOCATION '/tmp'",
                // 99
                "RESET session_replication_role",
                "RESET ALL; TABLE orders",
                // 100
                "SET ROLE postgres",
                "SET SESSION ROLE 'postgres'",
                "SET LOCAL \"role\" TO postgres",
                "SET SESSION AUTHORIZATION postgres",
                "SET LOCAL SESSION AUTHORIZATION DEFAULT",
                "RESET ROLE",
                "RESET SESSION AUTHORIZATION",
                "SELECT set_config('role', 'postgres', false)",
                "SELECT pg_catalog.set_config('ro' || 'le', 'postgres', false)",
                // 101
                "ALTER ROLE current_user SET search_path = loot",
                "ALTER USER shop_gateway SET statement_timeout = 0",
                "ALTER ROLE ALL IN DATABASE shop SET work_mem = '1GB'",
                "ALTER FUNCTION with_check_digit(text) SET search_path = loot",
                "SET LOCAL search_path = pg_temp, loot",
                // 102
                "SELECT pg_terminate_backend(pg_backend_pid())",
                "SELECT \"pg_cancel_backend\" (1)",
                "SELECT U&\"pg_terminate\\005Fbackend\"(1)",
                "SELECT pg_advisory_lock(1)",
                "SELECT pg_try_advisory_xact_lock_shared(1)",
                "SELECT setval('orders_id_seq', 1)",
                "SELECT lo_creat(-1)",
                "SELECT lo_unlink(1), lo_import('/etc/passwd')",
                "SELECT pg_notify('x', 'y')",
                "SELECT dblink_exec('dbname=shop', 'DROP TABLE orders')",
                "SELECT pg_reload_conf()",
                "SELECT pg_sleep(100)",
                "SELECT name FROM products WHERE pg_sleep(0) IS NULL ORDER BY pg_advisory_lock(id)",
                "VALUES (pg_terminate_backend(1))",
                "INSERT INTO order_items SELECT pg_advisory_lock(1), 1, 1, 1, 1",
                "UPDATE pg_settings SET setting = 'off' WHERE name = 'row_security'",
                "SET row_security = off",
                "SET session_replication_role = replica",
                "LISTEN x",
                "NOTIFY x",
                "PREPARE TRANSACTION 'loot'",
                "COMMIT PREPARED 'loot'");
    }

    @ParameterizedTest
    @MethodSource("reaches")
    void whoDefinesTablesReachesNoFurther(String sql) throws IOException, SQLException {
        siege.refuse(sql, "migration-agents");
        siege.refuse(sql, "reporting-agents");
    }

    /** 97 to 105: the same constructs, in what the role may do. */
    static Stream<Attack> twins() {
        return Stream.of(
                Attack.of("97: several statements", "; ;SELECT 1; /* x */ UPDATE products SET stock = 1 WHERE id = 1;"),
                Attack.of(
                        "97: a change in WITH",
                        "WITH x AS (DELETE FROM order_items WHERE order_id = 1 RETURNING *) SELECT * FROM x"),
                Attack.of("97: EXPLAIN", "EXPLAIN (ANALYZE, FORMAT json) UPDATE products SET stock = 1 WHERE id = 1"),
                Attack.of("97: FOR UPDATE", "SELECT id FROM orders WHERE id = 1 FOR UPDATE"),
                Attack.of("97: TABLE and VALUES", "TABLE products", "VALUES (1), (2)"),
                Attack.of(
                        "97: definitions",
                        "CREATE TABLE wares (id int PRIMARY KEY, name text DEFAULT lower('X'))",
                        "ALTER TABLE products ALTER COLUMN stock TYPE bigint USING stock + 0"),
                Attack.of(
                        "98: transactions", "SET TRANSACTION READ WRITE", "UPDATE products SET stock = 1 WHERE id = 1"),
                Attack.of("99: a limit of one's own", "SET statement_timeout = '5s'", "RESET statement_timeout"),
                Attack.of("101: SET LOCAL", "SET LOCAL lock_timeout = '1s'"),
                Attack.of("103: a WHERE that chooses", "DELETE FROM order_items WHERE order_id = 1 AND line = 1"),
                Attack.of(
                        "105: savepoints",
                        "SAVEPOINT a",
                        "UPDATE products SET stock = 1 WHERE id = 1",
                        "ROLLBACK TO a"));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theHonestTwinPasses(Attack twin) throws IOException {
        siege.admit(twin, "migration-agents");
    }

    static Stream<List<String>> cases() throws IOException {
        return Files.readAllLines(CASES).stream().skip(1).map(line -> List.of(line.split("\t")));
    }

    /** Under the guardrails that come with the server, by somebody unrestricted. */
    @ParameterizedTest
    @MethodSource("cases")
    void theGuardrailActs(List<String> row) throws IOException, SQLException {
        List<String> before = treasure.state();
        try (RawClient client = guarded.client(Agent.in(gateway, "operators"))) {
            client.query(row.get(2)).flush();
            assertActs(client, row.get(1));
        }
        assertThat(treasure.state()).isEqualTo(before);
    }

    private void assertActs(RawClient client, String name) throws IOException {
        Message told = client.receive();
        assertThat(told.field('D').orElse("")).as(told.toString()).contains("Rule \"" + name + "\"");
        assertThat(told.field('H').orElse("")).isNotBlank();
        switch (action(name)) {
            case DENY -> {
                assertThat(told.summary()).isEqualTo("E:42501");
                assertThat(client.receiveUntil('Z')).hasSize(1);
                assertThat(client.query("SELECT 1").answers()).contains("D:[1]", "Z:I");
            }
            // Nobody approves, and the client leaves.
            case HOLD -> assertThat(told.field('M').orElse("")).startsWith("statement held for approval");
            case WARN -> {
                assertThat(told.summary()).isEqualTo("N:01000");
                assertThat(told.field('S')).contains("WARNING");
                client.receiveUntil('Z');
            }
        }
    }

    private Guardrail.Action action(String name) {
        return PolicyBundle.load(gateway.definition().resolve("guardrails/recommended.yaml")).guardrails().stream()
                .filter(guardrail -> guardrail.name().equals(name))
                .findFirst()
                .orElseThrow()
                .action();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; SELECT 'drop database shop' -- drop database shop",
                "ALTER TABLE products ADD COLUMN weight numeric",
                "CREATE SCHEMA wares CREATE TABLE t (a int) CREATE VIEW v AS SELECT a FROM t",
                "DELETE FROM order_items WHERE order_id = 1 AND line = 1",
                "WITH x AS (UPDATE products SET stock = 1 WHERE id = 1 RETURNING *) SELECT * FROM x",
                "EXPLAIN ANALYZE UPDATE products SET stock = 1 WHERE id = 1",
                "EXPLAIN DELETE FROM orders",
                "SELECT id FROM orders WHERE id = 1 FOR NO KEY UPDATE",
                "SELECT id INTO TEMP wares FROM products",
                "PREPARE p AS SELECT 1; EXECUTE p",
                "DECLARE c CURSOR FOR TABLE products; FETCH 1 FROM c; CLOSE c",
                "SET statement_timeout = '5s'; RESET application_name",
                "SET LOCAL search_path = public, pg_catalog; SHOW session_replication_role",
                "SELECT set_config('application_name', 'role', true), current_setting('row_security')",
                "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY",
                "SELECT nextval('orders_id_seq'), pg_backend_pid(), pg_advisory_unlock_all()",
                "SELECT count(*) AS links, 1 AS lo_price FROM pg_stat_activity",
                "COMMENT ON TABLE orders IS 'COPY orders TO PROGRAM'",
                "UNLISTEN *; DISCARD PLANS; DEALLOCATE ALL",
                "ANALYZE products"
            })
    void theGuardrailsLeaveHonestWorkAlone(String sql) throws IOException {
        try (RawClient client = guarded.client(Agent.in(gateway, "operators"))) {
            client.query("BEGIN").answers();
            assertThat(client.query(sql).flush().receiveUntil('Z'))
                    .extracting(Message::type)
                    .contains('C')
                    .doesNotContain('E', 'N', '-');
            client.query("ROLLBACK").answers();
        }
    }

    /** 103: what is true for every row is no condition. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "(((true)))",
                "NOT false",
                "1 = 1",
                "1 < 2 OR n = 1",
                "'a' = 'a' AND true",
                "n = n",
                "(n) = (n)",
                "n IS NOT DISTINCT FROM n",
                "n BETWEEN n AND n",
                "n IN (7, n)",
                "n >= n",
                "%s.n = n",
                "\"n\" = N",
                "random() < 2",
                "current_date > '2000-01-01'",
                "EXISTS (SELECT 1)",
                "length('x') = 1"
            })
    void aWhereThatIsAlwaysTrueIsHeld(String where) throws IOException, SQLException {
        String condition = where.formatted(shelf.name());
        for (String sql : List.of("DELETE FROM " + shelf.name(), "UPDATE " + shelf.name() + " SET n = 0")) {
            try (RawClient client = guarded.client(Agent.in(gateway, "operators"))) {
                client.parse("", sql + " WHERE " + condition)
                        .bind("", "")
                        .describe('P', "")
                        .execute("", 0)
                        .sync()
                        .flush();
                Message held = client.receiveUntil('N').stream()
                        .filter(message -> message.type() == 'N')
                        .findFirst()
                        .orElseThrow();
                assertThat(held.field('D').orElse("")).contains("mass-change");
            }
            assertThat(shelf.values()).containsExactly(1, 2, 3);
        }
    }

    /** 97, with 60 and 61: prepared by the protocol, run by SQL. */
    @Test
    void nothingThatIsHeldRunsByItsName() throws IOException, SQLException {
        String delete = "DELETE FROM " + shelf.name() + " RETURNING n";
        try (RawClient client = guarded.client(Agent.in(gateway, "operators"))) {
            client.query("BEGIN").answers();
            assertThat(client.parse("zz", delete).bind("ppp", "zz").sync().answers())
                    .contains("Z:T");
            for (String sql : List.of(
                    "EXECUTE zz",
                    "FETCH ALL ppp",
                    "MOVE ALL IN ppp",
                    "EXPLAIN ANALYZE EXECUTE zz",
                    "CREATE TABLE t AS EXECUTE zz")) {
                client.query("SAVEPOINT a").answers();
                assertThat(client.query(sql).answers()).containsExactly("E:42501", "Z:E");
                client.query("ROLLBACK TO a").answers();
            }
            client.query("COMMIT").answers();
        }
        assertThat(shelf.count()).isEqualTo(3);
    }

    /** The honest twin of that: what SQL has prepared, and cursors. */
    @Test
    void whatIsNotHeldRunsByItsName() throws IOException {
        try (RawClient client = guarded.client(Agent.in(gateway, "operators"))) {
            client.parse("zz", "SELECT 7").sync();
            assertThat(client.query("EXECUTE zz").flush().receiveUntil('Z')).isNotEmpty();
            assertThat(client.receiveUntil('Z')).extracting(Message::summary).contains("D:[7]");
        }
    }

    /** 102, with 106: without any SQL. */
    @ParameterizedTest
    @CsvSource({"2096, no-ending-of-sessions", "957, no-large-objects", "2621, no-server-control", "2880, session-locks"
    })
    void aFunctionCallIsJudgedByTheFunctionsName(int function, String guardrail) throws IOException {
        try (RawClient client = guarded.client(Agent.in(gateway, "operators"))) {
            client.call(function, function == 2621 ? new String[0] : new String[] {"1"})
                    .flush();
            assertActs(client, guardrail);
        }
    }

    /** 102, with 107: a setting of the start-up packet. */
    @Test
    void noSessionBeginsWithASettingThatAGuardrailDenies() throws IOException {
        assertThat(login("-c session_replication_role=replica"))
                .contains("E:42501")
                .doesNotContain("Z:I");
        assertThat(login("-c Session_Replication_Role=local -c work_mem=1MB")).contains("E:42501");
        assertThat(login("-c work_mem=1MB")).contains("Z:I");
    }

    private List<String> login(String options) throws IOException {
        Agent agent = Agent.in(gateway, "operators");
        try (RawClient client = new RawClient(guarded.port())) {
            client.requestTls();
            client.startup(3 << 16, Map.of("user", agent.name(), "database", "shop", "options", options))
                    .flush();
            List<Message> answers = new ArrayList<>(List.of(client.receive()));
            if (answers.get(0).type() == 'R') {
                client.password(agent.token()).flush();
                answers.addAll(client.receiveUntil('Z'));
            }
            return answers.stream().map(Message::summary).toList();
        }
    }

    /** 104: an approval is for these parameters, and a statement's name is nothing to it. */
    @Test
    void otherParametersAreAnotherStatement() throws IOException, SQLException {
        Person dana = Person.dana(gateway);
        Agent agent = Agent.in(gateway, "migration-agents");
        String sql = "UPDATE " + shelf.name() + " SET n = n + $1::int";
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.parse("s", sql).sync().flush().receiveUntil('Z');
            client.bind("", "s", "10").execute("", 0).sync().flush();
            dana.approve(dana.awaitHeld(agent.name()).text("id"));
            assertThat(client.receiveUntil('Z')).extracting(Message::summary).contains("C:UPDATE 3", "Z:I");

            client.bind("", "s", "500").execute("", 0).sync().flush();
            Fields second = dana.awaitHeld(agent.name());
            assertThat(second.texts("parameters")).containsExactly("500");
            dana.deny(second.text("id"), "not that many");
            assertThat(client.receiveUntil('Z')).extracting(Message::summary).contains("E:42501", "Z:I");

            client.close('S', "s")
                    .parse("s", sql.replace("+", "-"))
                    .sync()
                    .flush()
                    .receiveUntil('Z');
            client.bind("", "s", "10").execute("", 0).sync().flush();
            assertThat(dana.awaitHeld(agent.name()).text("sql")).contains(" - ");
        }
        assertThat(shelf.values()).containsExactly(11, 12, 13);
    }

    /** 105: each run is held, wherever in a transaction it is. */
    @Test
    void savepointsAndChainsHideNothing() throws IOException, SQLException {
        Person dana = Person.dana(gateway);
        Agent agent = Agent.in(gateway, "migration-agents");
        String sql = "DELETE FROM " + shelf.name();
        try (RawClient client = gateway.rawClient("shop", agent)) {
            client.query("BEGIN; SAVEPOINT a").answers();
            for (String next : List.of("ROLLBACK TO a", "ROLLBACK AND CHAIN")) {
                client.query(sql).flush();
                dana.approve(dana.awaitHeld(agent.name()).text("id"));
                assertThat(client.receiveUntil('Z'))
                        .extracting(Message::summary)
                        .contains("C:DELETE 3", "Z:T");
                assertThat(client.query(next).answers()).contains("Z:T");
            }
            client.query("SELECT 1 / 0").answers();
            client.query(sql).flush();
            dana.approve(dana.awaitHeld(agent.name()).text("id"));
            assertThat(client.receiveUntil('Z')).extracting(Message::summary).contains("E:25P02", "Z:E");
            client.query("COMMIT").answers();
        }
        assertThat(shelf.count()).isEqualTo(3);
    }
}
