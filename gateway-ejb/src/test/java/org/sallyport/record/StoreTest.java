package org.sallyport.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sallyport.contract.ResultChunk;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.journal.Seal;
import org.sallyport.record.SessionRecord.Caller;
import org.sallyport.record.SessionRecord.Versions;
import org.sallyport.record.StatementRecord.Asked;
import org.sallyport.record.StatementRecord.Decided;

/** Migrations, entities and queries on a real PostgreSQL. */
class StoreTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123456Z");

    private static TestStore store;

    @BeforeAll
    static void start() throws IOException {
        store = new TestStore();
    }

    @AfterAll
    static void stop() throws IOException {
        store.close();
    }

    @Test
    void migratesAgainWithoutChange() {
        StoreSchema.migrate(store.dataSource());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SQL_ASCII", "LATIN1"})
    void aStoreThatIsNotInUtf8IsNone(String encoding) throws SQLException {
        String url = store.url().replace("/postgres?", "/" + encoding.toLowerCase(Locale.ROOT) + "?");
        try (Connection connection = store.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + encoding + " ENCODING '" + encoding
                    + "' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        }
        PGSimpleDataSource other = new PGSimpleDataSource();
        other.setUrl(url);

        assertThatThrownBy(() -> StoreSchema.requireUtf8(other))
                .hasMessage("the store's database must be in UTF8, and is in " + encoding);
        StoreSchema.requireUtf8(store.dataSource());
    }

    @Test
    void readsASessionBack() {
        UUID id = UUID.randomUUID();
        write(session(id));

        assertThat(readSession(id))
                .contains(new RecordedSession(
                        id,
                        "reporting-agent",
                        List.of("eu", "reporting"),
                        "shop",
                        "127.0.0.1:4711",
                        NOW,
                        Optional.empty(),
                        "0.1",
                        "abc"));
        write(new SessionEndRecord(id, NOW.plusSeconds(1), "TERMINATED"));
        assertThat(readSession(id).orElseThrow().end())
                .contains(new RecordedSession.End(NOW.plusSeconds(1), "TERMINATED"));
    }

    @Test
    void readsStatementsBackInOrderWithTheirOutcomes() {
        UUID id = UUID.randomUUID();
        var held = new StatementRecord.Held(UUID.randomUUID(), Optional.of("dana"), Optional.of("not today"));
        write(session(id));
        write(
                statement(id, 2, Optional.of(held), Optional.of("42501")),
                statement(id, 1, Optional.empty(), Optional.empty()));
        write(outcome(id, 1));

        List<RecordedStatement> statements = readStatements(id, new Page(0, 10));

        assertThat(statements).extracting(RecordedStatement::number).containsExactly(1L, 2L);
        assertThat(statements.get(0).verdict()).isEqualTo("PERMIT");
        assertThat(statements.get(0).touched().relations()).containsExactly("public.customers", "public.o'r,d{e\\rs");
        assertThat(statements.get(0).touched().labels()).containsExactly("pii.ssn");
        assertThat(statements.get(0).parameters()).containsExactly("7", null, "\\x00");
        assertThat(statements.get(0).outcome())
                .contains(new RecordedStatement.Outcome(
                        "SELECT 3",
                        Optional.empty(),
                        3,
                        96,
                        Map.of("card", 2L, "staff-id", 1L),
                        Duration.ofMillis(5),
                        NOW.plusSeconds(2)));
        assertThat(statements.get(1).verdict()).isEqualTo("DENY");
        assertThat(statements.get(1).held()).contains(held);
        assertThat(statements.get(1).outcome()).isEmpty();
        assertThat(readStatements(id, new Page(1, 1)))
                .extracting(RecordedStatement::number)
                .containsExactly(2L);
    }

    /** Two hundred of the longest would fill the heap. */
    @Test
    void cutsWhatIsLongOnceAPageIsFull() {
        UUID id = UUID.randomUUID();
        String longest = "SELECT '" + "é".repeat(Transcript.LONGEST_TEXT - 9) + "'";
        List<@Nullable String> parameters = Collections.nCopies(65_535, "");
        write(session(id));
        for (int number = 1; number <= 30; number++) {
            write(statement(id, number, longest, List.of("x".repeat(2000), "y")));
        }
        write(statement(id, 31, "SELECT $1", parameters), statement(id, 32, "SELECT 2", List.of()));

        for (List<RecordedStatement> page : List.of(readStatements(id, new Page(0, 200)), findStatements(200))) {
            assertThat(page).hasSizeGreaterThanOrEqualTo(32);
            assertThat(page.stream()
                            .mapToLong(statement -> statement.text().length())
                            .sum())
                    .isLessThan(2 * 1024 * 1024 + 40 * 1100);
            assertThat(page.stream().mapToLong(each -> each.parameters().size()).sum())
                    .isLessThan(65_535);
            assertThat(of(page, 32).text()).isEqualTo("SELECT 2");
            assertThat(of(page, 31).text()).isEqualTo("SELECT $1");
            assertThat(of(page, 31).parameters()).hasSize(1025).last().isEqualTo("[… 65535 parameters]");
        }
        RecordedStatement cut = of(readStatements(id, new Page(0, 200)), 30);
        assertThat(cut.text()).isEqualTo(longest.substring(0, 1024) + " [… " + longest.length() + " characters]");
        assertThat(cut.parameters()).containsExactly("[… 2 parameters]");
        assertThat(readStatements(id, new Page(29, 1)).get(0).text()).isEqualTo(longest);
        assertThat(readStatements(id, new Page(30, 1)).get(0).parameters()).isEqualTo(parameters);
    }

    private static RecordedStatement of(List<RecordedStatement> page, long number) {
        return page.stream()
                .filter(statement -> statement.number() == number)
                .findFirst()
                .orElseThrow();
    }

    private static List<RecordedStatement> findStatements(int size) {
        return store
                .factory()
                .callInTransaction(entities ->
                        new Chronicle(entities, patience -> true).findStatements(Search.ALL, Optional.empty(), size))
                .stream()
                .map(FoundStatement::statement)
                .toList();
    }

    @Test
    void readsResultsBackPageByPage() {
        UUID id = UUID.randomUUID();
        byte[] row = {'D', 0, 0, 0, 11, 0, 1, 0, 0, 0, 1, 'x'};
        write(session(id), statement(id, 1, Optional.empty(), Optional.empty()));
        for (int number = 1; number <= 70; number++) {
            write(new ResultChunkRecord(id, new ResultChunk(1, number, number, number * 12L, row), NOW));
        }
        write(new ResultChunkRecord(id, new ResultChunk(1, 71, 70, 70 * 12, new byte[] {'C', 0, 0, 0, 5, 0}), NOW));
        write(new ResultChunkRecord(id, new ResultChunk(2, 1, 1, 12, row), NOW));

        assertThat(results(id, 1, 0, 60).next()).contains(60);
        assertThat(results(id, 1, 60, 60).next()).isEmpty();
        assertThat(results(id, 1, 60, 60).cut()).isFalse();
        assertThat(results(id, 1, 60, 60).results())
                .singleElement()
                .satisfies(result -> assertThat(result.rows()).hasSize(10).containsOnly(List.of("x")));
        assertThat(results(id, 2, 0, 60).cut()).isTrue();
        assertThat(results(id, 3, 0, 60).results()).isEmpty();
        assertThatThrownBy(() -> results(id, 1, -1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static RecordedResults results(UUID session, long number, int first, int size) {
        return store.factory()
                .callInTransaction(
                        entities -> new Chronicle(entities, patience -> true).results(session, number, first, size));
    }

    @Test
    void takesAShipmentOnceOnly() {
        UUID journal = UUID.randomUUID();
        UUID id = UUID.randomUUID();
        Shipment first = new Shipment(journal, 0, through(2), carried(1, session(id), outcome(id, 1)));
        store.take(first);

        assertThatThrownBy(() -> store.take(first)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.take(new Shipment(journal, 3, through(4), carried(4, outcome(id, 2)))))
                .isInstanceOf(IllegalStateException.class);

        assertThat(store.shipped(journal)).usingRecursiveComparison().isEqualTo(through(2));
        assertThat(store.shipped(UUID.randomUUID())).isSameAs(Shipped.NOTHING);
    }

    @Test
    void takesAllOfAShipmentOrNothing() {
        UUID journal = UUID.randomUUID();
        UUID id = UUID.randomUUID();

        assertThatThrownBy(() -> store.take(
                        new Shipment(journal, 0, through(3), carried(1, session(id), outcome(id, 1), outcome(id, 1)))))
                .satisfies(failure -> assertThat(StoreFailure.isOfRows(failure)).isTrue());

        assertThat(readSession(id)).isEmpty();
        assertThat(store.shipped(journal)).isSameAs(Shipped.NOTHING);
    }

    /** Such a table is mended, and takes the rows then: they are no strays. */
    @Test
    void tellsBadRowsFromATableThatIsNotThere() {
        assertThat(StoreFailure.isOfRows(new IllegalStateException(new SQLException("gone", "42P01"))))
                .isFalse();
        assertThat(StoreFailure.isOfRows(new IllegalStateException(new SQLException("closed", "42501"))))
                .isFalse();
        assertThat(StoreFailure.isOfRows(new IllegalStateException(new SQLException("NUL", "22021"))))
                .isTrue();
    }

    @Test
    void refusesToChangeTheRecord() throws SQLException {
        write(session(UUID.randomUUID()));
        try (Connection connection = store.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String change : List.of(
                    "UPDATE session SET identity = 'x'",
                    "DELETE FROM statement",
                    "TRUNCATE outcome",
                    "UPDATE result_chunk SET content = ''",
                    "TRUNCATE session CASCADE",
                    "UPDATE session_other SET identity = 'x'",
                    "DELETE FROM " + today("statement"),
                    "TRUNCATE " + today("outcome"),
                    "UPDATE checkpoint SET covered = 1",
                    "DELETE FROM purge",
                    "TRUNCATE legal_hold",
                    "DELETE FROM purged",
                    "UPDATE access_grant SET until = 'infinity'",
                    "SET sallyport.purging = 'on'; DELETE FROM purged",
                    "SET sallyport.purging = 'on'; TRUNCATE session_other",
                    "SET sallyport.purging = 'on'; DELETE FROM session",
                    "RESET sallyport.purging; DELETE FROM journal")) {
                assertThatThrownBy(() -> statement.execute(change)).hasMessageContaining("never changed");
            }
        }
    }

    @Test
    void letsTheGatewaysRoleAddAndNothingElse() throws SQLException {
        try (Connection connection = store.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE \"a gateway\"");
            StoreGrants.give(store.dataSource(), "a gateway");
            statement.execute("SET ROLE \"a gateway\"");

            UUID id = UUID.randomUUID();
            UUID journal = UUID.randomUUID();
            Rows rows = new Rows(connection);
            rows.add(new Shipment(
                    journal,
                    0,
                    through(4),
                    carried(
                            1,
                            session(id),
                            statement(id, 1, Optional.empty(), Optional.empty()),
                            outcome(id, 1),
                            new SessionEndRecord(id, NOW, "TERMINATED"))));
            rows.add(new Shipment(
                    journal,
                    4,
                    through(7),
                    carried(
                            5,
                            TestRetention.purge("shop"),
                            TestRetention.hold("shop"),
                            TestRetention.grant("agent", NOW))));
            rows.addStray(new Shipment(journal, 7, through(8), carried(8, new byte[] {1})), "a test");
            assertThat(Rows.shipped(connection, journal).sequence()).isEqualTo(8);

            for (String change : List.of(
                    "UPDATE session SET identity = 'x'",
                    "DELETE FROM statement",
                    "TRUNCATE outcome",
                    "DELETE FROM result_chunk",
                    "UPDATE checkpoint SET covered = 1",
                    "DELETE FROM stray_record",
                    "UPDATE journal SET id = gen_random_uuid()",
                    "DELETE FROM journal",
                    "ALTER TABLE statement DISABLE TRIGGER ALL",
                    "DROP TABLE session_end",
                    "DROP TABLE " + today("outcome"),
                    "ALTER TABLE session DETACH PARTITION session_other",
                    "INSERT INTO session_other SELECT * FROM session",
                    "SELECT * FROM " + today("statement"),
                    "SELECT add_days(1)",
                    "UPDATE legal_hold SET act = 'release'",
                    "UPDATE access_grant SET until = 'infinity'",
                    "DELETE FROM access_grant WHERE act <> 'grant'",
                    "DELETE FROM purge",
                    "INSERT INTO purged VALUES (gen_random_uuid(), 1, '', gen_random_uuid())",
                    "INSERT INTO purge_done VALUES (gen_random_uuid())",
                    "SELECT plan_purge(NULL, NULL, now(), false)",
                    "SELECT carry_out_purge(gen_random_uuid())",
                    "SET sallyport.purging = 'on'; DELETE FROM session_other",
                    "SET sallyport.purging = 'on'; DELETE FROM session",
                    "SELECT * FROM flyway_schema_history")) {
                assertThatThrownBy(() -> statement.execute(change))
                        .as(change)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                refused -> assertThat(refused.getSQLState()).isEqualTo("42501"))
                        .hasMessageNotContaining("never changed");
            }
        }
    }

    /** Whatever the application thinks. */
    @Test
    void takesNoGrantOfSomebodyToThemselves() {
        for (String identity : List.of("dana", " Dana", "DANA")) {
            assertThatThrownBy(() -> write(TestRetention.grant(identity, NOW)))
                    .satisfies(failure ->
                            assertThat(StoreFailure.isOfRows(failure)).isTrue());
        }
    }

    private static String today(String table) {
        return table + DateTimeFormatter.ofPattern("_yyyy_MM_dd").format(LocalDate.now(ZoneOffset.UTC));
    }

    private static SessionRecord session(UUID id) {
        return new SessionRecord(
                id,
                new Caller("reporting-agent", Set.of("reporting", "eu")),
                "shop",
                "127.0.0.1:4711",
                NOW,
                new Versions("0.1", "abc"));
    }

    private static StatementRecord statement(
            UUID session, long number, Optional<StatementRecord.Held> held, Optional<String> refused) {
        return new StatementRecord(
                new StatementKey(session, number),
                new Asked("EXECUTE", "SELECT 1", Arrays.asList("7", null, "\\x00"), NOW),
                new Decided(List.of("SELECT"), "reporting", "abc", held, refused, NOW.plusMillis(1)),
                new StatementRecord.Touched(List.of("public.customers", "public.o'r,d{e\\rs"), List.of("pii.ssn")));
    }

    private static StatementRecord statement(
            UUID session, long number, String text, List<@Nullable String> parameters) {
        return new StatementRecord(
                new StatementKey(session, number),
                new Asked("EXECUTE", text, parameters, NOW.plusMillis(number)),
                new Decided(
                        List.of("SELECT"),
                        "reporting",
                        "abc",
                        Optional.empty(),
                        Optional.empty(),
                        NOW.plusMillis(number)));
    }

    private static OutcomeRecord outcome(UUID session, long number) {
        return new OutcomeRecord(
                session,
                new StatementOutcome(
                        number,
                        "SELECT 3",
                        Optional.empty(),
                        3,
                        96,
                        Map.of("card", 2L, "staff-id", 1L),
                        Duration.ofMillis(5)),
                NOW.plusSeconds(2));
    }

    private static Shipped through(long sequence) {
        return new Shipped(sequence, new byte[] {(byte) sequence, 2, 3});
    }

    /** As if they were a journal's records from {@code first} on. */
    private static List<Carried<?>> carried(long first, Object... rows) {
        List<Carried<?>> carried = new ArrayList<>();
        for (Object row : rows) {
            carried.add(new Carried<>(first + carried.size(), new Seal(new byte[16], new byte[32]), row));
        }
        return carried;
    }

    private static void write(Object... rows) {
        store.take(new Shipment(UUID.randomUUID(), 0, through(rows.length), carried(1, rows)));
    }

    private static Optional<RecordedSession> readSession(UUID id) {
        return store.factory().callInTransaction(entities -> new Chronicle(entities, patience -> true).session(id));
    }

    private static List<RecordedStatement> readStatements(UUID session, Page page) {
        return store.factory()
                .callInTransaction(entities -> new Chronicle(entities, patience -> true).statements(session, page));
    }
}
