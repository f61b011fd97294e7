package org.sallyport.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.journal.Chain;
import org.sallyport.journal.Seal;

/** What happened in a session, how much left, and rows that can be checked by whoever has them; on a real PostgreSQL. */
class TimelineTest {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00.000001Z");
    private static final UUID SESSION = new UUID(1, 1);
    private static final UUID OTHER = new UUID(1, 2);
    private static final UUID JOURNAL = new UUID(2, 2);
    private static final UUID APPROVED = new UUID(3, 1);
    private static final UUID WAITING = new UUID(3, 2);

    private static TestStore store;

    @BeforeAll
    static void fill() throws IOException, SQLException {
        store = new TestStore();
        List<Object> rows = List.of(
                session(SESSION, "ada", "shop"),
                // Pipelined: the second is asked before the first is done.
                statement(SESSION, 1, 1, 2, Optional.empty(), Optional.empty(), List.of("pii.ssn")),
                statement(SESSION, 2, 2, 3, Optional.empty(), Optional.of("42501"), List.of("pii.ssn", "pii.email")),
                outcome(SESSION, 1, 4, 10, 1000),
                statement(SESSION, 3, 5, 9, Optional.of(APPROVED), Optional.empty(), List.of()),
                outcome(SESSION, 3, 10, 1, 50),
                session(OTHER, "bob", "shop"),
                statement(OTHER, 1, 6, 6, Optional.empty(), Optional.empty(), List.of("pii.ssn")),
                outcome(OTHER, 1, 7, 2, 5000),
                new SessionEndRecord(SESSION, at(20), "TERMINATED"));
        List<Carried<?>> carried = new ArrayList<>();
        for (Object row : rows) {
            byte[] salt = new byte[16];
            salt[0] = (byte) carried.size();
            carried.add(new Carried<>(
                    carried.size() + 1L, new Seal(salt, new Chain().commitment(salt, encode(row))), row));
        }
        store.take(new Shipment(JOURNAL, 0, new Shipped(carried.size(), new byte[32]), carried));
        approval(APPROVED, 6, "approved", "'dana', 'fine', '" + at(8) + "'");
        approval(WAITING, 11, "pending", "NULL, NULL, NULL");
    }

    private static byte[] encode(Object row) {
        if (row instanceof SessionRecord session) {
            return RecordFormat.encode(session);
        } else if (row instanceof StatementRecord statement) {
            return RecordFormat.encode(statement);
        }
        return row instanceof OutcomeRecord outcome
                ? RecordFormat.encode(outcome)
                : RecordFormat.encode((SessionEndRecord) row);
    }

    private static void approval(UUID id, int held, String state, String decision) throws SQLException {
        try (Connection connection = store.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO approval (id, node, life, session_id, requester, requester_groups, connection, guardrail,"
                            + " reason, approver_groups, statement, parameters, kinds, relations, policy_version, held_at, expires_at, state,"
                            + " decided_by, decision_reason, decided_at) VALUES ('" + id
                            + "', 'n', gen_random_uuid(), '" + SESSION
                            + "', 'ada', '{}', 'shop', 'mass-change', 'look', '{dba,ops}', 'DELETE', '{}', '{}', '{}', '0', '"
                            + at(held)
                            + "', '" + at(99) + "', '" + state + "', " + decision + ")");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        store.close();
    }

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }

    private static SessionRecord session(UUID id, String identity, String connection) {
        return new SessionRecord(
                id,
                new SessionRecord.Caller(identity, Set.of("agents")),
                connection,
                "127.0.0.1:1",
                START,
                new SessionRecord.Versions("0", "0"));
    }

    private static StatementRecord statement(
            UUID session,
            long number,
            int asked,
            int decided,
            Optional<UUID> approval,
            Optional<String> refused,
            List<String> labels) {
        return new StatementRecord(
                new StatementKey(session, number),
                new StatementRecord.Asked("QUERY", "SELECT " + number, List.of(), at(asked)),
                new StatementRecord.Decided(
                        List.of("SELECT"), "rule", "0", approval.map(StatementRecord.Held::new), refused, at(decided)),
                new StatementRecord.Touched(List.of(), labels));
    }

