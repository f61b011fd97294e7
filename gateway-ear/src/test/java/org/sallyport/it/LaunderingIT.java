package org.sallyport.it;

import java.io.IOException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A masked value does not come out by several steps either: by names that SQL and the protocol share, by renaming, or by
 * moving it where nobody labelled it. Each step may be refused; none may show a value. Numbers are those of the threat
 * list.
 */
@WithGateway
class LaunderingIT {
    private static final String PEOPLE = "SELECT id, ssn, card, email FROM customers WHERE id <= 5";

    private final Treasure treasure;
    private final Siege siege;

    LaunderingIT(Gateway gateway) throws SQLException {
        treasure = new Treasure(gateway);
        siege = new Siege(gateway, treasure);
    }

    @AfterEach
    void close() throws SQLException {
        treasure.close();
    }

    static Stream<Attack> attacks() {
        return Stream.of(
                Attack.of("SQL's PREPARE and EXECUTE", "PREPARE p AS " + PEOPLE, "EXECUTE p"),
                Attack.of(
                        "59: SQL's PREPARE, then Bind",
                        "PREPARE p AS " + PEOPLE,
                        Attack.step(
                                client -> client.bind("", "p").execute("", 0).sync())),
                Attack.of(
                        "63: another in the place of what SQL prepared",
                        "PREPARE p AS SELECT name AS v FROM products",
                        "DEALLOCATE p",
                        "PREPARE p AS SELECT ssn || '' AS v FROM customers",
                        "EXECUTE p"),
                Attack.of(
                        "63: the protocol's in the place of what SQL prepared",
                        "PREPARE p AS SELECT name AS v FROM products",
                        Attack.step(client -> client.close('S', "p")
                                .parse("p", "SELECT ssn || '' AS v FROM customers")
                                .sync()),
                        "EXECUTE p"),
                Attack.of(
                        "63: SQL's in the place of what the protocol prepared",
                        Attack.step(client -> client.parse("p", "SELECT name AS v FROM products")
                                .sync()),
                        "DEALLOCATE p",
                        "PREPARE p AS SELECT ssn || '' AS v FROM customers",
                        Attack.step(
                                client -> client.bind("", "p").execute("", 0).sync())),
                Attack.of(
                        "60: Parse, then SQL's EXECUTE",
                        Attack.step(client -> client.parse("zz", PEOPLE).sync()),
                        "EXECUTE zz"),
                Attack.of(
                        "60: Parse, then CREATE TABLE AS EXECUTE",
                        Attack.step(client -> client.parse("zz", PEOPLE).sync()),
                        "CREATE TEMP TABLE loot AS EXECUTE zz",
                        "SELECT * FROM loot"),
                Attack.of("56: a cursor", "DECLARE k CURSOR FOR " + PEOPLE, "FETCH ALL k"),
                Attack.of(
                        "57: Execute of a cursor that SQL declared",
                        "DECLARE k CURSOR FOR " + PEOPLE,
                        Attack.step(client -> client.execute("k", 0).sync())),
                Attack.of(
                        "61: FETCH from a portal of the protocol",
                        Attack.step(client -> client.parse("s", PEOPLE)
                                .bind("ppp", "s")
                                .execute("ppp", 1)
                                .sync()),
                        "FETCH ALL ppp"),
                Attack.of(
                        "63: Close, and the same name again",
                        Attack.step(client -> client.parse("s", "SELECT id, name, sku, category FROM products")
                                .bind("p", "s")
                                .describe('P', "p")
                                .close('P', "p")
                                .close('S', "s")
                                .parse("s", PEOPLE)
                                .bind("p", "s")
                                .execute("p", 0)
                                .sync())),
                Attack.of(
                        "64: the unnamed statement overwritten in a pipeline",
                        Attack.step(client -> client.parse("", "SELECT id, name, sku, category FROM products")
                                .parse("", PEOPLE)
                                .bind("", "")
                                .execute("", 0)
                                .sync())),
                Attack.of("36: CREATE TABLE AS", "CREATE TABLE loot AS " + PEOPLE, "SELECT * FROM loot"),
                Attack.of("36: SELECT INTO TEMP", "SELECT ssn INTO TEMP loot FROM customers", "SELECT * FROM loot"),
                Attack.of(
                        "39: UPDATE copies the column",
                        "UPDATE customers SET notes = ssn WHERE id <= 5",
                        "SELECT notes FROM customers WHERE id <= 5"),
                Attack.of(
                        "41: a generated column",
                        "ALTER TABLE customers ADD COLUMN loot text GENERATED ALWAYS AS (ssn) STORED",
                        "SELECT loot FROM customers WHERE id <= 5"),
                Attack.of(
                        "renaming the column",
                        "ALTER TABLE customers RENAME COLUMN ssn TO loot",
                        "SELECT loot FROM customers WHERE id <= 5"),
                Attack.of(
                        "renaming the table",
                        "ALTER TABLE customers RENAME TO loot",
                        "SELECT id, ssn, card, email FROM loot WHERE id <= 5"),
                Attack.of(
                        "swapping two columns' names",
                        "ALTER TABLE customers RENAME COLUMN notes TO n2",
                        "ALTER TABLE customers RENAME COLUMN ssn TO notes",
                        "SELECT notes FROM customers WHERE id <= 5"),
                Attack.of(
                        "changing another column's type by way of the value",
                        "ALTER TABLE customers ALTER COLUMN name TYPE text USING ssn",
                        "SELECT name FROM customers WHERE id <= 5"),
                Attack.of(
                        "a parent table",
                        "CREATE TABLE parent (id bigint NOT NULL, ssn text NOT NULL)",
                        "ALTER TABLE customers INHERIT parent",
                        "SELECT id, ssn FROM parent WHERE id <= 5"),
                Attack.of(
                        "another schema",
                        "CREATE SCHEMA cellar",
                        "ALTER TABLE customers SET SCHEMA cellar",
                        "SELECT ssn FROM cellar.customers WHERE id <= 5"),
                Attack.of("42: a view", "CREATE VIEW loot AS " + PEOPLE, "SELECT * FROM loot"),
                Attack.of(
                        "42: a materialized view", "CREATE MATERIALIZED VIEW loot AS " + PEOPLE, "SELECT * FROM loot"),
                Attack.of(
                        "42: a rule",
                        "CREATE TABLE bait (id bigint, ssn text, card text, email text)",
                        "CREATE RULE \"_RETURN\" AS ON SELECT TO bait DO INSTEAD SELECT id, ssn, card, email FROM customers",
                        "SELECT * FROM bait LIMIT 5"),
                Attack.of(
                        "43: a function",
                        "CREATE FUNCTION loot() RETURNS text LANGUAGE sql RETURN (SELECT min(ssn) FROM customers)",
                        "SELECT loot()"),
                Attack.of(
                        "44: a temporary function",
                        "CREATE FUNCTION pg_temp.loot() RETURNS text LANGUAGE sql AS 'SELECT ssn FROM customers'",
                        "SELECT pg_temp.loot()"),
                Attack.of(
                        "45: a trigger",
                        "CREATE TABLE loot (v text)",
                        "CREATE FUNCTION steal() RETURNS trigger LANGUAGE plpgsql AS"
                                + " 'BEGIN INSERT INTO loot VALUES (NEW.ssn); RETURN NEW; END'",
                        "CREATE TRIGGER t BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION steal()",
                        "UPDATE customers SET notes = 'x' WHERE id <= 5",
                        "SELECT v FROM loot"),
                Attack.of(
                        "a default that asks",
                        "CREATE TABLE bait (n integer, v text DEFAULT query_to_xml('" + PEOPLE + "', true, false, ''))",
                        "INSERT INTO bait (n) VALUES (1) RETURNING v"),
                Attack.of(
                        "31: a function of the same name in front",
                        "CREATE FUNCTION public.upper(text) RETURNS text LANGUAGE sql AS"
                                + " 'SELECT string_agg(ssn, '','') FROM customers'",
                        "SET search_path = public, pg_catalog",
                        "SELECT upper(name) FROM products LIMIT 1"),
                Attack.of(
                        "48: a setting",
                        "SELECT set_config('my.loot', ssn, false) FROM customers WHERE id = 1",
                        "SHOW my.loot"),
                Attack.of(
                        "35: the table behind a prepared statement replaced",
                        "CREATE TEMP TABLE bait (id bigint, ssn text, card text, email text)",
                        Attack.step(client ->
                                client.parse("s", "SELECT * FROM bait").sync()),
                        "DROP TABLE bait",
                        "ALTER TABLE customers RENAME TO bait",
                        Attack.step(
                                client -> client.bind("", "s").execute("", 5).sync())));
    }

