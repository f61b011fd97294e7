package org.sallyport.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sallyport.sql.Fingerprint;
import org.sallyport.sql.QueryText;
import org.sallyport.sql.SqlReader;

/** Texts with equal fingerprints mean the same to PostgreSQL; so do a text and its question without what repeats. */
class FingerprintWitnessTest {
    private static final int TEXTS = 6000;

    private static final String SCHEMA = """
            create table t (id int primary key, a bigint, b text, c numeric, d date, e uuid, r regclass, f float, g smallint);
            create table u (id int primary key, a int);
            create type pair as (x int, y int);
            create table s (set pair);
            create function over(int) returns int language sql as 'select $1';
            create function over(bigint) returns int language sql as 'select 1';
            create function over(numeric) returns int language sql as 'select 2';
            create function over(text) returns int language sql as 'select 3';""";

    /** Holes are filled with whatever; many of the texts are wrong, and then mean nothing. */
    private static final List<String> SHAPES = List.of(
            "SELECT id FROM t WHERE a = # AND b = #",
            "SELECT id, # FROM t WHERE a > # OR (c <= #)",
            "SELECT id, a FROM t WHERE f <> # ORDER BY #",
            "SELECT id, a FROM t GROUP BY id, # HAVING count(*) > #",
            "SELECT over(#) FROM t WHERE id = #",
            "SELECT over(#) = #",
            "SELECT id FROM t WHERE over(#) = # LIMIT #",
            "SELECT id FROM t WHERE g IN (#, #, #, #)",
            "SELECT id FROM t WHERE e IN (#, #) AND d = #",
            "SELECT id FROM t WHERE r = # AND d < #",
            "SELECT CASE WHEN a = # THEN # ELSE # END FROM t",
            "INSERT INTO t (id, a, b) VALUES (#, #, #), (#, #, #), (#, #, #)",
            "INSERT INTO t (id, c) VALUES (#, #::numeric(#, 2)), (#, #)",
            "INSERT INTO u SELECT id, # FROM t WHERE a = #",
            "UPDATE t SET a = #, b = # WHERE id = #",
            "UPDATE t SET c = # WHERE c = # || #",
            "UPDATE t SET a = a + #, b = # WHERE id = # OR t.a < #",
            "UPDATE t SET a = # WHERE id = # AND # = # AND a IN (#, #)",
            "UPDATE t SET a = # WHERE (id = #) = (id = #)",
            "UPDATE t SET c = c - # FROM u WHERE t.id = u.id AND u.a = # AND id = id",
            "UPDATE t SET b = # WHERE true = # OR current_user = # AND id + # = id + #",
            "UPDATE t SET a = # WHERE # IN (#, #) OR a + # IN (#, #)",
            "DELETE FROM t WHERE a = # AND id BETWEEN # AND id = #",
            "DELETE FROM t WHERE (SELECT id FROM (VALUES (#)) v) = (SELECT id FROM (VALUES (#)) v)",
            "WITH RECURSIVE x(y) AS (SELECT 1 UNION ALL SELECT y FROM x) SEARCH DEPTH FIRST BY y SET key"
                    + " UPDATE t SET a = 1 WHERE (id = #) = (id = #)",
            "DELETE FROM s WHERE ((set).x = #) IS NOT DISTINCT FROM (set).x = #",
            "DELETE FROM t WHERE CASE WHEN id = # AND a = # THEN true END = (id = #)",
            "SELECT id FROM t WHERE a = # FOR UPDATE",
            "INSERT INTO u (id, a) VALUES (#, #) ON CONFLICT (id) DO UPDATE SET a = u.a + # WHERE u.a = #",
            "INSERT INTO u SELECT id, g FROM t ON CONFLICT (id) DO UPDATE SET a = # WHERE (u.a = #) = (u.a = #)",
            "INSERT INTO u SELECT id, g FROM t ON CONFLICT (id) DO UPDATE SET a = # WHERE u.a = # AND u.id < #",
            "DELETE FROM t WHERE id = # OR # = #",
            "DELETE FROM t WHERE id = id AND # = #",
            "DELETE FROM t USING u WHERE u.id = # AND t.id IN (#, #, #)",
            "WITH x AS (VALUES (#, #), (#, #)) SELECT * FROM x WHERE column1 = #",
            "SELECT * FROM generate_series(#, #) g WHERE g = # OFFSET #",
            "SELECT id FROM t WHERE (a, g) = (#, #)",
            "SELECT a = #, b = #, # FROM t");

