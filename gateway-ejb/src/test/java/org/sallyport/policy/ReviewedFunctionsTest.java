package org.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.client.ServerVersion;

/** What stands on the lists of reviewed functions, looked up in the servers that have them: every overload counts. */
class ReviewedFunctionsTest {
    /** Volatile ones, in some versions, that do nothing but be another each time. */
    private static final Set<String> CHANGING = Set.of(
            "random", "clock_timestamp", "timeofday", "gen_random_uuid", "setseed", "uuidv4", "uuidv7", "timezone");

    private static final String RISKY = """
            select p.oid::pg_catalog.regprocedure::text, p.proname, p.provolatile = 'v', p.prosecdef,
                   l.lanname not in ('internal', 'sql'),
                   exists (select 1 from pg_catalog.unnest(p.proargtypes::oid[]) a
                            where a = any (array['regproc', 'regprocedure', 'regclass', 'refcursor', 'internal']
                                                 ::pg_catalog.regtype[]::oid[])),
                   p.prokind = 'p'
              from pg_catalog.pg_proc p
              join pg_catalog.pg_language l on l.oid = p.prolang
             where p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace and p.proname = any (?)
               and p.prokind <> 'a' and p.prokind <> 'w'""";

    static List<ServerVersion> servers() throws IOException {
        return ServerVersion.available();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void doNothingButCompute(ServerVersion version) throws IOException, SQLException {
        Set<String> names = new TreeSet<>(Reviewed.words("reviewed-functions.txt"));
        names.addAll(Reviewed.words("reviewed-operators.txt"));
        List<String> doubtful = new ArrayList<>();
        int found = 0;
        try (EmbeddedPostgres postgres = version.builder().start();
                Connection connection = postgres.getPostgresDatabase().getConnection();
                PreparedStatement statement = connection.prepareStatement(RISKY)) {
            Array array = connection.createArrayOf("text", names.toArray());
            statement.setArray(1, array);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found++;
                    boolean changes = rows.getBoolean(3) && !CHANGING.contains(rows.getString(2));
                    if (changes
                            || rows.getBoolean(4)
                            || rows.getBoolean(5)
                            || rows.getBoolean(6)
                            || rows.getBoolean(7)) {
                        doubtful.add(rows.getString(1));
                    }
                }
            }
        }

        assertThat(found).isGreaterThan(500);
        assertThat(doubtful).isEmpty();
    }
}
