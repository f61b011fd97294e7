package org.sallyport.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.ServerVersion;

/** What statements do to rows, told by every PostgreSQL that can be asked, or the oldest, the usual and the newest of them. */
@ParameterizedClass(name = "{0}")
@MethodSource("servers")
class ChangesTest {
    private static final String SCHEMA = """
            create table t (id int primary key, a int, b text, tags int[]);
            create table u (id int primary key, a int);""";

    // NullAway does not know who sets them.
    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init")
    private static Connection connection;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    private ServerVersion version;

    static List<ServerVersion> servers() throws IOException {
        return ReaderTest.servers();
    }

    @BeforeParameterizedClassInvocation
    static void start(ServerVersion version) throws IOException, SQLException {
        postgres = version.builder().start();
        connection = postgres.getPostgresDatabase().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        connection.close();
        postgres.close();
    }

    private Meaning.Changes changes(String sql) throws Unanswered, SQLException {
        assumeTrue(!sql.contains("MERGE") || version.major() >= 15);
        assumeTrue(!sql.contains("BY SOURCE") || version.major() >= 17);
        int parameters = sql.contains("$1") ? 1 : 0;
        return new Reader(connection)
                .ask(new Question(sql, Collections.nCopies(parameters, 0)))
                .changes();
    }

    /** Threat 103, and more of its kind. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM t",
                "DELETE FROM t WHERE true",
                "DELETE FROM t WHERE 1 = 1",
                "DELETE FROM t WHERE id = id",
                "DELETE FROM t x WHERE x.id = id",
                "DELETE FROM t WHERE b::varchar = b",
                "DELETE FROM t WHERE id IS NOT NULL",
                "DELETE FROM t WHERE id IS NOT NULL AND true",
                "DELETE FROM t WHERE id = 5 OR true",
                "DELETE FROM t WHERE id = 5 OR id = id",
                "DELETE FROM t WHERE NOT (id <> id)",
                "DELETE FROM t WHERE id BETWEEN id AND id",
                "DELETE FROM t WHERE id IN (id, 5)",
                "DELETE FROM t WHERE id = ANY (ARRAY[id])",
                "DELETE FROM t WHERE id IS NOT DISTINCT FROM id",
                "DELETE FROM t WHERE (id = id) IS TRUE",
                "DELETE FROM t WHERE coalesce(id = id, false)",
                "DELETE FROM t WHERE CASE WHEN id = id THEN true ELSE false END",
                "DELETE FROM t WHERE now() > '2020-01-01'",
                "DELETE FROM t WHERE EXISTS (SELECT FROM u)",
                "DELETE FROM t WHERE EXISTS (SELECT FROM u WHERE u.id = t.id OR true)",
                "DELETE FROM t WHERE EXISTS (SELECT FROM t WHERE t.id = 5)",
                "DELETE FROM t WHERE (SELECT max(id) FROM u) > 1",
                "DELETE FROM t USING u WHERE u.id = 5",
                "DELETE FROM t USING u",
                "UPDATE t SET a = 1 FROM u WHERE u.id = u.a",
                "UPDATE t SET a = 1",
                "WITH x AS (DELETE FROM t RETURNING id) SELECT 1 FROM x WHERE id = 5",
                "WITH x AS (SELECT 1), y AS (UPDATE t SET a = 1 RETURNING 1) INSERT INTO u SELECT 1, 1 FROM y",
                "INSERT INTO t SELECT id, a FROM t ON CONFLICT (id) DO UPDATE SET a = 1",
                "INSERT INTO t (id) VALUES (unnest(ARRAY(SELECT id FROM t))) ON CONFLICT (id) DO UPDATE SET a = 1",
                "INSERT INTO t (id) VALUES (generate_series(1, 9)) ON CONFLICT (id) DO UPDATE SET a = 1",
                "DELETE FROM t WHERE NOT (id IS NULL)",
                "DELETE FROM t WHERE (id IS NULL) IS FALSE",
                "INSERT INTO t SELECT id, a FROM u ON CONFLICT (id) DO UPDATE SET a = 1 WHERE true",
                "MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE",
                "MERGE INTO t USING u ON u.id = 5 WHEN MATCHED THEN UPDATE SET a = 1",
                "MERGE INTO t USING u ON t.id = t.id WHEN MATCHED THEN DELETE",
                "MERGE INTO t USING u ON t.id = u.id WHEN NOT MATCHED BY SOURCE THEN DELETE",
                "MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DO NOTHING WHEN NOT MATCHED BY SOURCE THEN UPDATE SET a = 1",
            })
    void doesNotChooseAmongRows(String sql) throws Exception {
        assertThat(changes(sql).unbounded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM t WHERE id = 5",
                "DELETE FROM t WHERE id = $1",
                "DELETE FROM t WHERE a IS NOT NULL",
                "DELETE FROM t WHERE id = id AND a = 1",
                "DELETE FROM t WHERE id = 5 OR id = 6",
                "DELETE FROM t WHERE id IN (5, 6)",
                "DELETE FROM t WHERE 5 = ANY (tags)",
                "DELETE FROM t WHERE EXISTS (SELECT FROM u WHERE u.id = t.id)",
                "DELETE FROM t WHERE id IN (SELECT id FROM u)",
                "DELETE FROM t USING u WHERE u.id = t.id",
                "UPDATE t SET a = 1 FROM u WHERE u.id = t.id",
                "UPDATE t SET a = (SELECT 1) WHERE NOT a = 1",
                "WITH x AS (SELECT 1) UPDATE t SET a = 1 WHERE id = 5",
                "INSERT INTO t SELECT id FROM u",
                "INSERT INTO t VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET a = 1",
                "INSERT INTO t VALUES (1, 1), (2, 2) ON CONFLICT (id) DO UPDATE SET a = 1",
                "INSERT INTO t SELECT id FROM u ON CONFLICT DO NOTHING",
                "INSERT INTO t SELECT id FROM u ON CONFLICT (id) DO UPDATE SET a = 1 WHERE t.a = 5",
                "MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DELETE",
                "MERGE INTO t USING u ON true WHEN MATCHED AND t.a = 5 THEN DELETE",
                "MERGE INTO t USING u ON true WHEN NOT MATCHED THEN INSERT VALUES (1)",
                "MERGE INTO t USING u ON t.id = u.id WHEN NOT MATCHED BY SOURCE AND t.a = 5 THEN DELETE",
                "SELECT * FROM t",
                "SELECT * FROM t FOR UPDATE",
            })
    void choosesAmongRows(String sql) throws Exception {
        assertThat(changes(sql).unbounded()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM t | SELECT",
                "SELECT delete FROM (SELECT a AS delete FROM t) x | SELECT",
                "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x | DELETE SELECT",
                "WITH x AS (UPDATE t SET a = 1 WHERE id = 1) INSERT INTO u VALUES (1) | INSERT UPDATE",
                "INSERT INTO t SELECT id FROM u ON CONFLICT (id) DO UPDATE SET a = 1 | INSERT SELECT UPDATE",
                "INSERT INTO t VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 1 | INSERT",
                "MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1) | DELETE INSERT MERGE",
                "MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DO NOTHING | MERGE",
            })
    void kindsInsideAreNamed(String sql, String kinds) throws Exception {
        List<String> told =
                changes(sql).kinds().stream().map(Meaning.Kind::name).sorted().toList();

        assertThat(String.join(" ", told)).isEqualTo(kinds);
    }
}