    /** 36 to 55: single statements, each in several spellings. */
    static Stream<Attack> statements() {
        return Stream.of(
                        Attack.each(
                                "36",
                                "CREATE TABLE loot AS TABLE customers",
                                "CREATE UNLOGGED TABLE loot (a, b) AS SELECT ssn, card FROM customers WITH NO DATA",
                                "CREATE TABLE loot AS WITH x AS (SELECT * FROM customers) SELECT x FROM x",
                                "CREATE MATERIALIZED VIEW IF NOT EXISTS loot AS SELECT ssn FROM customers",
                                "WITH x AS (SELECT ssn FROM customers) SELECT * INTO UNLOGGED loot FROM x",
                                "EXPLAIN ANALYZE CREATE TABLE loot AS SELECT ssn FROM customers"),
                        Attack.each(
                                "41",
                                "CREATE TEMP TABLE loot (LIKE customers INCLUDING ALL)",
                                "CREATE TABLE loot () INHERITS (customers)",
                                "CREATE TABLE loot (s text DEFAULT (ssn('customers')))",
                                "ALTER TABLE customers ADD CONSTRAINT loot EXCLUDE (ssn WITH =)",
                                "CREATE INDEX loot ON customers (lower(ssn)) INCLUDE (card)",
                                "CREATE STATISTICS loot ON ssn, card FROM customers"),
                        Attack.each(
                                "42",
                                "CREATE OR REPLACE VIEW sales_by_month AS SELECT ssn FROM customers",
                                "CREATE RECURSIVE VIEW loot (a) AS SELECT ssn FROM customers",
                                "CREATE TEMP VIEW loot AS SELECT c FROM customers c",
                                "ALTER VIEW sales_by_month RENAME TO customers",
                                "CREATE RULE loot AS ON UPDATE TO customers DO ALSO INSERT INTO products (name) VALUES (old.ssn)"),
                        Attack.each(
                                "43",
                                "CREATE FUNCTION loot() RETURNS SETOF text LANGUAGE plpgsql AS"
                                        + " $$ BEGIN RETURN QUERY EXECUTE 'select ss' || 'n from customers'; END $$",
                                "CREATE FUNCTION loot() RETURNS text BEGIN ATOMIC SELECT min(ssn) FROM customers; END",
                                "CREATE OR REPLACE FUNCTION order_total(bigint) RETURNS numeric LANGUAGE sql AS"
                                        + " 'SELECT min(ssn)::numeric FROM customers'",
                                "SELECT order_total(id) FROM orders"),
                        Attack.each(
                                "44",
                                "CREATE FUNCTION pg_temp.loot() RETURNS text RETURN (SELECT min(ssn) FROM public.customers)",
                                "CREATE OR REPLACE PROCEDURE \"pg_temp\".loot() LANGUAGE sql AS 'SELECT 1'"),
                        Attack.each(
                                "45",
                                "CREATE TRIGGER loot AFTER UPDATE ON customers REFERENCING NEW TABLE AS n"
                                        + " FOR EACH STATEMENT EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                                "CREATE CONSTRAINT TRIGGER loot AFTER INSERT ON customers FOR EACH ROW"
                                        + " EXECUTE PROCEDURE tsvector_update_trigger('notes', 'pg_catalog.simple', 'ssn')",
                                "ALTER TABLE customers DISABLE TRIGGER ALL"),
                        Attack.each(
                                "37",
                                "INSERT INTO products (sku, name, category, price, stock)"
                                        + " SELECT 'x' || id, ssn, 'c', 1, 1 FROM customers RETURNING name",
                                "INSERT INTO products (sku, name, category, price, stock)"
                                        + " VALUES ('x', (SELECT min(ssn) FROM customers), 'c', 1, 1) RETURNING *",
                                "INSERT INTO products (sku, name, category, price, stock) SELECT sku, name, category, price, stock"
                                        + " FROM products LIMIT 1 ON CONFLICT (sku) DO UPDATE SET name ="
                                        + " (SELECT min(card) FROM customers) RETURNING name",
                                "COPY (INSERT INTO products (sku, name, category, price, stock)"
                                        + " SELECT 'x', ssn, 'c', 1, 1 FROM customers RETURNING name) TO STDOUT"),
                        Attack.each(
                                "38",
                                "UPDATE customers SET notes = 'x' WHERE id = 1 RETURNING ssn",
                                "UPDATE customers AS c SET notes = 'x' WHERE id = 1 RETURNING c",
                                "UPDATE customers SET notes = 'x' WHERE id = 1 RETURNING *",
                                "UPDATE products SET stock = 1 FROM customers c WHERE c.id = products.id RETURNING c.ssn",
                                "DELETE FROM customers WHERE id = 1 RETURNING card",
                                "DELETE FROM order_items USING customers c WHERE c.id = order_id RETURNING c.*"),
                        Attack.each(
                                "39",
                                "UPDATE customers SET name = ssn RETURNING name",
                                "UPDATE customers SET (name, notes) = (SELECT ssn, card) RETURNING name, notes",
                                "MERGE INTO products p USING customers c ON p.id = c.id"
                                        + " WHEN MATCHED THEN UPDATE SET name = c.ssn",
                                "UPDATE products SET name = (SELECT ssn FROM customers LIMIT 1) WHERE id = 1 RETURNING name"),
                        Attack.each(
                                "40",
                                "WITH u AS (UPDATE customers SET notes = 'x' WHERE id = 1 RETURNING *) SELECT u FROM u",
                                "WITH u AS (DELETE FROM customers WHERE id = 1 RETURNING ssn) SELECT * FROM u",
                                "WITH u AS (INSERT INTO customers (name, email, ssn, card) SELECT name, 'x' || email, ssn, card"
                                        + " FROM customers RETURNING ssn) SELECT upper(ssn) FROM u",
                                "EXPLAIN (ANALYZE, VERBOSE) WITH u AS (UPDATE customers SET notes = ssn RETURNING *)"
                                        + " SELECT u FROM u"),
                        Attack.each(
                                "46",
                                "DO $$ BEGIN RAISE NOTICE '%', (SELECT ssn FROM customers LIMIT 1); END $$",
                                "DO $$ BEGIN RAISE EXCEPTION '%', (SELECT min(ssn) FROM customers); END $$",
                                "DO $$ BEGIN RAISE EXCEPTION USING CONSTRAINT = (SELECT min(ssn) FROM customers); END $$",
                                "DO LANGUAGE plpgsql 'BEGIN RAISE WARNING USING MESSAGE = ''x'', HINT ="
                                        + " (SELECT min(card) FROM customers); END'",
                                "do language \"plpgsql\" $_$ begin execute 'select ss' || 'n from customers'; end $_$"),
                        Attack.each(
                                "47",
                                "DO $$ DECLARE m text; BEGIN PERFORM ssn::int FROM customers; EXCEPTION WHEN others THEN"
                                        + " GET STACKED DIAGNOSTICS m = MESSAGE_TEXT; RAISE NOTICE '%', m; END $$"),
                        Attack.each(
                                "48",
                                "SELECT set_config('my.x', min(ssn), false), current_setting('my.x') FROM customers",
                                "SELECT pg_catalog.set_config('my.x', (SELECT ssn FROM customers LIMIT 1), true)",
                                "UPDATE pg_settings SET setting = (SELECT min(ssn) FROM customers) WHERE name = 'my.x'"),
                        Attack.each(
                                "49",
                                "SELECT set_config('application_name', ssn, false) FROM customers WHERE id = 1",
                                "SELECT application_name, query FROM pg_stat_activity",
                                "SELECT * FROM pg_stat_get_activity(NULL)"),
                        Attack.each(
                                "50",
                                "SELECT pg_notify('x', ssn) FROM customers",
                                "LISTEN x",
                                "NOTIFY x, 'y'",
                                "SELECT 1 FROM customers WHERE pg_notify('x', ssn) IS NOT NULL"),
                        Attack.each(
                                "51",
                                "SELECT lo_from_bytea(0, ssn::bytea) FROM customers",
                                "SELECT lo_get(lo_from_bytea(0, convert_to((SELECT min(ssn) FROM customers), 'UTF8')))",
                                "SELECT lo_create(0)",
                                "SELECT data FROM pg_largeobject"),
                        Attack.each(
                                "52",
                                "SELECT query_to_xml('SELECT ssn FROM customers', true, false, '')",
                                "SELECT pg_catalog.query_to_xml($q$SELECT ss$q$ || 'n FROM customers', true, false, '')",
                                "SELECT table_to_xml('customers', true, false, '')",
                                "SELECT schema_to_xml('public', true, false, '')",
                                "SELECT database_to_xml(true, false, '')",
                                "SELECT cursor_to_xml('k', 5, true, false, '')",
                                "SELECT * FROM xpath('//ssn', query_to_xml('TABLE customers', true, false, ''))",
                                "SELECT word FROM ts_stat('SELECT to_tsvector(ssn) FROM customers')",
                                "SELECT ts_rewrite('a'::tsquery, 'SELECT ''a''::tsquery, plainto_tsquery(ssn) FROM customers')"),
                        Attack.each(
                                "53",
                                "SELECT * FROM dblink('dbname=shop', 'SELECT ssn FROM customers') AS t(s text)",
                                "CREATE EXTENSION dblink",
                                "CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw",
                                "CREATE FOREIGN TABLE f (a int) SERVER s",
                                "IMPORT FOREIGN SCHEMA public FROM SERVER s INTO public",
                                "SELECT pg_read_file('pg_hba.conf')",
                                "SELECT * FROM pg_ls_dir('.')",
                                "COPY customers TO PROGRAM 'cat > /tmp/loot'",
                                "COPY customers TO '/tmp/loot'",
                                "COPY products (name) FROM PROGRAM 'id'",
                                "COPY products (name) FROM '/etc/passwd'"),
                        Attack.each(
                                "54",
                                "SELECT * FROM pg_logical_slot_get_changes('s', NULL, NULL)",
                                "SELECT pg_create_logical_replication_slot('s', 'test_decoding')",
                                "SELECT * FROM pg_stats",
                                "SELECT most_common_vals FROM pg_catalog.pg_stats WHERE attname = 'ssn'",
                                "SELECT stavalues1 FROM pg_statistic"),
                        Attack.each(
                                "55",
                                "PREPARE TRANSACTION 'loot'",
                                "COMMIT PREPARED 'loot'",
                                "CREATE TEMP TABLE loot AS SELECT ssn FROM customers",
                                "CREATE TEMPORARY TABLE loot (a text)",
                                "CREATE TABLE pg_temp.loot (a text)"))
                .flatMap(each -> each);
    }

