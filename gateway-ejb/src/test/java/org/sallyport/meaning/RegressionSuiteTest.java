package org.sallyport.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.sallyport.sql.Corpus;
import org.sallyport.sql.QueryText;
import org.sallyport.sql.SqlReader;

/**
 * PostgreSQL's regression suite as a witness: each query of it is put to the reader, in the session, before it runs. What share of
 * those that the server then takes got its meaning is printed, and what the rest had against it.
 */
@EnabledIfSystemProperty(named = "sallyport.corpus", matches = ".+")
class RegressionSuiteTest {
    private final Map<String, Tally> tallies = new TreeMap<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final List<Long> micros = new ArrayList<>();

    /** Of one kind of statement. */
    private static final class Tally {
        private int accepted;
        private int answered;
    }

    @Test
    void queriesThatTheServerTakesHaveAMeaning() throws IOException, SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            for (List<String> statements : Corpus.inOrder().values()) {
                run(postgres, statements);
            }
        }
        print();
        int accepted =
                tallies.values().stream().mapToInt(tally -> tally.accepted).sum();
        int answered =
                tallies.values().stream().mapToInt(tally -> tally.answered).sum();
        assertThat(answered / (double) accepted).isGreaterThan(0.995);
    }

    private void run(EmbeddedPostgres postgres, List<String> statements) throws SQLException {
        Connection connection = postgres.getPostgresDatabase().getConnection();
        try {
            for (String sql : statements) {
                if (connection.isClosed()) {
                    connection = postgres.getPostgresDatabase().getConnection();
                }
                run(connection, sql);
            }
        } finally {
            connection.close();
        }
    }

    private void run(Connection connection, String sql) throws SQLException {
        List<QueryText> queries = SqlReader.queries(sql, List.of());
        String untold = "";
        boolean asked = queries.size() == 1 && isWhole(queries.get(0), sql);
        if (asked) {
            long begun = System.nanoTime();
            try {
                new Reader(connection).ask(question(queries.get(0)));
                micros.add((System.nanoTime() - begun) / 1000);
            } catch (Unanswered e) {
                untold = e.getMessage() + " " + cause(e);
            } catch (SQLException e) {
                untold = "lost: " + e.getSQLState() + " " + e.getMessage();
            }
        }
        boolean runs =
                !sql.toLowerCase(Locale.ROOT).matches("(?s).*(\\bstdin\\b|\\bstdout\\b|pg_sleep|infinite_recurse).*");
        if (runs && taken(connection, sql) && asked) {
            String kind = sql.strip().split("\\W", 2)[0].toUpperCase(Locale.ROOT);
            Tally tally = tallies.computeIfAbsent(kind, unused -> new Tally());
            tally.accepted++;
            if (untold.isEmpty()) {
                tally.answered++;
            } else {
                reasons.merge(untold, 1, Integer::sum);
                System.out.println("UNTOLD " + untold + " :: " + sql.replace('\n', ' '));
            }
        }
    }

    /** Only a PREPARE says by itself what its parameters are. */
    private static boolean isWhole(QueryText query, String sql) {
        return query.types().isEmpty() || SqlReader.read(sql).kinds().contains("PREPARE");
    }

    private static Question question(QueryText query) {
        return new Question(query.text(), query.types(), query.named(), query.places(), query.apart(), List.of());
    }

    private static String cause(Unanswered e) {
        Throwable cause = e.getCause();
        return cause == null
                ? ""
                : String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    private static boolean taken(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setQueryTimeout(10);
            statement.execute(sql);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private void print() {
        tallies.forEach((kind, tally) -> System.out.printf(
                "| %s | %d | %d | %.2f %% |%n",
                kind, tally.accepted, tally.answered, 100.0 * tally.answered / tally.accepted));
        long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.println(
                "median " + sorted[sorted.length / 2] + " µs, 99th percentile " + sorted[sorted.length * 99 / 100]
                        + " µs, of " + Arrays.stream(sorted).count());
        reasons.forEach((reason, count) -> System.out.println(count + " " + reason));
    }
}
