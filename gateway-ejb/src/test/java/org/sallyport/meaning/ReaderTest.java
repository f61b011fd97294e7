package org.sallyport.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.ServerVersion;
import org.sallyport.meaning.Meaning.Kind;
import org.sallyport.meaning.Meaning.Use;
import org.sallyport.sql.QueryText;
import org.sallyport.sql.SqlReader;

/** Against every PostgreSQL that can be asked, or the oldest, the usual and the newest of them; as an ordinary role. */
@ParameterizedClass(name = "{0}")
@MethodSource("servers")
class ReaderTest {
    private static final String SCHEMA = """
            create role agent login;
            create table customers (id int primary key, name text, ssn text);
            create table orders (id int primary key, customer int, total numeric);
            create view contacts as select id, name from customers;
            create type mood as enum ('sad', 'happy');
            create table moods (m mood);
            create domain positive as int check (value > 0);
            create function shout(text) returns text language sql as 'select upper($1)';
            create function effect() returns int language plpgsql as 'begin raise exception ''it ran''; end';
            grant select, insert, update, delete on all tables in schema public to agent;""";

    private static final TreeMap<Integer, String> RELATIONS = new TreeMap<>();

    // NullAway does not know who sets them.
    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private static Connection connection;

    @SuppressWarnings("NullAway.Init")
    private static Reader reader;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    private ServerVersion version;

    static List<ServerVersion> servers() throws IOException {
        return ServerVersion.available().stream()
                .filter(server -> server.major() >= 14)
                .toList();
    }

    @BeforeParameterizedClassInvocation
    static void start(ServerVersion version) throws IOException, SQLException {
        postgres = version.builder().start();
        try (Connection owner = postgres.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute(SCHEMA);
            RELATIONS.clear();
            try (ResultSet rows = statement.executeQuery("select oid::int, relname from pg_class")) {
                while (rows.next()) {
                    RELATIONS.put(rows.getInt(1), rows.getString(2));
                }
            }
        }
        connection = postgres.getDatabase("agent", "postgres").getConnection();
        reader = new Reader(connection);
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        connection.close();
        postgres.close();
    }

    private Meaning ask(String sql, Integer... types) throws Unanswered, SQLException {
        return reader.ask(new Question(sql, List.of(types)));
    }

    private Set<String> names(Meaning meaning) {
        Set<String> names = new TreeSet<>();
        meaning.relations().keySet().forEach(oid -> names.add(RELATIONS.get(oid)));
        return names;
    }