    /** The same constructs, for what the role may do and see. */
    static Stream<Attack> twins() {
        return Stream.of(
                Attack.of(
                        "35: Bind again after a definition",
                        "CREATE TABLE wares (id int)",
                        Attack.step(client -> client.parse("s", "INSERT INTO wares VALUES ($1)")
                                .sync()),
                        Attack.step(client ->
                                client.bind("", "s", "1").execute("", 0).sync()),
                        "CREATE INDEX ON wares (id)",
                        Attack.step(client ->
                                client.bind("", "s", "2").execute("", 0).sync())),
                Attack.of(
                        "37: INSERT … SELECT … RETURNING",
                        "INSERT INTO products (sku, name, category, price, stock)"
                                + " SELECT 'x' || sku, name, category, price, stock FROM products LIMIT 2 RETURNING name"),
                Attack.of("38: UPDATE … RETURNING", "UPDATE products SET stock = 1 WHERE id = 1 RETURNING name, stock"),
                Attack.of("39: UPDATE copies a column", "UPDATE products SET category = name WHERE id = 1"),
                Attack.of(
                        "40: a change inside WITH",
                        "WITH u AS (UPDATE products SET stock = 1 WHERE id = 1 RETURNING *) SELECT upper(name) FROM u"),
                Attack.of(
                        "41: a generated column",
                        "CREATE TABLE wares (a text, b text GENERATED ALWAYS AS (upper(a)) STORED)",
                        "INSERT INTO wares (a) VALUES ('x')"),
                Attack.of("42: a view", "SELECT * FROM sales_by_month LIMIT 1"),
                Attack.of(
                        "59: SQL's PREPARE and EXECUTE, and Bind",
                        "PREPARE p (int) AS SELECT name FROM products WHERE id = $1",
                        "EXECUTE p (1)",
                        Attack.step(client ->
                                client.bind("", "p", "2").execute("", 0).sync()),
                        "DEALLOCATE p"),
                Attack.of("48: SHOW of a setting", "SET application_name = 'twin'", "SHOW application_name"),
                Attack.of("52: XML of one's own", "SELECT xmlelement(name ware, name) FROM products LIMIT 1"),
                Attack.of("53: COPY of the client's", "COPY products (name) TO STDOUT"));
    }

    @ParameterizedTest
    @MethodSource({"attacks", "statements"})
    void noStepShowsAValue(Attack attack) throws IOException, SQLException {
        siege.repel(attack, "migration-agents");
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theHonestTwinPasses(Attack twin) throws IOException {
        siege.admit(twin, "migration-agents");
    }
}
