package org.sallyport.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.client.ServerVersion;

/** Records what each version's server says, for {@link RecordedTreesTest}: {@code -Pservers -Dtest=TreeRecorder -Dsallyport.record=true}. */
@EnabledIfSystemProperty(named = "sallyport.record", matches = "true")
class TreeRecorder {
    private static final Path FOLDER = Path.of("src", "test", "resources", "org", "sallyport", "meaning");

    private static final String SCHEMA = """
            create table customers (id int primary key, name text, ssn text);
            create table orders (id int primary key, customer int, total numeric, status text);
            create table staff (id int primary key, boss int);
            create view contacts as select id, name from customers;
            create type mood as enum ('sad', 'happy');
            create type pair as (a int, b mood);
            create table moods (m mood, two pair);
            create domain positive as int check (value > 0);
            create function shout(text) returns text language sql as 'select upper($1)';
            """ + FlowTest.SCHEMA;

    private static final String NAMES = """
            select oid, relname from pg_class where oid >= 16384
            union all select oid, typname from pg_type where typrelid = 0 or typtype = 'c' or oid < 16384
            union all select oid, proname from pg_proc
            union all select oid, oprname from pg_operator""";

    private static final String COLUMNS = """
            select c.oid || '.' || a.attnum, c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
             where c.oid >= 16384
            union all select oid || '.0', relname || '.*' from pg_class where oid >= 16384""";

    private static final String NOT_NULL = """
            select attrelid || '.' || attnum from pg_attribute where attnotnull and attnum > 0 and attrelid >= 16384 order by 1""";

    static List<ServerVersion> servers() throws IOException {
        return ServerVersion.available().stream()
                .filter(server -> server.major() >= 14)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void recordsMeanings(ServerVersion version) throws IOException, SQLException {
        RecordedTrees recorded = record(version, RecordedTrees.MEANINGS);
        for (String sql : recorded.trees().keySet()) {
            System.out.println("TOLD " + version + "\t" + sql + "\t" + recorded.told(sql));
        }
        assertThat(recorded.trees()).hasSizeGreaterThan(60);
    }

    /** The trees of these two differ most. */
    @ParameterizedTest
    @MethodSource("servers")
    void recordsFlows(ServerVersion version) throws IOException, SQLException {
        assumeTrue(version.major() == 14 || version.major() == 18);
        RecordedTrees recorded = record(version, RecordedTrees.FLOWS);
        for (String sql : recorded.trees().keySet()) {
            System.out.println("FLOWS " + version + "\t" + sql + "\t" + recorded.flow(sql));
        }
        assertThat(recorded.trees()).hasSizeGreaterThan(100);
    }

    private static RecordedTrees record(ServerVersion version, String what) throws IOException, SQLException {
        Map<String, String> trees = new LinkedHashMap<>();
        Map<String, Object> all = new HashMap<>();
        List<Object> notNull = new ArrayList<>();
        try (EmbeddedPostgres postgres = version.builder().start();
                Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(SCHEMA);
            for (String sql : RecordedTrees.expected(what).keySet()) {
                record(statement, sql, trees);
            }
            for (String names : List.of(NAMES, COLUMNS)) {
                try (ResultSet rows = statement.executeQuery(names)) {
                    while (rows.next()) {
                        all.put(rows.getString(1), rows.getString(2));
                    }
                }
            }
            try (ResultSet rows = statement.executeQuery(NOT_NULL)) {
                while (rows.next()) {
                    notNull.add(rows.getString(1));
                }
            }
        }
        RecordedTrees recorded = new RecordedTrees(all, notNull, trees);
        Map<String, Object> names = new TreeMap<>();
        for (String sql : trees.keySet()) {
            recorded.oids(sql).forEach(oid -> names.put(oid, all.getOrDefault(oid, oid)));
        }
        RecordedTrees named = new RecordedTrees(names, notNull, trees);
        named.write(FOLDER, what, version.major());
        return named;
    }

    /** What the version does not have yet is left out. */
    private static void record(Statement statement, String sql, Map<String, String> trees) {
        try {
            statement.execute(
                    "CREATE OR REPLACE FUNCTION pg_temp.reading() RETURNS void BEGIN ATOMIC\n" + sql + "\n;END");
            try (ResultSet row = statement.executeQuery(
                    "select prosqlbody from pg_proc where proname = 'reading' and pronamespace = pg_my_temp_schema()")) {
                row.next();
                trees.put(sql, row.getString(1));
            }
        } catch (SQLException refused) {
            System.out.println("NOT TOLD " + sql + ": " + refused.getMessage());
        }
    }
}
