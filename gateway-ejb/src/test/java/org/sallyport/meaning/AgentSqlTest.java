package org.sallyport.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.record.TestPostgres;
import org.sallyport.sql.AgentSql;
import org.sallyport.sql.QueryText;
import org.sallyport.sql.Reading;
import org.sallyport.sql.Script;
import org.sallyport.sql.SqlReader;
import org.sallyport.sql.Statement;
import org.sallyport.sql.StatementKinds;

/**
 * What agents' tools really write: the server says what every query means, the gateway's own readers what the rest is. Prints the
 * table of docs/sql-coverage.md, and what the readers do not understand. LexerWitnessTest has the splitting of the same texts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentSqlTest {
    private final EmbeddedPostgres postgres = TestPostgres.start();
    private final Map<String, Tally> tallies = new TreeMap<>();
    private final Map<String, Integer> unread = new TreeMap<>();

    /** Of one tool, or of all. */
    private record Tally(int statements, int queries, int answered, int others, int read) {
        private Tally plus(Tally more) {
            return new Tally(
                    statements + more.statements,
                    queries + more.queries,
                    answered + more.answered,
                    others + more.others,
                    read + more.read);
        }

        private String row(String tool) {
            return "| %s | %d | %d | %d | %d | %d |".formatted(tool, statements, queries, answered, others, read);
        }
    }

    static List<AgentSql> tools() throws IOException {
        return AgentSql.read();
    }

    @Test
    void thereAreEnoughOfThem() throws IOException {
        assertThat(tools().stream().flatMap(tool -> tool.texts().stream()).distinct())
                .hasSizeGreaterThan(300);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void everyQueryOfTheToolIsAnsweredAndEveryOtherStatementNamed(AgentSql tool) throws SQLException {
        List<String> unanswered = new ArrayList<>();
        Tally tally = new Tally(0, 0, 0, 0, 0);
        try (Connection connection = database(tool)) {
            Reader reader = new Reader(connection);
            for (AgentSql.Text text : tool.texts()) {
                tally = tally.plus(read(reader, text, unanswered));
            }
        }
        tallies.put(tool.tool(), tally);
        assertThat(unanswered).isEmpty();
    }

    private Tally read(Reader reader, AgentSql.Text text, List<String> unanswered) throws SQLException {
        Script script = SqlReader.read(text.sql(), text.types());
        assertThat(script.unreadable()).as(text.sql()).isEmpty();
        assertThat(script.kinds()).as(text.sql()).allMatch(StatementKinds::isKnown);
        Tally tally = new Tally(0, 0, 0, 0, 0);
        boolean defined = false;
        for (Statement statement : script.statements()) {
            if (statement.query().isPresent()) {
                Question question = question(statement.query().get(), text);
                Optional<String> refusal = refusal(reader, question);
                tally = tally.plus(new Tally(1, 1, refusal.isEmpty() ? 1 : 0, 0, 0));
                // The server does not know yet what the text itself defines, and a function's arguments have an end.
                boolean cannotBe = defined || question.types().size() > Question.MOST_PARAMETERS;
                refusal.filter(reason -> !cannotBe).ifPresent(unanswered::add);
            } else {
                tally = tally.plus(new Tally(1, 0, 0, 1, isRead(statement) ? 1 : 0));
            }
            defined |= StatementKinds.defines(statement.kind());
        }
        return tally;
    }

    private static Question question(QueryText query, AgentSql.Text text) {
        return new Question(query.text(), query.types(), query.named(), query.places(), query.apart(), List.of());
    }

    /** What the server says against the question; nothing where it answers. */
    private static Optional<String> refusal(Reader reader, Question question) throws SQLException {
        try {
            reader.ask(question);
            return Optional.empty();
        } catch (Unanswered e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return Optional.of(e.getMessage() + ", " + cause.getMessage() + ": " + question.statement());
        }
    }

    private boolean isRead(Statement statement) {
        if (statement.reading() instanceof Reading.Unreadable unreadable) {
            unread.merge(statement.kind() + ": " + unreadable.reason(), 1, Integer::sum);
            return false;
        }
        return true;
    }

    private Connection database(AgentSql tool) throws SQLException {
        try (Connection owner = postgres.getPostgresDatabase().getConnection();
                java.sql.Statement statement = owner.createStatement()) {
            statement.execute("create database \"" + tool.tool() + "\"");
        }
        Connection connection = postgres.getDatabase("postgres", tool.tool()).getConnection();
        try (java.sql.Statement statement = connection.createStatement()) {
            statement.execute(tool.schema());
        }
        return connection;
    }

    @AfterAll
    void print() throws IOException {
        postgres.close();
        tallies.forEach((tool, tally) -> System.out.println(tally.row(tool)));
        Tally none = new Tally(0, 0, 0, 0, 0);
        System.out.println(tallies.values().stream().reduce(none, Tally::plus).row("all"));
        unread.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .forEach(entry -> System.out.println(entry.getValue() + " " + entry.getKey()));
    }
}
