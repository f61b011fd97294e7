package org.sallyport.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.client.ServerVersion;

/** What stands on the list, looked up in the servers that have it. */
class TotalFunctionsTest {
    private static final String FUNCTIONS = """
            select oid::int, oid::pg_catalog.regprocedure::text, provolatile, proretset, prosecdef, prolang = 12
              from pg_catalog.pg_proc where oid in (%s)""";

    static List<ServerVersion> servers() throws IOException {
        return ServerVersion.available();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void areTheServersOwnAndDoNothingButCompute(ServerVersion version) throws IOException, SQLException {
        Map<Integer, String> found = new TreeMap<>();
        TreeSet<String> doubtful = new TreeSet<>();
        String oids = TotalFunctions.signatures().keySet().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        try (EmbeddedPostgres postgres = version.builder().start();
                Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(FUNCTIONS.formatted(oids))) {
            while (rows.next()) {
                found.put(rows.getInt(1), rows.getString(2));
                boolean internal = rows.getBoolean(6);
                if (rows.getString(3).equals("v") || rows.getBoolean(4) || rows.getBoolean(5) || !internal) {
                    doubtful.add(rows.getString(2));
                }
            }
        }

        assertThat(doubtful).isEmpty();
        assertThat(found).hasSizeGreaterThan(180);
        found.forEach((oid, signature) ->
                assertThat(signature).isEqualTo(TotalFunctions.signatures().get(oid)));
    }
}