    private static final List<String> LITERALS = List.of(
            "1",
            "2",
            "3000000000",
            "99999999999999999999",
            "1.5",
            "2.25",
            "-1",
            "'1'",
            "'2'",
            "'x'",
            "'u'",
            "'t'",
            "E'\\\\x31'",
            "'2026-01-01'",
            "'2026-02-02'",
            "'00000000-0000-0000-0000-000000000001'",
            "null",
            "true",
            "1e3",
            "'1.5'",
            "$$2$$",
            "'5'::int",
            "'7'::int",
            "date '2026-01-01'",
            "B'1'");

    /** These are nearly always right. */
    private static final List<String> WHOLE = List.of("1", "2", "3", "'1'", "'2'", "3000000000", "7");

    @Test
    void equalFingerprintsMeanTheSame() throws IOException, SQLException {
        long seed = Long.getLong("sallyport.fingerprint.seed", System.nanoTime());
        Random random = new Random(seed);
        Map<String, Meaning> meanings = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        Map<String, Boolean> bounds = new HashMap<>();
        int compared = 0;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Connection connection = postgres.getPostgresDatabase().getConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(SCHEMA);
            }
            Reader reader = new Reader(connection);
            for (int i = 0; i < TEXTS; i++) {
                String sql = filled(SHAPES.get(random.nextInt(SHAPES.size())), random);
                Optional<Meaning> meaning = meaning(reader, sql);
                if (meaning.isEmpty()) {
                    continue;
                }
                assertThat(questioned(reader, sql)).as("seed %d: %s", seed, sql).isEqualTo(meaning);
                String print = Fingerprint.of(sql).orElseThrow();
                String before = texts.putIfAbsent(print, sql);
                boolean unbounded =
                        SqlReader.read(sql, List.of()).statements().get(0).unbounded();
                assertThat(bounds.getOrDefault(print, unbounded))
                        .as("seed %d: %s and %s", seed, before, sql)
                        .isEqualTo(unbounded);
                bounds.put(print, unbounded);
                Meaning known = meanings.putIfAbsent(print, meaning.get());
                if (known != null && !sql.equals(before)) {
                    compared++;
                    assertThat(meaning.get())
                            .as("seed %d: %s and %s", seed, before, sql)
                            .isEqualTo(known);
                }
            }
        }
        assertThat(compared).as("seed %d", seed).isGreaterThan(TEXTS / 20);
    }

    private static String filled(String shape, Random random) {
        StringBuilder sql = new StringBuilder();
        List<String> literals = random.nextInt(3) == 0 ? LITERALS : WHOLE.subList(0, 3 + random.nextInt(5));
        for (char c : shape.toCharArray()) {
            sql.append(c == '#' ? literals.get(random.nextInt(literals.size())) : String.valueOf(c));
        }
        return sql.toString();
    }

    private static Optional<Meaning> meaning(Reader reader, String sql) throws SQLException {
        try {
            return Optional.of(reader.ask(new Question(sql, List.of())));
        } catch (Unanswered refused) {
            return Optional.empty();
        }
    }

    private static Optional<Meaning> questioned(Reader reader, String sql) throws SQLException {
        QueryText query = SqlReader.queries(sql, List.of()).get(0);
        return meaning(reader, query.text());
    }
}
