package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/**
 * Names and text that a reader takes for something else than the server does. Threats 24 to 35: what would show a value is
 * refused, whatever it looks like; the same in permitted use passes.
 */
@WithGateway
class NamesIT {
    /** What the owner of the database has lying about: each would tell a value to whoever gets it called. */
    private static final String[] TRAPS = {
        "CREATE SCHEMA trap",
        "GRANT USAGE ON SCHEMA trap TO public",
        "CREATE FUNCTION public.upper(customers) RETURNS text LANGUAGE sql AS 'SELECT $1.ssn'",
        "CREATE FUNCTION public.upper(varchar) RETURNS text LANGUAGE sql AS 'SELECT min(ssn) FROM public.customers'",
        "CREATE FUNCTION public.ssn_of(customers) RETURNS text LANGUAGE sql AS 'SELECT $1.ssn'",
        "CREATE FUNCTION trap.lower(text) RETURNS text LANGUAGE sql AS 'SELECT min(ssn) FROM public.customers'",
        "CREATE FUNCTION trap.tell(text) RETURNS boolean LANGUAGE plpgsql AS"
                + " 'BEGIN RAISE NOTICE ''%'', (SELECT min(ssn) FROM public.customers); RETURN true; END'",
        "CREATE FUNCTION trap.tell(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT trap.tell($1)'",
        "CREATE OPERATOR public.### (FUNCTION = trap.tell, LEFTARG = text, RIGHTARG = text)",
        "CREATE FUNCTION trap.tell(varchar, varchar) RETURNS boolean LANGUAGE sql AS 'SELECT trap.tell($1::pg_catalog.text)'",
        "CREATE OPERATOR public.= (FUNCTION = trap.tell, LEFTARG = varchar, RIGHTARG = varchar)",
        "CREATE DOMAIN public.telling AS text CHECK (trap.tell(value))",
        "CREATE DOMAIN trap.text AS pg_catalog.text CHECK (trap.tell(value))",
        "CREATE TYPE trap.mood AS (v pg_catalog.text)",
        "CREATE FUNCTION trap.to_mood(pg_catalog.text) RETURNS trap.mood LANGUAGE sql AS"
                + " 'SELECT ROW(min(ssn))::trap.mood FROM public.customers'",
        "CREATE CAST (pg_catalog.text AS trap.mood) WITH FUNCTION trap.to_mood(pg_catalog.text)",
        "CREATE AGGREGATE public.max(customers) (SFUNC = trap.keep, STYPE = pg_catalog.text)",
        "CREATE VIEW public.safe AS SELECT id, ssn AS label FROM customers",
        "CREATE VIEW public.safer AS SELECT id, label FROM safe",
    };

    private static final String KEEP = "CREATE FUNCTION trap.keep(pg_catalog.text, customers) RETURNS pg_catalog.text"
            + " LANGUAGE sql AS 'SELECT $2.ssn'";

    private static final String[] CLEARED = {
        "DROP VIEW IF EXISTS public.safe CASCADE",
        "DROP AGGREGATE IF EXISTS public.max(customers)",
        "DROP FUNCTION IF EXISTS public.upper(customers), public.upper(varchar), public.ssn_of(customers)",
        "DROP SCHEMA IF EXISTS trap CASCADE",
        "DROP DOMAIN IF EXISTS public.telling",
    };

    private final Gateway gateway;
    private final Treasure treasure;
    private final Siege siege;

    NamesIT(Gateway gateway) throws SQLException {
        this.gateway = gateway;
        treasure = new Treasure(gateway);
        siege = new Siege(gateway, treasure);
    }

    @BeforeEach
    void setTraps() throws SQLException {
        treasure.execute(CLEARED);
        for (String trap : TRAPS) {
            if (trap.startsWith("CREATE AGGREGATE")) {
                treasure.execute(KEEP);
            }
            treasure.execute(trap);
        }
    }

    @AfterEach
    void clearTraps() throws SQLException {
        treasure.execute(CLEARED);
        treasure.close();
    }

