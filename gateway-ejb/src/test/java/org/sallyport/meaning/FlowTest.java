package org.sallyport.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
import org.sallyport.meaning.Flow.Call;
import org.sallyport.meaning.Flow.Source;
import org.sallyport.meaning.Flow.Use;

/** Threats 4.1, 4.3 and 4.7 by the shape of the query: where a secret column goes. */
@ParameterizedClass(name = "{0}")
@MethodSource("servers")
class FlowTest {
    static final String SCHEMA = """
            create table c (id int primary key, name text, ssn text, salary int, note jsonb, tags text[]);
            create table o (id int primary key, c int, ssn text, total numeric);
            create table s (id int primary key, ssn text);
            create sequence q;
            create view v as select id, ssn as s, upper(ssn) as u, name from c;
            create view w as select id from c where ssn like '1%';""";

    private static final Map<Source, String> NAMES = new HashMap<>();

    // NullAway does not know who sets them.
    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private static Connection connection;

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
        connection = postgres.getPostgresDatabase().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
            NAMES.clear();
            try (ResultSet rows = statement.executeQuery("""
                    select c.oid::int, a.attnum, c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
                     where c.relnamespace = 'public'::regnamespace""")) {
                while (rows.next()) {
                    NAMES.put(new Source(rows.getInt(1), rows.getInt(2)), rows.getString(3) + "." + rows.getString(4));
                    NAMES.put(new Source(rows.getInt(1), 0), rows.getString(3) + ".*");
                }
            }
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        connection.close();
        postgres.close();
    }

    private static Flow flow(String sql) throws Unanswered, SQLException {
        return new Reader(connection).ask(new Question(sql, List.of())).flow();
    }

    /** {@code =c.ssn} where it is shown as it is, {@code ~c.ssn} where something made of it is, {@code -} where nothing is. */
    private static String outputs(Flow flow) {
        return flow.outputs().stream().map(FlowTest::output).collect(Collectors.joining(" "));
    }

    private static String output(Flow.Output output) {
        String same = output.same().isEmpty() ? "" : "=" + names(output.same());
        String derived = output.derived().isEmpty() ? "" : "~" + names(output.derived());
        return (same + derived).isEmpty() ? "-" : same + derived;
    }

    private static String names(Collection<Source> sources) {
        return sources.stream()
                .map(source -> Optional.ofNullable(NAMES.get(source)).orElseThrow())
                .sorted()
                .collect(Collectors.joining(","));
    }

    /** What the query does with a column besides showing it. */
    private static Set<Use> uses(Flow flow, String column) {
        Set<Use> uses = new TreeSet<>();
        flow.uses().forEach((source, all) -> {
            if (column.equals(NAMES.get(source))) {
                uses.addAll(all);
            }
        });
        return uses;
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "SELECT id, ssn AS harmless FROM c => =c.id =c.ssn",
                "SELECT b FROM c AS t (a, n, b) => =c.ssn",
                "SELECT (c).ssn, ssn(c) FROM c => =c.ssn =c.ssn",
                "SELECT (c).* FROM c => =c.id =c.name =c.ssn =c.salary =c.note =c.tags",
                "TABLE s => =s.id =s.ssn",
                "SELECT c FROM c => ~c.*",
                "SELECT c::text, row_to_json(c) FROM c => ~c.* ~c.*",
                "SELECT 'xxxx' || ssn, reverse(ssn), substr(ssn, 1, 6) FROM c => ~c.ssn ~c.ssn ~c.ssn",
                "SELECT ssn::varchar, ssn COLLATE \"C\", ssn::text FROM c => =c.ssn =c.ssn =c.ssn",
                "SELECT CASE WHEN ssn = '1' THEN name END, coalesce(name, ssn) FROM c => ~c.name,c.ssn ~c.name,c.ssn",
                "SELECT CASE ssn WHEN '1' THEN 1 END, nullif('1', ssn), greatest(ssn, 'x') FROM c => ~c.ssn ~c.ssn ~c.ssn",
                "SELECT ARRAY[ssn], ROW(1, ssn), ssn IS NULL FROM c => ~c.ssn ~c.ssn ~c.ssn",
                "SELECT x.n FROM (SELECT ssn AS n FROM c OFFSET 0) x => =c.ssn",
                "SELECT x.n FROM c, LATERAL (SELECT c.ssn || id AS n) x => ~c.id,c.ssn",
                "SELECT x.n FROM c, LATERAL (VALUES (c.ssn), ('1')) x (n) => =c.ssn",
                "WITH x AS MATERIALIZED (SELECT ssn, id FROM c) SELECT id, ssn FROM x => =c.id =c.ssn",
                "WITH x (a) AS (SELECT ssn FROM c), y (b) AS (SELECT a FROM x) SELECT b FROM y => =c.ssn",
                "WITH RECURSIVE r (n, i) AS (SELECT name, 1 FROM c UNION ALL SELECT c.ssn, i + 1 FROM r, c WHERE i < 2) "
                        + "SELECT n FROM r => =c.name,c.ssn",
                "WITH RECURSIVE r (a, b, d) AS (SELECT 'x'::text, name, ssn FROM c UNION ALL SELECT b, d, 'y' FROM r) "
                        + "SELECT a FROM r => =c.name,c.ssn",
                "WITH RECURSIVE r (n, i) AS (SELECT id, 1 FROM c UNION ALL SELECT c.id, i FROM r, c) CYCLE n SET z USING p "
                        + "SELECT p FROM r => ~c.id",
                "SELECT name FROM c UNION ALL SELECT ssn FROM c => =c.name,c.ssn",
                "SELECT 'x' UNION ALL (SELECT 'y' UNION ALL SELECT ssn FROM c) => =c.ssn",
                "SELECT salary FROM c UNION ALL SELECT total FROM o => =o.total~c.salary",
                "SELECT id FROM o UNION ALL (SELECT salary FROM c UNION ALL SELECT total FROM o) => =o.total~c.salary,o.id",
                "SELECT ssn::varchar FROM c UNION ALL SELECT name FROM c => =c.name,c.ssn",
                "SELECT ssn IS NULL FROM c UNION ALL SELECT true => ~c.ssn",
                "SELECT (SELECT ssn FROM s WHERE s.id = o.c) FROM o => =s.ssn",
                "SELECT (SELECT upper(ssn) FROM s LIMIT 1), ARRAY(SELECT ssn FROM s) => ~s.ssn ~s.ssn",
                "SELECT EXISTS (SELECT ssn FROM s) => -",
                "SELECT '1' IN (SELECT ssn FROM s) => ~s.ssn",
                "SELECT j.n FROM (c JOIN o USING (id)) j (id, name, n) => =c.ssn",
                "SELECT c.ssn, o.id FROM c FULL JOIN o USING (id) => =c.ssn =o.id",
                "SELECT id FROM c FULL JOIN o USING (id) => ~c.id,o.id",
                "SELECT first_value(ssn) OVER (ORDER BY id) FROM c => ~c.ssn",
                "SELECT max(ssn), count(*) FROM c => ~c.ssn -",
                "SELECT s, u, name FROM v => =v.s =v.u =v.name",
                "SELECT note->>'ssn', tags[1] FROM c => ~c.note ~c.tags",
                "SELECT x FROM c, unnest(tags) x => ~c.tags",
                "SELECT x.* FROM c, jsonb_to_record(c.note) AS x (a int, b text) => ~c.note ~c.note",
                "VALUES ((SELECT ssn FROM s)) => =s.ssn",
                "INSERT INTO o (id, ssn) SELECT id, ssn FROM c RETURNING ssn, id => =o.ssn =o.id",
                "UPDATE c SET name = 'x' RETURNING ssn, upper(ssn) => =c.ssn ~c.ssn",
                "WITH u AS (UPDATE c SET name = 'x' RETURNING *) SELECT u.ssn FROM u => =c.ssn",
                "SELECT tableoid, id FROM (SELECT tableoid, id FROM c) x => =c.tableoid =c.id",
                "SELECT name FROM c GROUP BY 1 => =c.name",
                "SELECT GROUPING(name), name || 'x' FROM c GROUP BY ROLLUP (name) => - ~c.name",
            })
    void columnsAreFollowedIntoTheResult(String sql, String outputs) throws Exception {
        assertThat(outputs(flow(sql))).isEqualTo(outputs);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "SELECT id FROM c WHERE ssn = '1' => EQUALITY",
                "SELECT id FROM (SELECT id, ssn AS x FROM c) t WHERE x = '1' => EQUALITY",
                "SELECT id FROM c WHERE c = ROW(1, 'a', 'b', 1, null, null)::c => ",
                "SELECT id FROM c WHERE EXISTS (SELECT FROM o WHERE o.ssn = c.ssn) => EQUALITY",
                "SELECT id FROM c WHERE id IN (SELECT id FROM c d WHERE d.ssn = '1') => EQUALITY",
                "SELECT id FROM o WHERE '1' IN (SELECT ssn FROM c) => PREDICATE",
                "SELECT id FROM c WHERE ssn IN ('1', '2') AND id > 3 => EQUALITY",
                "SELECT id FROM c WHERE ssn IN ('1', '2') OR id > 3 => PREDICATE",
                "SELECT id FROM c WHERE upper(ssn) = 'X' => PREDICATE",
                "SELECT id FROM c WHERE ssn <> ALL (ARRAY['1', '2']) => PREDICATE",
                "SELECT id FROM c WHERE NOT ssn = '1' => PREDICATE",
                "SELECT o.id FROM c JOIN o ON c.ssn < o.ssn => JOIN",
                "SELECT count(*) FILTER (WHERE ssn = '1') FROM c => AGGREGATE",
                "SELECT count(*) FILTER (WHERE ssn = '1') OVER () FROM c => PREDICATE AGGREGATE",
                "SELECT 1 FROM c HAVING max(ssn) > '1' => PREDICATE AGGREGATE",
                "SELECT o.id FROM c JOIN o ON c.ssn = o.ssn => EQUALITY",
                "SELECT o.id FROM c NATURAL JOIN s JOIN o ON true => EQUALITY",
                "SELECT 1 FROM c JOIN s USING (ssn) => EQUALITY",
                "SELECT id FROM c ORDER BY ssn => ORDER",
                "SELECT id, ssn FROM c ORDER BY 2 => ORDER",
                "SELECT id FROM c ORDER BY upper(ssn) => PREDICATE ORDER",
                "SELECT id FROM c ORDER BY ssn COLLATE \"C\" => ORDER",
                "SELECT 1 FROM c GROUP BY ssn < '5' => PREDICATE GROUP",
                "SELECT DISTINCT left(ssn, 1) FROM c => PREDICATE DISTINCT",
                "SELECT left(ssn, 1) FROM c UNION SELECT 'x' => PREDICATE DISTINCT",
                "SELECT rank() OVER (ORDER BY ssn = '1') FROM c => PREDICATE WINDOW",
                "SELECT id FROM (SELECT id, ssn FROM c ORDER BY ssn LIMIT 1) x => ORDER",
                "SELECT 1 FROM c GROUP BY ssn => GROUP",
                "SELECT 1 FROM c GROUP BY GROUPING SETS ((id), (ssn)) => GROUP",
                "SELECT DISTINCT ssn FROM c => DISTINCT",
                "SELECT DISTINCT ON (ssn) id FROM c => DISTINCT",
                "SELECT ssn FROM c UNION SELECT 'x' => DISTINCT",
                "SELECT 'x' UNION SELECT 'y' UNION ALL SELECT ssn FROM c => ",
                "SELECT 'x' UNION ALL SELECT ssn FROM c UNION SELECT 'y' => DISTINCT",
                "SELECT ssn FROM c INTERSECT ALL SELECT 'x' => DISTINCT",
                "SELECT 'x' EXCEPT ALL SELECT ssn FROM c => DISTINCT",
                "SELECT count(ssn) FROM c => COUNT",
                "SELECT count(DISTINCT ssn) FROM c GROUP BY id => COUNT",
                "SELECT count(ssn ORDER BY id) FROM c => COUNT",
                "SELECT count(id) FILTER (WHERE ssn = '1') FROM c => AGGREGATE",
                "SELECT count(ssn) FILTER (WHERE ssn = '1') FROM c => COUNT AGGREGATE",
                "SELECT count(upper(ssn)) FROM c => AGGREGATE",
                "SELECT count(nullif(ssn, '1')) FROM c => AGGREGATE",
                "SELECT count((id, ssn)) FROM c => AGGREGATE",
                "SELECT count(ssn) OVER () FROM c => AGGREGATE",
                "SELECT count(n) FROM (SELECT ssn AS n FROM c) x => COUNT",
                "SELECT count(n) FROM (SELECT 'x' || ssn AS n FROM c) x => AGGREGATE",
                "SELECT min(ssn) FROM c => AGGREGATE",
                "SELECT 1 FROM c HAVING count(ssn) > 1 => COUNT",
                "SELECT string_agg(name, ',' ORDER BY ssn) FROM c => AGGREGATE",
                "SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY ssn) FROM c => AGGREGATE",
                "SELECT sum(length(ssn)) OVER () FROM c => AGGREGATE",
                "SELECT rank() OVER (ORDER BY ssn) FROM c => WINDOW",
                "SELECT rank() OVER w FROM c WINDOW w AS (PARTITION BY ssn) => WINDOW",
                "SELECT id FROM c LIMIT (SELECT length(ssn) FROM c LIMIT 1) => LIMIT",
                "SELECT x FROM c, generate_series(1, length(ssn)) x => ROWS",
                "SELECT regexp_split_to_table(ssn, '') FROM c => ROWS",
                "SELECT x.* FROM c, xmltable('/a' passing (ssn::xml) columns b text) x => ROWS",
                "SELECT id FROM c TABLESAMPLE system ((SELECT length(ssn) FROM c LIMIT 1)) => ROWS",
                "INSERT INTO o (id, ssn) SELECT id, ssn FROM c => WRITE",
                "UPDATE c SET name = ssn => WRITE",
                "UPDATE o SET (ssn, total) = (SELECT ssn, 1 FROM c LIMIT 1) => WRITE",
                "UPDATE o SET total = 1 FROM c WHERE c.ssn = o.ssn => EQUALITY",
                "DELETE FROM o USING c WHERE c.ssn = o.ssn => EQUALITY",
                "DELETE FROM c WHERE ssn LIKE '1%' => PREDICATE",
                "INSERT INTO c (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET name = c.ssn => WRITE",
                "INSERT INTO c (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET name = 'x' WHERE c.ssn = '1' => PREDICATE",
                "INSERT INTO c (id, ssn) VALUES (1, '2') ON CONFLICT (id) DO UPDATE SET ssn = excluded.ssn => ",
                "INSERT INTO o (id, ssn) SELECT id, ssn FROM c ON CONFLICT (id) DO UPDATE SET ssn = excluded.ssn => WRITE",
                "WITH x AS (SELECT 1 FROM c WHERE ssn = '1') SELECT 2 => EQUALITY",
                "WITH RECURSIVE r (n) AS (SELECT ssn FROM c UNION SELECT n FROM r) SELECT 1 FROM r => DISTINCT",
                "WITH RECURSIVE r (n, i) AS (SELECT ssn, 1 FROM c UNION ALL SELECT n, i + 1 FROM r WHERE n > '1') SELECT i FROM r "
                        + "=> PREDICATE",
                "SELECT name, ssn, 'x' || ssn FROM c WHERE id = 1 ORDER BY name LIMIT 5 => ",
                "UPDATE c SET name = 'x', ssn = '123' WHERE id = 1 RETURNING ssn => ",
            })
    void everyOtherUseIsFound(String sql, String uses) throws Exception {
        String found = uses(flow(sql), "c.ssn").stream().map(Use::name).collect(Collectors.joining(" "));

        assertThat(found).isEqualTo(uses == null ? "" : uses);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MERGE INTO o USING c ON o.ssn = c.ssn WHEN MATCHED THEN DELETE",
                "MERGE INTO o USING c ON o.id = c.id WHEN MATCHED AND c.ssn = '1' THEN DELETE",
                "MERGE INTO o USING c ON o.id = c.id WHEN NOT MATCHED THEN INSERT (id, ssn) VALUES (c.id, c.ssn)",
                "MERGE INTO o USING (SELECT id FROM c WHERE ssn = '1') x ON o.id = x.id WHEN MATCHED THEN DELETE",
            })
    void mergeUsesColumnsInAllItsParts(String sql) throws Exception {
        assumeTrue(version.major() >= 15);

        assertThat(uses(flow(sql), "c.ssn")).isNotEmpty();
    }

    @Test
    void aWholeRowIsUsedAsAWhole() throws Exception {
        assertThat(uses(flow("SELECT id FROM c WHERE c IS NOT NULL"), "c.*")).containsExactly(Use.PREDICATE);
        assertThat(uses(flow("SELECT DISTINCT c FROM c"), "c.*")).containsExactly(Use.PREDICATE, Use.DISTINCT);
        assertThat(uses(flow("SELECT count(c) FROM c"), "c.*")).containsExactly(Use.AGGREGATE);
        assertThat(uses(flow("SELECT count(DISTINCT c) FROM c"), "c.*")).containsExactly(Use.AGGREGATE);
        assertThat(uses(flow("SELECT x FROM (SELECT c AS x FROM c) t ORDER BY (x).ssn"), "c.*"))
                .containsExactly(Use.PREDICATE, Use.ORDER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "SELECT upper(ssn) FROM c => upper",
                "SELECT ssn || 'x', ssn = 'y' FROM c => textcat texteq",
                "SELECT ssn::int FROM c => 0",
                "SELECT salary::text FROM c => ",
                "SELECT salary FROM c UNION ALL SELECT 1.5::float8 => float8",
                "SELECT salary FROM c UNION ALL SELECT 1.5 => numeric",
                "SELECT salary FROM c UNION ALL SELECT 1::oid => 0",
                "SELECT x.s FROM (SELECT salary AS s FROM c UNION ALL SELECT 1::bigint) x => int8",
                "SELECT salary FROM c UNION ALL SELECT 1 => ",
                "SELECT 1 / (CASE WHEN ssn LIKE '1%' THEN 0 ELSE 1 END) FROM c => int4div textlike",
                "SELECT CASE ssn WHEN 'x' THEN 1 END FROM c => texteq",
                "SELECT CASE WHEN ssn = 'x' THEN 1 / (id - id) END FROM c => int4div int4mi texteq",
                "SELECT CASE WHEN id = 1 THEN ssn ELSE (1 / id)::text END FROM c => ",
                "SELECT CASE WHEN ssn = 'x' THEN (SELECT count(*) FROM o) END FROM c => 0 texteq",
                "SELECT coalesce(ssn, (1 / (id - 3))::text) FROM c => int4div int4mi",
                "SELECT ssn = 'x' AND 1 / (id - 3) > 0 FROM c => int4div int4gt int4mi texteq",
                "SELECT NOT (ssn = 'x' OR nextval('q') > 1) FROM c => int84gt nextval texteq",
                "SELECT ssn IN (SELECT (1 / (n - 5))::text FROM generate_series(1, 5) n) FROM c => 0 texteq",
                "SELECT 'x' = ANY (SELECT ssn FROM c) FROM o => 0 texteq",
                "SELECT 'x' = ANY (SELECT upper(ssn) FROM c) FROM o => 0 texteq upper",
                "SELECT lag(ssn) OVER (ORDER BY id) FROM c => lag",
                "SELECT (ssn, 1) < ('x', 2) FROM c => 0",
                "SELECT upper(name), ssn FROM c => ",
                // what it decides to compute
                "SELECT CASE WHEN ssn = 'x' THEN 1 / id END FROM c => int4div texteq",
                "SELECT CASE WHEN id = 1 THEN 0 WHEN ssn = 'x' THEN 1 ELSE 1 / id END FROM c => int4div texteq",
                "SELECT CASE WHEN ssn = 'x' THEN 0 WHEN 1 / id = 1 THEN 1 END FROM c => int4div int4eq texteq",
                "SELECT CASE ssn WHEN 'x' THEN 1 / id END FROM c => int4div texteq",
                "SELECT ssn = 'x' OR 1 / id = 1 FROM c => int4div int4eq texteq",
                "SELECT NOT (ssn = 'x' AND 1 / id = 1) FROM c => int4div int4eq texteq",
                "SELECT ssn IN ('x', (1 / id)::text) FROM c => 0 int4div texteq",
                "SELECT coalesce(ssn, (1 / id)::text) FROM c => int4div",
                "SELECT CASE WHEN ssn = 'x' THEN (SELECT 1) END FROM c => 0 texteq",
                "SELECT CASE WHEN ssn = 'x' THEN q.y END FROM c, LATERAL (SELECT 1 / id AS y) q => 0 texteq",
                "SELECT CASE WHEN c.ssn = 'x' THEN v.id END FROM c, v => 0 texteq",
                "SELECT CASE WHEN q.y THEN 1 / id END FROM c, LATERAL (SELECT ssn = 'x' AS y) q => int4div texteq",
                "SELECT CASE WHEN ssn = 'x' THEN name ELSE 'y' END FROM c => texteq",
                "SELECT CASE WHEN 1 / id = 1 THEN ssn END FROM c => ",
                "SELECT 1 / id = 1 OR ssn = 'x' FROM c => texteq",
            })
    void whatIsDoneToAColumnIsKnown(String sql, String functions) throws Exception {
        Set<String> found = new TreeSet<>();
        for (Map.Entry<Source, Set<Call>> applied : flow(sql).applied().entrySet()) {
            if (Set.of("c.ssn", "c.salary").contains(NAMES.get(applied.getKey()))) {
                for (Call call : applied.getValue()) {
                    found.add(call.function() == 0 ? "0" : name(call.function()));
                }
            }
        }

        assertThat(String.join(" ", found)).isEqualTo(functions == null ? "" : functions);
    }

    private static String name(int function) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select proname from pg_proc where oid = " + function)) {
            row.next();
            return row.getString(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {"v => =c.id =c.ssn ~c.ssn =c.name", "w => =c.id"})
    void viewsAreFollowedByTheirDefinition(String view, String outputs) throws Exception {
        Flow flow = Flow.ofView(definition(view)).orElseThrow();

        assertThat(outputs(flow)).isEqualTo(outputs);
        assertThat(uses(flow, "c.ssn")).isEqualTo(view.equals("w") ? Set.of(Use.PREDICATE) : Set.of());
    }

    private static String definition(String view) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select ev_action::text from pg_rewrite where ev_class = '" + view + "'::regclass")) {
            row.next();
            return row.getString(1);
        }
    }
}
