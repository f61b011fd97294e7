package org.sallyport.noninterference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.noninterference.Twins.Pair;

/** FunctionCall reaches nothing that SQL does not: every function that the server has, by its OID. */
@Timeout(600)
class FunctionCallTest {
    /** Not of XML and rows: of those SQL's refusal is of the value. A NULL has no type where there are no values of it. */
    private static final String FUNCTIONS = """
            SELECT p.oid::int, pronargs,
                   format('SELECT %I.%I(%s)', pronamespace::regnamespace::text, proname,
                          (SELECT string_agg(CASE typtype WHEN 'p' THEN 'NULL' ELSE 'NULL::' || format_type(t.oid, NULL) END, ', ' ORDER BY place)
                             FROM unnest(proargtypes) WITH ORDINALITY AS a (type, place) JOIN pg_type t ON t.oid = type))
              FROM pg_proc p WHERE prokind = 'f' AND NOT proretset AND NOT ('xml'::regtype = ANY (proargtypes) OR 'record'::regtype = ANY (proargtypes))
             ORDER BY 1""";

    /** One with NULLs, which most functions are not even called for. */
    private record Call(int oid, int arguments, String sql) {
        Scene.Step step() {
            String[] nulls = new String[arguments];
            return client -> client.call(oid, nulls);
        }
    }

    @Test
    void reachesNoFunctionThatSqlRefuses(@TempDir Path folder) throws IOException, SQLException {
        try (Twins twins = Twins.ofSample(folder, UnaryOperator.identity())) {
            List<Call> functions = functions(twins);
            assertThat(functions).hasSizeGreaterThan(2000);
            try (Pair pair = twins.enter("maker")) {
                List<Call> reached = functions.stream()
                        .filter(call -> !play(pair, call.step()).isRefused())
                        .toList();
                assertThat(reached).hasSizeGreaterThan(100);
                assertThat(reached.stream()
                                .map(Call::sql)
                                .filter(sql -> play(pair, Scene.query(sql)).isRefused()))
                        .isEmpty();
            }
        }
    }

    private static Comparison play(Pair pair, Scene.Step step) {
        return pair.play(new Scene(List.of(step), true));
    }

    private static List<Call> functions(Twins twins) throws SQLException {
        List<Call> functions = new ArrayList<>();
        try (Connection connection = twins.direct();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(FUNCTIONS)) {
            while (result.next()) {
                functions.add(new Call(result.getInt(1), result.getInt(2), result.getString(3)));
            }
        }
        return functions;
    }
}