    /** Refused whoever asks. */
    static Stream<String> refused() {
        return Stream.of(
                // 24: escapes in names
                "SELECT to_jsonb(U&\"\\0073sn\") FROM customers",
                "SELECT to_jsonb(U&\"!0073sn\" UESCAPE '!') FROM customers",
                "SELECT to_jsonb(u&\"\\+000073sn\") FROM U&\"c\\0075stomers\"",
                "SELECT id FROM customers WHERE U&\"s\\0073n\" > '5'",
                "SELECT id FROM customers ORDER BY U&\"d!0061t!0061\" UESCAPE '!', U&\"\\0073\\0073\\006E\"",
                // 25: quotes and case
                "SELECT to_jsonb(\"ssn\") FROM customers",
                "SELECT to_jsonb(SSN) FROM CUSTOMERS",
                "SELECT to_jsonb(c.\"ssn\") FROM \"public\".\"customers\" AS \"C\", customers c",
                "SELECT \"c\".SsN::int FROM Customers AS c",
                "SELECT \"pg_catalog\".\"to_jsonb\"(\"customers\".\"ssn\") FROM \"customers\"",
                // 26: comments
                "SELECT to_jsonb(ssn/*/*x*/*/)FROM/**/customers--",
                "SELECT/**/to_jsonb/*;*/(ssn)/*FROM products*/FROM--products\n customers",
                "SELECT to_jsonb(ssn) FROM /* /* */ products -- */ customers\n*/ customers",
                "SELECT a.b FROM (SELECT ssn::int FROM customers /*)*/) AS a (b) --) x",
                // 27: dollar quotes
                "DO $x$ BEGIN RAISE NOTICE '%', (SELECT min(ssn) FROM customers); END $x$",
                "SELECT query_to_xml($q$SELECT ssn FROM customers$q$, true, false, $$$$)",
                "SELECT $$ $$ || to_jsonb(ssn)::text FROM customers",
                "SELECT $a$ $$ -- $a$ || ssn::int FROM customers",
                "CREATE FUNCTION loot() RETURNS text LANGUAGE sql AS $f$ SELECT min(ssn) FROM customers $f$",
                // 28, 29: how strings are read
                "SET standard_conforming_strings = off",
                "SET \"Standard_Conforming_Strings\" TO 'off'",
                "SET LOCAL standard_conforming_strings = 0",
                "SELECT set_config('standard_conforming_strings', 'off', false)",
                "SET backslash_quote = on",
                "SET SESSION backslash_quote TO DEFAULT; SET backslash_quote = 'off'",
                "SELECT E'\\'', to_jsonb(ssn) FROM customers --'",
                "SELECT 'a\\', to_jsonb(ssn) FROM customers --'",
                "SELECT U&'\\0027', to_jsonb(ssn) FROM customers",
                "SELECT 'a' -- '\n'b', to_jsonb(ssn) FROM customers",
                // 30: encodings
                "SET client_encoding = 'GBK'",
                "SET NAMES 'BIG5'",
                "SET client_encoding TO sjis",
                "RESET client_encoding; SET client_encoding = 'LATIN1'",
                "SELECT set_config('client_encoding', 'GBK', false)",
                // 31: search path and overloads
                "SET search_path = pg_temp, trap, pg_catalog",
                "SET SCHEMA 'trap'",
                "SELECT set_config('search_path', 'trap, pg_catalog', false)",
                "SELECT trap.lower(name) FROM products",
                "SELECT upper(name::varchar) FROM products",
                "SELECT upper(c) FROM customers c",
                "SELECT c.upper FROM customers c",
                "SELECT c.ssn_of FROM customers c",
                "SELECT (c).ssn_of FROM customers c",
                "SELECT ssn_of(c) FROM customers c",
                "SELECT max(c) FROM customers c",
                "CREATE FUNCTION public.lower(text) RETURNS text LANGUAGE sql AS 'SELECT min(ssn) FROM customers'",
                "ALTER FUNCTION trap.lower(text) SET SCHEMA public",
                // 32: operators
                "SELECT name FROM products WHERE name ### 'x'",
                "SELECT name FROM products WHERE name OPERATOR(public.###) 'x'",
                "SELECT 'a' OPERATOR ( \"public\" . ### ) 'b'",
                "SELECT name FROM products WHERE name::varchar OPERATOR(public.=) 'x'::varchar",
                // 33: what stands in front
                "CREATE TEMP TABLE customers (id int)",
                "CREATE TABLE pg_temp.customers (id int)",
                "CREATE TEMP VIEW products AS SELECT ssn AS name FROM customers",
                "CREATE VIEW pg_temp.products AS SELECT ssn AS name FROM customers",
                "SELECT label::int FROM safe",
                "SELECT label FROM safer WHERE label > '5'",
                // 34: types, domains and casts
                "SELECT name::telling FROM products",
                "SELECT CAST('x' AS public.telling)",
                "SELECT telling 'x'",
                "SELECT 'x'::trap.text",
                "SELECT 'x'::text::trap.mood",
                "SELECT trap.mood('x'::text)",
                "SELECT ('x'::text).mood",
                "SELECT ARRAY['x']::telling[]",
                "SELECT * FROM json_to_record('{\"a\": \"x\"}') AS t (a telling)",
                "CREATE DOMAIN loot AS text CHECK (trap.tell(value))",
                "CREATE CAST (text AS bigint) WITHOUT FUNCTION",
                // 35
                "SET search_path TO pg_temp, trap");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatTellsAValueIsRefused(String sql) throws IOException, SQLException {
        siege.refuse(sql, "reporting-agents");
        siege.refuse(sql, "migration-agents");
    }

    /** 24 to 29, 35: steps of which some may pass, and none may tell. */
    static Stream<Attack> attacks() {
        return Stream.of(
                Attack.of("24: projected as it is", "SELECT U&\"\\0073sn\", U&\"!0063ard\" UESCAPE '!' FROM customers"),
                Attack.of("26: comments only", "SELECT/**/ssn/*/*x*/*/FROM/**/customers--"),
                Attack.of(
                        "28: off, then a string",
                        "SET standard_conforming_strings = off",
                        "SELECT 'a\\'; SELECT ssn --'"),
                Attack.of(
                        "28: on, and split as if it were off",
                        "SELECT 'a\\'; SELECT reverse(ssn) FROM customers; --'",
                        "SELECT 'a\\\\'; SELECT reverse(ssn) FROM customers; --'"),
                Attack.of(
                        "29: a quote behind a backslash",
                        "SELECT E'a\\'; SELECT 1; --'; SELECT reverse(ssn) FROM customers"),
                Attack.of(
                        "35: search_path between Parse and Bind",
                        Attack.step(client -> client.parse("s", "SELECT lower(name) FROM products LIMIT 1")
                                .sync()),
                        "SET search_path = trap, pg_catalog, public",
                        "SET LOCAL search_path = trap, pg_catalog, public",
                        Attack.step(
                                client -> client.bind("", "s").execute("", 0).sync())),
                Attack.of(
                        "35: a view behind a prepared statement replaced",
                        "CREATE VIEW wares AS SELECT name FROM products",
                        Attack.step(client ->
                                client.parse("s", "SELECT * FROM wares").sync()),
                        "CREATE OR REPLACE VIEW wares AS SELECT ssn AS name FROM customers",
                        "DROP VIEW wares",
                        "CREATE VIEW wares AS SELECT ssn AS name FROM customers",
                        "ALTER VIEW safe RENAME TO wares",
                        Attack.step(
                                client -> client.bind("", "s").execute("", 5).sync())),
                Attack.of(
                        "35: columns renamed behind a prepared statement",
                        Attack.step(client -> client.parse("s", "SELECT name FROM customers WHERE id <= 5")
                                .sync()),
                        "ALTER TABLE customers RENAME COLUMN name TO n",
                        "ALTER TABLE customers RENAME COLUMN ssn TO name",
                        Attack.step(
                                client -> client.bind("", "s").execute("", 0).sync())),
                Attack.of(
                        "35: a table renamed in the middle of a pipeline",
                        "CREATE TABLE bait (id bigint, ssn text)",
                        Attack.step(client -> client.parse("s", "SELECT id, ssn FROM bait")
                                .parse("", "ALTER TABLE bait RENAME TO gone")
                                .bind("", "")
                                .execute("", 0)
                                .parse("", "ALTER TABLE customers RENAME TO bait")
                                .bind("", "")
                                .execute("", 0)
                                .bind("", "s")
                                .execute("", 5)
                                .sync())));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void noStepTellsAValue(Attack attack) throws IOException, SQLException {
        siege.repel(attack, "reporting-agents");
        siege.repel(attack, "migration-agents");
    }

    static Stream<Attack> twins() {
        return Stream.of(
                Attack.of(
                        "24",
                        "SELECT U&\"\\006Eame\", upper(U&\"!0073ku\" UESCAPE '!') FROM U&\"pr\\006Fducts\" LIMIT 1"),
                Attack.of("24: projected, masked", "SELECT U&\"\\0073sn\" FROM customers WHERE id = 1"),
                Attack.of("25", "SELECT \"name\", P.SKU FROM \"public\".Products AS p LIMIT 1"),
                Attack.of("26", "SELECT/**/reverse(name/*/*x*/*/)/*;*/FROM/**/products/* */LIMIT/**/1--;"),
                Attack.of("27", "SELECT $$; DROP TABLE products; --$$ || name, $a$ $$ $a$ FROM products LIMIT 1"),
                Attack.of("28", "SET standard_conforming_strings = on", "SELECT 'a\\', 'b'';c'"),
                Attack.of("29", "SELECT E'\\'; DROP TABLE products; --', name FROM products LIMIT 1"),
                Attack.of("30", "SET client_encoding = 'UTF8'", "SELECT upper('\u00E9\u4E57\uD83D\uDE00')"),
                Attack.of("31", "SELECT pg_catalog.upper(name), lower(name) FROM products LIMIT 1", "SHOW search_path"),
                Attack.of("32", "SELECT name FROM products WHERE name OPERATOR(pg_catalog.=) 'x' OR name ~~ 'a%'"),
                Attack.of("33", "CREATE TABLE wares (id int)", "INSERT INTO public.wares VALUES (1)"),
                Attack.of(
                        "34", "SELECT price::text, CAST(name AS varchar(3)), date '2026-01-01' FROM products LIMIT 1"),
                Attack.of(
                        "35",
                        Attack.step(client -> client.parse("s", "SELECT name FROM products WHERE id = $1")
                                .sync()),
                        "SET application_name = 'between'",
                        Attack.step(client ->
                                client.bind("", "s", "1").execute("", 0).sync())));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theHonestTwinPasses(Attack twin) throws IOException {
        assertThat(siege.admit(twin, "migration-agents"))
                .extracting(Message::type)
                .contains('C');
    }

    /** 24: what names escape, masks find. */
    @Test
    void anEscapedNameIsMaskedLikeTheNameItself() throws IOException {
        List<Message> answers =
                siege.admit(Attack.of("24", "SELECT U&\"\\0073sn\" FROM customers WHERE id = 1"), "reporting-agents");

        assertThat(answers).extracting(Message::summary).anyMatch(row -> row.matches("D:\\[\\*{7}\\d{4}]"));
    }

    /** 28, 30, 107: before the first statement, for somebody restricted and for somebody who is not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_encoding=GBK",
                "client_encoding=SJIS",
                "standard_conforming_strings=off",
                "Standard_Conforming_Strings=0",
                "options=-c standard_conforming_strings=off",
                "options=--standard-conforming-strings=off",
                "options=-c client_encoding=BIG5 -c standard_conforming_strings=on",
                "options=-c\\ standard_conforming_strings=off",
            })
    void noSessionBeginsWithAnotherReading(String setting) throws IOException {
        for (String group : List.of("reporting-agents", "operators")) {
            List<Message> answers = login(group, setting);
            assertThat(answers.get(answers.size() - 1).type())
                    .as(answers.toString())
                    .isNotEqualTo('Z');
            assertThat(answers).extracting(Message::type).contains('E');
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"client_encoding=UTF8", "options=-c standard_conforming_strings=on -c client_encoding=utf-8"})
    void theHonestStartUpPasses(String setting) throws IOException {
        List<Message> answers = login("reporting-agents", setting);
        assertThat(answers.get(answers.size() - 1).type()).isEqualTo('Z');
    }

    private List<Message> login(String group, String setting) throws IOException {
        Agent agent = Agent.in(gateway, group);
        int equals = setting.indexOf('=');
        try (RawClient client = new RawClient(gateway.port())) {
            client.requestTls();
            client.startup(
                            3 << 16,
                            Map.of(
                                    "user",
                                    agent.name(),
                                    "database",
                                    "shop",
                                    setting.substring(0, equals),
                                    setting.substring(equals + 1)))
                    .flush();
            List<Message> answers = new ArrayList<>(List.of(client.receive()));
            if (answers.get(0).type() == 'R') {
                client.password(agent.token()).flush();
                answers.addAll(client.receiveUntil('Z'));
            }
            return answers;
        }
    }

    /** 30: 0xBF5C is one character to GBK, and a letter and a backslash to Latin-1; to us it is no text. */
    @ParameterizedTest
    @ValueSource(ints = {0xBF5C, 0x815C, 0xC027, 0xE05C27, 0xFF27, 0xEDA080})
    void textInAnotherEncodingIsNone(int bytes) throws IOException, SQLException {
        List<String> before = treasure.state();
        try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, "migration-agents"))) {
            List<Message> answers = client.message('Q', data -> {
                        data.writeBytes("SELECT '");
                        if (bytes > 0xFFFF) {
                            data.writeByte(bytes >> 16);
                        }
                        data.writeShort(bytes);
                        data.writeBytes("'; DELETE FROM order_items; SELECT reverse(ssn) FROM customers --'");
                        data.writeByte(0);
                    })
                    .flush()
                    .receiveUntil('Z');
            assertThat(answers).extracting(Message::type).containsExactly('E', 'Z');
            assertThat(answers.get(0).field('C')).contains("22021");
            assertThat(client.query("SELECT 1").answers()).contains("D:[1]", "Z:I");
        }
        assertThat(treasure.state()).isEqualTo(before);
    }
}
