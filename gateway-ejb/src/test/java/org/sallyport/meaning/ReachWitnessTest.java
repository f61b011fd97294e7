package org.sallyport.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.sallyport.sql.Corpus;
import org.sallyport.sql.QueryText;
import org.sallyport.sql.SqlReader;

/**
 * PostgreSQL's regression suite as a witness: what each query of it really locks, its children, rules, triggers and cascades included,
 * it was said to reach, and its columns come from where they were said to come from.
 */
@EnabledIfSystemProperty(named = "sallyport.corpus", matches = ".+")
class ReachWitnessTest {
    private final LockWitness.Findings findings = new LockWitness.Findings();

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void nothingIsLockedThatWasNotSaidToBeReached() throws IOException, SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            for (List<String> statements : Corpus.inOrder().values()) {
                run(postgres, statements);
            }
        }
        findings.counts.forEach((what, count) -> System.out.println(count + " " + what));
        assertThat(findings.counts.get("locks")).isGreaterThan(1000);
        assertThat(findings.counts.get("columns of a relation")).isGreaterThan(1000);
        assertThat(findings.misses).isEmpty();
    }

    private void run(EmbeddedPostgres postgres, List<String> statements) throws SQLException {
        Connection connection = postgres.getPostgresDatabase().getConnection();
        LockWitness witness = new LockWitness(connection, findings);
        try {
            for (String sql : statements) {
                if (connection.isClosed()) {
                    connection = postgres.getPostgresDatabase().getConnection();
                    witness = new LockWitness(connection, findings);
                }
                run(connection, witness, sql);
            }
        } finally {
            connection.close();
        }
    }

    private static void run(Connection connection, LockWitness witness, String sql) throws SQLException {
        if (sql.toLowerCase(Locale.ROOT).matches("(?s).*(\\bstdin\\b|\\bstdout\\b|pg_sleep|infinite_recurse).*")) {
            return;
        }
        Optional<Meaning> meaning = meaning(connection, sql);
        try {
            if (meaning.isPresent()) {
                witness.run(sql, meaning.get());
                return;
            }
            witness.forget();
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.setQueryTimeout(10);
                statement.execute(sql);
            }
        } catch (SQLException refused) {
            witness.forget();
        }
    }

    private static Optional<Meaning> meaning(Connection connection, String sql) {
        List<QueryText> queries = SqlReader.queries(sql, List.of());
        if (queries.size() != 1 || !queries.get(0).types().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Reader(connection).ask(new Question(queries.get(0).text(), List.of())));
        } catch (Unanswered | SQLException e) {
            return Optional.empty();
        }
    }
}
