package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/**
 * A masked value does not come out by several steps either: by names that SQL and the protocol share, by renaming, or by
 * moving it where nobody labelled it. Each step may be refused; none may show a value. Numbers are those of the threat
 * list.
 */
@WithGateway
class LaunderingIT {
    private static final String PEOPLE = "SELECT id, ssn, card, email FROM customers WHERE id <= 5";

    private final Gateway gateway;
    private final List<String> values = new ArrayList<>();

    LaunderingIT(Gateway gateway) throws SQLException {
        this.gateway = gateway;
        try (Connection direct = gateway.connectDirectly("shop");
                Statement statement = direct.createStatement();
                ResultSet rows = statement.executeQuery(PEOPLE)) {
            while (rows.next()) {
                values.addAll(List.of(rows.getString(2), rows.getString(3), rows.getString(4)));
            }
        }
    }

    /** What a client sends in one step. */
    private interface Step {
        RawClient send(RawClient client);
    }

    private record Attack(String name, List<Step> steps) {
        static Attack of(String name, Object... steps) {
            return new Attack(
                    name,
                    Stream.of(steps)
                            .map(step -> step instanceof String sql ? (Step) client -> client.query(sql) : (Step) step)
                            .toList());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Object step(Step step) {
        return step;
    }

    static Stream<Attack> attacks() {
        return Stream.of(
                Attack.of("SQL's PREPARE and EXECUTE", "PREPARE p AS " + PEOPLE, "EXECUTE p"),
                Attack.of(
                        "59: SQL's PREPARE, then Bind",
                        "PREPARE p AS " + PEOPLE,
                        step(client -> client.bind("", "p").execute("", 0).sync())),
                Attack.of(
                        "60: Parse, then SQL's EXECUTE",
                        step(client -> client.parse("zz", PEOPLE).sync()),
                        "EXECUTE zz"),
                Attack.of(
                        "60: Parse, then CREATE TABLE AS EXECUTE",
                        step(client -> client.parse("zz", PEOPLE).sync()),
                        "CREATE TEMP TABLE loot AS EXECUTE zz",
                        "SELECT * FROM loot"),
                Attack.of("56: a cursor", "DECLARE k CURSOR FOR " + PEOPLE, "FETCH ALL k"),
                Attack.of(
                        "57: Execute of a cursor that SQL declared",
                        "DECLARE k CURSOR FOR " + PEOPLE,
                        step(client -> client.execute("k", 0).sync())),
                Attack.of(
                        "61: FETCH from a portal of the protocol",
                        step(client -> client.parse("s", PEOPLE)
                                .bind("ppp", "s")
                                .execute("ppp", 1)
                                .sync()),
                        "FETCH ALL ppp"),
                Attack.of(
                        "63: Close, and the same name again",
                        step(client -> client.parse("s", "SELECT id, name, sku, category FROM products")
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
                        step(client -> client.parse("", "SELECT id, name, sku, category FROM products")
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
                        step(client -> client.parse("s", "SELECT * FROM bait").sync()),
                        "DROP TABLE bait",
                        "ALTER TABLE customers RENAME TO bait",
                        step(client -> client.bind("", "s").execute("", 5).sync())));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void noStepShowsAValue(Attack attack) throws IOException {
        for (boolean savepoints : new boolean[] {false, true}) {
            try (RawClient client = gateway.rawClient("shop", Agent.in(gateway, "migration-agents"))) {
                run(attack, client, savepoints);
            }
        }
    }

    /** In a transaction that is rolled back, with a savepoint before each step or without. */
    private void run(Attack attack, RawClient client, boolean savepoints) throws IOException {
        client.query("BEGIN").flush().receiveUntil('Z');
        for (Step step : attack.steps()) {
            if (savepoints) {
                client.query("SAVEPOINT before").flush().receiveUntil('Z');
            }
            List<Message> answers = step.send(client).flush().receiveUntil('Z');
            String seen = answers.stream().map(Message::payload).reduce("", String::concat);
            assertThat(values).as(answers.toString()).noneMatch(seen::contains);
            if (answers.get(answers.size() - 1).type() == '-') {
                assertEnded(answers);
                return;
            }
            boolean failed = answers.get(answers.size() - 1).payload().equals("E");
            if (failed && savepoints) {
                client.query("ROLLBACK TO before").flush().receiveUntil('Z');
            }
        }
        assertThat(client.query("ROLLBACK").answers()).contains("Z:I");
    }

    /** A result that is not what its statement was judged to give ends the session, and says so before any row. */
    private static void assertEnded(List<Message> answers) {
        assertThat(answers).extracting(Message::type).doesNotContain('D').endsWith('E', '-');
        Message told = answers.get(answers.size() - 2);
        assertThat(told.field('S')).contains("FATAL");
        assertThat(told.field('C')).contains("42501");
        assertThat(told.field('D').orElse("")).contains("Rule \"");
    }
}