    private static OutcomeRecord outcome(UUID session, long number, int completed, long rows, long bytes) {
        return new OutcomeRecord(
                session,
                new StatementOutcome(number, "SELECT", Optional.empty(), rows, bytes, Duration.ZERO),
                at(completed));
    }

    private static <T> List<T> ask(Function<Chronicle, List<T>> question) {
        return store.factory().callInTransaction(entities -> question.apply(new Chronicle(entities, patience -> true)));
    }

    @Test
    void tellsASessionInTheOrderOfItsTimes() {
        List<SessionEvent> events = ask(chronicle -> chronicle.timeline(SESSION, Optional.empty(), 100));

        assertThat(events)
                .extracting(event -> event.kind() + " "
                        + event.statement().map(RecordedStatement::number).orElse(0L))
                .containsExactly(
                        "STARTED 0",
                        "ASKED 1",
                        "DECIDED 1",
                        "ASKED 2",
                        "DECIDED 2",
                        "COMPLETED 1",
                        "ASKED 3",
                        "HELD 3",
                        "CLOSED 3",
                        "DECIDED 3",
                        "COMPLETED 3",
                        "HELD 0",
                        "ENDED 0");
        assertThat(events).extracting(event -> event.position().at()).isSorted();
        assertThat(events.get(8).approval().orElseThrow().decidedBy()).contains("dana");
        assertThat(events.get(11).approval().map(RecordedApproval::id)).contains(WAITING);
        assertThat(ask(chronicle -> chronicle.timeline(new UUID(9, 9), Optional.empty(), 100)))
                .isEmpty();
    }

    @Test
    void goesOnWhereAPageEnded() {
        List<SessionEvent> all = ask(chronicle -> chronicle.timeline(SESSION, Optional.empty(), 100));
        for (int size = 1; size < all.size(); size++) {
            int limit = size;
            List<SessionEvent> paged = new ArrayList<>();
            List<SessionEvent> page = ask(chronicle -> chronicle.timeline(SESSION, Optional.empty(), limit));
            while (!page.isEmpty()) {
                paged.addAll(page);
                String next = page.get(page.size() - 1).position().words();
                page = ask(chronicle -> chronicle.timeline(SESSION, Position.read(next), limit));
            }
            assertThat(paged).isEqualTo(all);
        }
    }

    @Test
    void addsUpWhatLeft() {
        assertThat(ask(chronicle -> chronicle.totals(Total.By.IDENTITY, START, at(100), 10)))
                .containsExactly(new Total("bob", 1, 0, 2, 5000), new Total("ada", 3, 1, 11, 1050));
        assertThat(ask(chronicle -> chronicle.totals(Total.By.CONNECTION, START, at(100), 10)))
                .containsExactly(new Total("shop", 4, 1, 13, 6050));
        assertThat(ask(chronicle -> chronicle.totals(Total.By.LABEL, START, at(100), 10)))
                .containsExactly(new Total("pii.ssn", 3, 1, 12, 6000), new Total("pii.email", 1, 1, 0, 0));
        assertThat(ask(chronicle -> chronicle.totals(Total.By.IDENTITY, at(2), at(6), 10)))
                .containsExactly(new Total("ada", 2, 1, 1, 50));
        assertThat(ask(chronicle -> chronicle.totals(Total.By.IDENTITY, START, at(100), 1)))
                .hasSize(1);
    }

    @Test
    void givesRowsThatCanBeCheckedByWhoeverHasThem() {
        List<Exported> rows = Stream.of(
                        ask(chronicle -> chronicle.exported(SESSION)),
                        ask(chronicle -> chronicle.exported(SESSION, 0, 2)),
                        ask(chronicle -> chronicle.exported(SESSION, 2, 2)))
                .flatMap(List::stream)
                .toList();

        assertThat(rows).extracting(each -> each.place().sequence()).containsExactly(1L, 10L, 2L, 4L, 3L, 5L, 6L);
        assertThat(rows).allSatisfy(each -> {
            assertThat(each.place().journal()).isEqualTo(JOURNAL);
            assertThat(new Chain().commitment(each.place().salt(), encode(each.row())))
                    .isEqualTo(each.place().commitment());
        });
    }
}
