package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.CatalogReader;
import org.sallyport.contract.Visibility;
import org.sallyport.identity.Identity;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Question;
import org.sallyport.meaning.Reader;
import org.sallyport.meaning.Unanswered;
import org.sallyport.policy.Access;
import org.sallyport.policy.Circumstances;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.policy.Ruling;
import org.sallyport.record.TestPostgres;
import org.sallyport.sql.QueryText;
import org.sallyport.sql.SqlReader;

/** Rights on columns, functions and single commands, before a real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsTest {
    private static final String SCHEMA = """
            create table people (id int primary key, name text, ssn text, email text);
            create table orders (id int primary key, status text, total int);
            create table log (at int, what text);
            create table shops (id int primary key, name text);
            create table tills (id int primary key, shop int references shops on delete cascade);
            create table takings (
              till int not null references tills on delete set null on update cascade check (till < 100), amount int);
            create function order_value(int) returns int language plpgsql as 'begin return 1; end';
            create function other_value(int) returns int language plpgsql as 'begin return 1; end';
            create schema calc;
            create function calc.double(int) returns int language sql as 'select 2 * $1';
            create function calc.plus(int, int) returns int language sql as 'select $1 + $2';
            create operator calc.### (leftarg = int, rightarg = int, function = calc.plus);
            create operator calc.!# (rightarg = text, function = pg_catalog.current_setting);""";

    private static final String BUNDLE = """
            sallyport: 1
            issuers:
              - {issuer: "https://login.example.com", audience: sallyport}
            connections:
              shop:
                server: {host: db, database: shop}
                credential: shop-gateway
            labels: {pii.secret: [shop/public.log.what]}
            masks: {pii.secret: {redact: true}}
            roles:
              clerk:
                groups: [clerks]
                connections: [shop]
                may:
                  - read: ["public.people(id, name)", public.orders]
                  - change: ["public.orders(status)", "public.people(name)"]
                  - {change: [public.log], commands: [INSERT]}
                  - read: [public.shops, public.tills]
                  - change: [public.shops, public.tills]
                  - {define: [public.*], commands: [DROP INDEX, CREATE INDEX]}
                  - call: [public.order_value, calc.*, pg_catalog.pg_sleep]
                unmask: [pii.secret]
              mail:
                groups: [mailers]
                connections: [shop]
                may:
                  - read: ["public.people(email)"]
                  - {change: [public.orders], commands: [DELETE]}
                unmask: [pii.secret]
              blind:
                groups: [blind]
                connections: [shop]
                may:
                  - read: [public.orders]
                  - call: [public.order_value]
            """;

    private final EmbeddedPostgres postgres = TestPostgres.start();
    private Catalog catalog = Catalog.EMPTY;

    @SuppressWarnings("NullAway.Init")
    private PolicyBundle bundle;

    @BeforeAll
    void read(@TempDir Path folder) throws SQLException, IOException {
        bundle = PolicyBundle.load(Files.writeString(folder.resolve("policy.yaml"), BUNDLE));
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
            catalog = new CatalogReader().read(connection);
        }
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }

    private Ruling ruling(String groups, String sql, boolean asked) throws SQLException {
        Identity identity = new Identity("agent", Set.of(groups.split(" ")), Map.of(), Instant.MAX);
        Access access = bundle.access(new Circumstances(identity, "shop", Instant.EPOCH))
                .orElseThrow();
        Meant meant = asked ? told(sql) : Meant.NOTHING;
        return new Judge(bundle)
                .judge(access, "shop", catalog, new Judge.Text(sql, List.of()), meant)
                .ruling();
    }

    private Meant told(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            for (QueryText query : SqlReader.queries(sql, List.of())) {
                Meaning meaning = new Reader(connection).ask(new Question(query.text(), List.of()));
                return new Meant(Map.of(query.text(), meaning), true, true, true);
            }
            return Meant.NOTHING;
        } catch (Unanswered e) {
            throw new AssertionError(sql, e);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "clerks | SELECT id, name FROM people",
                "clerks | SELECT count(*) FROM people",
                "clerks | SELECT p.name FROM people p WHERE p.id = 5 ORDER BY id",
                "clerks | SELECT * FROM orders",
                "clerks | UPDATE orders SET status = 'sent' WHERE id = 5",
                "clerks | INSERT INTO orders (status) VALUES ('new')",
                "clerks | INSERT INTO people (name) SELECT status FROM orders",
                "clerks | INSERT INTO log VALUES (1, 'x')",
                "clerks | SELECT order_value(id), calc.double(id), id OPERATOR(calc.###) id FROM orders",
                "clerks | SELECT pg_sleep(0)",
                "blind | SELECT current_setting('server_version_num')::int, version()",
                "blind | SELECT pg_catalog.current_setting('TimeZone', true) WHERE EXISTS (SELECT 1 FROM orders)",
                "blind | SELECT current_setting('search_path'::text)",
                "blind | SELECT current_setting('jit') AS cur, set_config('jit', 'off', false) AS new",
                "clerks | CREATE INDEX i ON orders (id)",
                "clerks | DROP INDEX i",
                "clerks mailers | SELECT id, email FROM people",
                "clerks mailers | SELECT count(email) FROM people WHERE name = 'x'",
                "clerks mailers | DELETE FROM orders WHERE id = 1",
                "mailers | DELETE FROM orders",
            })
    void givesWhatIsNamed(String groups, String sql) throws SQLException {
        assertThat(ruling(groups, sql, true)).isInstanceOf(Ruling.Permit.class);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "clerks | SELECT ssn FROM people | read column ssn of table public.people",
                "clerks | SELECT * FROM people | read column ssn of table public.people",
                "clerks | SELECT id FROM people WHERE ssn = 'x' | read column ssn of table public.people",
                "clerks | SELECT id FROM people ORDER BY email | read column email of table public.people",
                "clerks | SELECT p FROM people p | read table public.people",
                "clerks | SELECT row_to_json(p) FROM people p | read table public.people",
                "clerks | SELECT ctid FROM people | read table public.people",
                "clerks | SELECT id FROM orders o JOIN people p USING (id) WHERE p.ssn = 'x' | read column ssn",
                "clerks | UPDATE orders SET total = 0 WHERE id = 5 | change column total of table public.orders",
                "clerks | UPDATE orders SET status = 'x', total = 1 WHERE id = 5 | change column total",
                "clerks | DELETE FROM orders WHERE id = 5 | change table public.orders",
                "clerks | SELECT id FROM orders FOR UPDATE | change table public.orders",
                "clerks | INSERT INTO orders (id, total) VALUES (1, 2) | change column id of table public.orders",
                "clerks | UPDATE log SET what = 'x' WHERE at = 1 | change table public.log",
                "clerks | INSERT INTO log VALUES (1, 'x') RETURNING what | read table public.log",
                "clerks | WITH x AS (DELETE FROM log) INSERT INTO log VALUES (1, 'x') | change table public.log",
                "clerks | SELECT other_value(id) FROM orders | public.other_value",
                "clerks | SELECT pg_catalog.pg_read_file('x') | pg_catalog.pg_read_file",
                "clerks | DROP TABLE orders | define table public.orders",
                "clerks | TRUNCATE log | change table public.log",
                "clerks | COPY log FROM STDIN | change table public.log",
                "clerks | COPY people TO STDOUT | read table public.people",
                "clerks | COPY people (id) TO STDOUT | read table public.people",
                "mailers | UPDATE orders SET status = 'x' WHERE id = 1 | change table public.orders",
                "mailers | SELECT email FROM people WHERE id = 1 | read column id of table public.people",
                "blind | SELECT order_value(id) FROM orders | public.order_value",
                "blind | SELECT current_setting('data_directory') | pg_catalog.current_setting",
                "blind | SELECT current_setting('app.secret', true) | pg_catalog.current_setting",
                "blind | SELECT current_setting('server_version'), current_setting('app.secret', true) | pg_catalog.current_setting",
                "blind | SELECT current_setting(status, true) FROM orders | pg_catalog.current_setting",
                "blind | SELECT current_setting(lower('server_version')) | pg_catalog.current_setting",
                "blind | SELECT current_setting(NULL::text) | pg_catalog.current_setting",
                "blind | SELECT current_setting('server_versión') | pg_catalog.current_setting",
                "blind | SELECT current_setting(n) FROM (VALUES ('timezone'), ('app.secret')) v (n) | pg_catalog.current_setting",
                "blind | SELECT current_setting('timezone'), OPERATOR(calc.!#) 'app.secret' | pg_catalog.current_setting",
                "blind | SELECT OPERATOR(calc.!#) 'app.secret' | pg_catalog.current_setting",
                "blind | SELECT set_config('jit', 'off', false), set_config('work_mem', '1GB', false) | pg_catalog.set_config",
                "blind | SELECT set_config('app.secret', 'x', false) | pg_catalog.set_config",
                "blind | SELECT set_config('jit', status, false) FROM orders | pg_catalog.set_config",
                "blind | SELECT set_config(lower('jit'), 'off', false) | reading settings",
                "blind | SELECT set_config(n, 'x', false) FROM (VALUES ('jit'), ('role')) v (n) | reading settings",
                "blind | SELECT set_config('jit', (SELECT max(status) FROM orders), false) | pg_catalog.set_config",
                "blind | SELECT set_config('jit', 'off', id = 1) FROM orders | pg_catalog.set_config",
            })
    void refusesWhatIsNot(String groups, String sql, String because) throws SQLException {
        assertThat(ruling(groups, sql, true))
                .isInstanceOfSatisfying(
                        Ruling.Deny.class,
                        deny -> assertThat(deny.refusal().detail().orElse("")).contains(because));
    }

    /** "Failing row contains (…)" has all columns in it. */
    @Test
    void whereSomeColumnsAreOpenErrorsDoNotShowTheOthers() throws SQLException {
        assertThat(ruling("clerks", "UPDATE people SET name = NULL WHERE id = 5", true))
                .isEqualTo(new Ruling.Permit("clerk", Visibility.SHAPED));
        assertThat(ruling("clerks", "SELECT id FROM people", true))
                .isEqualTo(new Ruling.Permit("clerk", Visibility.SHAPED));
        assertThat(ruling("clerks", "SELECT id FROM orders", true))
                .isEqualTo(new Ruling.Permit("clerk", Visibility.CLEAR));
        assertThat(ruling("clerks", "COPY (SELECT id FROM people) TO STDOUT", true))
                .isInstanceOf(Ruling.Deny.class);
    }

    /** The keys of whose rows change with others': where that fails the row is shown. */
    @Test
    void errorsDoNotShowRowsThatChangeInTurn() throws SQLException {
        for (String sql : List.of("DELETE FROM shops", "DELETE FROM tills", "UPDATE tills SET id = 500 WHERE id = 1")) {
            assertThat(ruling("clerks", sql, true)).as(sql).isEqualTo(new Ruling.Permit("clerk", Visibility.SHAPED));
        }
        for (String sql :
                List.of("UPDATE shops SET id = 500", "UPDATE tills SET shop = 1", "INSERT INTO tills VALUES (1, 1)")) {
            assertThat(ruling("clerks", sql, true)).as(sql).isEqualTo(new Ruling.Permit("clerk", Visibility.CLEAR));
        }
        assertThat(ruling("clerks", "COPY (DELETE FROM tills RETURNING id) TO STDOUT", true))
                .isInstanceOf(Ruling.Deny.class);
    }

    /** A text tells neither columns nor what exactly is done to a table. */
    @Test
    void whereTheServerIsNotAskedRightsOnPartsAreNone() throws SQLException {
        for (String sql : List.of(
                "SELECT id FROM people",
                "INSERT INTO log VALUES (1, 'x')",
                "INSERT INTO log VALUES (1, 'x') ON CONFLICT (at) DO UPDATE SET what = 'y'",
                "UPDATE orders SET status = 'sent' WHERE id = 5",
                "SELECT order_value(id) FROM orders")) {
            assertThat(ruling("clerks", sql, false)).as(sql).isInstanceOf(Ruling.Deny.class);
        }
        assertThat(ruling("clerks", "SELECT calc.double(id) FROM orders", false))
                .isInstanceOf(Ruling.Permit.class);
    }

    @Test
    void theRolesThatGaveItAreNamed() throws SQLException {
        assertThat(ruling("clerks mailers", "SELECT id, email FROM people", true)
                        .rule())
                .isEqualTo("clerk+mail");
        assertThat(ruling("clerks mailers", "SELECT id FROM people", true).rule())
                .isEqualTo("clerk");
    }
}