    private Use use(Meaning meaning, String relation) {
        return meaning.relations().entrySet().stream()
                .filter(entry -> relation.equals(RELATIONS.get(entry.getKey())))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT name FROM customers | SELECT | customers",
                "TABLE customers | SELECT | customers",
                "VALUES (1) | SELECT | ''",
                "SELECT 1 FROM contacts, orders | SELECT | contacts orders",
                "SELECT (SELECT max(total) FROM orders WHERE customer = c.id) FROM customers c | SELECT | customers orders",
                "SELECT 1 WHERE EXISTS (SELECT FROM orders) | SELECT | orders",
                "SELECT 1 ORDER BY (SELECT count(*) FROM orders) | SELECT | orders",
                "WITH customers AS (SELECT 1) SELECT * FROM customers | SELECT | ''",
                "INSERT INTO orders SELECT id, id, 1 FROM customers | INSERT | customers orders",
                "UPDATE orders SET total = 0 FROM customers | UPDATE | customers orders",
                "DELETE FROM orders USING contacts | DELETE | contacts orders",
                "MERGE INTO orders o USING customers c ON o.id = c.id WHEN MATCHED THEN DELETE | MERGE | customers orders",
                "WITH x AS (DELETE FROM orders RETURNING id) SELECT * FROM x | SELECT | orders",
                "SELECT * FROM orders TABLESAMPLE system (1) | SELECT | orders",
                "SELECT 1 /* ; */ AS \":relid\" FROM orders \":relid\" -- ; | SELECT | orders",
            })
    void theServerNamesTheRelations(String sql, Kind kind, String relations) throws Exception {
        assumeTrue(kind != Kind.MERGE || version.major() >= 15);

        Meaning meaning = ask(sql);

        assertThat(meaning.kind()).isEqualTo(kind);
        assertThat(String.join(" ", names(meaning))).isEqualTo(relations);
    }

    @Test
    void rightsAndColumnsAreThoseThatPostgresqlChecks() throws Exception {
        Meaning meaning = ask("UPDATE orders SET total = 0 FROM customers c WHERE c.id = customer AND c.name = 'x'");

        assertThat(use(meaning, "orders")).isEqualTo(new Use(true, Set.of(2), Map.of(Kind.UPDATE, Set.of(3))));
        assertThat(use(meaning, "customers")).isEqualTo(new Use(true, Set.of(1, 2), Map.of()));
        assertThat(use(ask("SELECT c FROM customers c"), "customers").read()).containsExactly(0);
        assertThat(use(ask("SELECT FROM orders FOR SHARE"), "orders").changes())
                .isEqualTo(Map.of(Kind.UPDATE, Set.of(0)));
        assertThat(use(ask("DELETE FROM orders WHERE id = 1"), "orders").changes())
                .isEqualTo(Map.of(Kind.DELETE, Set.of(0)));
        assertThat(use(ask("INSERT INTO orders (id) VALUES (1)"), "orders"))
                .isEqualTo(new Use(false, Set.of(), Map.of(Kind.INSERT, Set.of(1))));
        assertThat(use(ask("INSERT INTO orders (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET total = 1"), "orders")
                        .changes())
                .isEqualTo(Map.of(Kind.INSERT, Set.of(1), Kind.UPDATE, Set.of(3)));
    }

    /** More than a function's arguments, none of which repeats what stands before it. */
    @Test
    void manyParametersAreAskedAbout() throws Exception {
        for (int count : List.of(101, 500)) {
            StringBuilder sql = new StringBuilder("SELECT c.name FROM customers c WHERE false");
            List<Integer> types = new ArrayList<>();
            for (int number = 1; number <= count; number++) {
                boolean text = number % 3 == 0;
                sql.append(number % 2 == 0 ? " OR " : " OR NOT ")
                        .append(text ? "c.name || '" + number + "' = $" : "c.id + " + number + " > $")
                        .append(number);
                types.add(text ? 25 : 23);
            }
            QueryText query = SqlReader.queries(sql.toString(), types).get(0);
            Meaning meaning = reader.ask(new Question(query.text(), query.types()));

            assertThat(query.types()).containsExactly(23, 25);
            assertThat(meaning.relations()).hasSize(1);
            assertThat(meaning.relations().values().iterator().next().read()).hasSize(2);
        }
    }

    /** The server infers them where the parameters are still apart. */
    @Test
    void manyParametersOfOpenTypesAreAskedAbout() throws Exception {
        StringBuilder sql = new StringBuilder("SELECT c.name /* $7 */ FROM customers c WHERE c.name <> '$8' AND false");
        List<Integer> known = new ArrayList<>();
        for (int number = 1; number <= 300; number++) {
            boolean text = number % 3 == 0;
            sql.append(text ? " OR c.name || '" + number + "' = $" : " OR c.id + " + number + " > $")
                    .append(number);
            known.add(text ? 25 : 23);
        }
        QueryText open = SqlReader.queries(sql.toString(), List.of(0, 23)).get(0);
        QueryText given = SqlReader.queries(sql.toString(), known).get(0);

        Meaning meaning = reader.ask(
                new Question(open.text(), open.types(), open.named(), open.places(), open.apart(), List.of()));

        assertThat(open.types()).hasSize(300);
        assertThat(meaning).isEqualTo(reader.ask(new Question(given.text(), given.types())));
        assertThat(meaning.relations().values().iterator().next().read()).hasSize(2);
    }

    @Test
    void resultsKnowWhereTheyComeFrom() throws Exception {
        Meaning meaning =
                ask("SELECT c.ssn AS harmless, upper(c.ssn), x.ssn FROM customers c, LATERAL (SELECT c.ssn) x");
        int customers = meaning.relations().keySet().iterator().next();

        assertThat(meaning.columns())
                .containsExactly(
                        new Meaning.Column("harmless", customers, 3),
                        new Meaning.Column("upper", 0, 0),
                        new Meaning.Column("ssn", customers, 3));
    }

    @Test
    void functionsAreKnownWhereverTheyHide() throws Exception {
        int shout = oid("shout(text)");

        assertThat(ask("SELECT shout(name) FROM customers").functions()).contains(shout);
        assertThat(ask("SELECT FROM customers ORDER BY shout(name)").functions())
                .contains(shout);
        assertThat(ask("SELECT count(*) FILTER (WHERE shout(name) = 'x') OVER () FROM customers")
                        .functions())
                .contains(shout, 2803);
        assertThat(ask("SELECT * FROM shout('x') AS x (y)").functions()).contains(shout);
        assertThat(ask("SELECT CASE WHEN true THEN ARRAY[shout('x')] END").functions())
                .contains(shout);
        assertThat(ask("SELECT 1 LIMIT length(shout('x'))").functions()).contains(shout);
        assertThat(ask("SELECT c.shout FROM (SELECT 'x'::text AS shout) c").functions())
                .doesNotContain(shout);
    }

    private int oid(String function) throws SQLException {
        try (Connection owner = postgres.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("select '" + function + "'::regprocedure::oid::int")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** A domain checks what is cast to it by functions of its own, which are not in the statement. */
    @Test
    void castsThatNoFunctionMakesAreKnown() throws Exception {
        int positive = type("positive");
        int mood = type("mood");

        assertThat(ask("SELECT id::positive FROM orders").casts()).contains(positive);
        assertThat(ask("SELECT name::mood FROM customers").casts()).contains(mood);
        assertThat(ask("SELECT m FROM moods WHERE m = 'sad'").casts()).isEmpty();
        assertThat(ask("SELECT m FROM moods WHERE m = 'sad'").types()).contains(mood);
    }

    private static int type(String name) throws SQLException {
        try (Connection owner = postgres.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("select '" + name + "'::regtype::oid::int")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void nothingRunsAndNothingStays() throws Exception {
        ask("SELECT effect()");
        ask("DELETE FROM orders");
        ask("SELECT $1", 0);

        try (Connection owner = postgres.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from pg_proc where proname = 'reading'")) {
            row.next();
            assertThat(row.getInt(1)).isZero();
        }
    }

    /** The client's types decide which function is meant; those it left open the server infers. */
    @Test
    void parametersHaveTheTypesThatTheyWillHave() throws Exception {
        int text = 25;
        int bigint = 20;

        assertThat(ask("SELECT abs($1)", bigint).functions()).containsExactly(oid("abs(int8)"));
        assertThat(ask("SELECT id FROM customers WHERE id = $1 AND name = $2", 0, text)
                        .functions())
                .contains(oid("int4eq(int4,int4)"), oid("texteq(text,text)"));
        assertThat(ask("SELECT $1::mood", 0).types()).isNotEmpty();
    }

    /** Threat 4.2: out of the function's body, into a statement of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; END; DROP TABLE orders; --",
                "SELECT 1\n;END;\nDROP TABLE orders",
                "SELECT 1 END",
                "SELECT 1; COMMIT; DROP TABLE orders",
                "SELECT '1\\'; END; DROP TABLE orders; --'",
                "SELECT E'\\'; END; DROP TABLE orders; --",
                "SELECT $$; END; DROP TABLE orders; --",
                "SELECT 1 /* ; END; DROP TABLE orders; --",
                "SELECT 1 --",
                "SELECT {fn user()}",
                "SELECT {ts '2026-01-01 00:00:00'}",
                "SELECT \"; END; DROP TABLE orders; --",
                "RETURN 1",
                "",
                "DROP TABLE orders",
                "CREATE TABLE mine (a int)",
                "COPY orders TO STDOUT",
                "SELECT 1 INTO mine",
                "SELECT 1); DROP TABLE orders; --",
            })
    void nobodyBreaksOut(String sql) throws SQLException {
        try {
            assertThat(ask(sql).relations()).isEmpty();
        } catch (Unanswered refused) {
            assertThat(refused).hasMessageNotContaining("orders");
        }
        try (Connection owner = postgres.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement();
                ResultSet row =
                        statement.executeQuery("select count(*) from pg_class where relname in ('orders', 'mine')")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(1);
        }
    }

    /** Somebody who holds a lock for a while does not decide how statements are read from then on. */
    @Test
    void aLockThatIsNotHadSaysNothingForGood() throws Exception {
        try (Connection owner = postgres.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("lock table orders");

            assertThatThrownBy(() -> ask("SELECT * FROM orders"))
                    .isInstanceOfSatisfying(
                            Unanswered.class, e -> assertThat(e.lasting()).isFalse());
            owner.rollback();
        }
        assertThat(ask("SELECT * FROM orders").relations()).hasSize(1);
    }

    @Test
    void aTreeThatWouldFillTheHeapIsNotRead() {
        String rows = "(1, 1, 1), ".repeat(20_000);

        assertThatThrownBy(() -> ask("INSERT INTO orders VALUES " + rows + "(1, 1, 1)"))
                .isInstanceOf(Unanswered.class)
                .hasMessageContaining("too large");
    }

    @Test
    void whatTheServerRefusesItDoesNotTell() {
        assertThatThrownBy(() -> ask("SELECT * FROM nothing"))
                .isInstanceOf(Unanswered.class)
                .hasMessageContaining("42P01");
        assertThatThrownBy(() -> ask("SELEC 1")).isInstanceOf(Unanswered.class).hasMessageContaining("42601");
        assertThatThrownBy(() -> reader.ask(new Question("SELECT $101", Collections.nCopies(101, 0))))
                .isInstanceOf(Unanswered.class);
    }
}
