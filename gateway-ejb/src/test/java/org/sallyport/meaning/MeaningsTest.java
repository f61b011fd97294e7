package org.sallyport.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sallyport.record.TestPostgres;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeaningsTest {
    private final EmbeddedPostgres postgres = TestPostgres.start();
    private final ExecutorService executor = Executors.newFixedThreadPool(8);
    private final AtomicInteger opened = new AtomicInteger();
    private Meanings meanings = asking("postgres");

    private Meanings asking(String database) {
        return new Meanings(
                connection -> {
                    opened.incrementAndGet();
                    return postgres.getDatabase("agent", database).getConnection();
                },
                executor);
    }

    @BeforeAll
    void prepare() throws SQLException {
        execute("create role agent login");
        execute("create database closed");
        execute("revoke temporary on database closed from public");
        execute("create table orders (id int)");
        execute("grant select on orders to agent");
    }

    @AfterEach
    void again() {
        meanings.close();
        opened.set(0);
        meanings = asking("postgres");
    }

    @AfterAll
    void stop() throws IOException {
        executor.shutdownNow();
        postgres.close();
    }

    private void execute(String sql) throws SQLException {
        try (Connection owner = postgres.getPostgresDatabase().getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private Answer ask(String sql, long catalog) {
        return meanings.of("shop", catalog, new Question(sql, List.of())).join();
    }

    @Test
    void aQuestionIsAskedOnceForEachCatalog() throws SQLException {
        assertThat(ask("SELECT id FROM orders", 1).meaning()).isPresent();
        execute("alter table orders rename to orders_of_old");
        try {
            assertThat(ask("SELECT id FROM orders", 1).meaning()).isPresent();
            assertThat(ask("SELECT id FROM orders", 2)).isEqualTo(Answer.untold(true));
        } finally {
            execute("alter table orders_of_old rename to orders");
        }
        assertThat(opened).hasValue(1);
    }

    @Test
    void manyWhoAskAtOnceShareFewConnections() {
        List<CompletableFuture<Answer>> answers = IntStream.range(0, 200)
                .mapToObj(
                        i -> meanings.of("shop", 1, new Question("SELECT id + " + i % 50 + " FROM orders", List.of())))
                .toList();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().meaning()).isPresent());
        assertThat(opened.get()).isBetween(1, 4);
    }

    @Test
    void aConnectionThatTheServerHasEndedIsReplaced() throws SQLException {
        ask("SELECT 1", 1);
        execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'agent'");

        assertThat(ask("SELECT 2", 1).meaning()).isPresent();
        assertThat(opened).hasValue(2);
    }

    /** The text decides then; nobody is asked again for every statement. */
    @Test
    void aServerThatCannotAnswerIsLeftAlone() {
        meanings = asking("closed");

        assertThat(ask("SELECT 1", 1)).isEqualTo(Answer.untold(true));
        assertThat(ask("SELECT 2", 1)).isEqualTo(Answer.untold(true));
        assertThat(opened).hasValue(1);
    }
}
