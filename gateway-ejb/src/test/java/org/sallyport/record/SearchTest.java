package org.sallyport.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.journal.Seal;

/** A search finds what fits and nothing else, page by page, on a real PostgreSQL. */
class SearchTest {
    private static final long SEED = Long.getLong("sallyport.search.seed", System.nanoTime());
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final List<String> IDENTITIES =
            List.of("ada", "bob", "x".repeat(3000) + "1", "x".repeat(3000) + "2");
    private static final List<String> CONNECTIONS = List.of("shop", "bench");
    private static final List<String> RELATIONS = List.of("public.a", "public.b", "other.a", "public.o'd{,}\"d");
    private static final List<String> LABELS = List.of("pii.ssn", "pii.email");
    private static final List<String> RULES = List.of("reporting", "masking", "no-drop-database");
    private static final List<String> STATES = List.of("42501", "22012", "23505");
    private static final List<String> TEXTS =
            List.of("SELECT 100% FROM t", "select a_b", "SELECT axb", "a\\b", "O'Brien", "Ünïcode ☃");

    private static final Random RANDOM = new Random(SEED);
    private static final List<RecordedSession> SESSIONS = new ArrayList<>();
    private static final List<FoundStatement> STATEMENTS = new ArrayList<>();

    private static TestStore store;

    @BeforeAll
    static void fill() throws IOException {
        System.out.println("SearchTest seed " + SEED);
        store = new TestStore();
        add(30, START);
    }

    @AfterAll
    static void stop() throws IOException {
        store.close();
    }

    /** Times that many share: what is told apart by nothing else is told apart by its id. */
    private static Instant time(Instant from) {
        return from.plus(RANDOM.nextInt(20), ChronoUnit.SECONDS);
    }

    private static <T> T any(List<T> values) {
        return values.get(RANDOM.nextInt(values.size()));
    }

    private static List<String> some(List<String> values) {
        return values.stream().filter(value -> RANDOM.nextBoolean()).toList();
    }

    private static void add(int sessions, Instant from) {
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            UUID id = new UUID(RANDOM.nextLong(), RANDOM.nextLong());
            SessionRecord session = new SessionRecord(
                    id,
                    new SessionRecord.Caller(any(IDENTITIES), Set.of()),
                    any(CONNECTIONS),
                    "127.0.0.1:1",
                    time(from),
                    new SessionRecord.Versions("0", "0"));
            rows.add(session);
            Optional<SessionEndRecord> end = RANDOM.nextBoolean()
                    ? Optional.of(new SessionEndRecord(id, time(from), "TERMINATED"))
                    : Optional.empty();
            end.ifPresent(rows::add);
            SESSIONS.add(RecordedSession.of(session, end));
            for (int number = RANDOM.nextInt(8); number > 0; number--) {
                statement(session, number, from, end.isPresent(), rows);
            }
        }
        List<Carried<?>> carried = new ArrayList<>();
        for (Object row : rows) {
            carried.add(new Carried<>(carried.size() + 1L, new Seal(new byte[16], new byte[32]), row));
        }
        store.take(new Shipment(UUID.randomUUID(), 0, new Shipped(carried.size(), new byte[32]), carried));
    }

    private static void statement(SessionRecord session, int number, Instant from, boolean over, List<Object> rows) {
        boolean refused = RANDOM.nextInt(3) == 0;
        StatementRecord statement = new StatementRecord(
                new StatementKey(session.id(), number),
                new StatementRecord.Asked("QUERY", any(TEXTS), List.of(), time(from)),
                new StatementRecord.Decided(
                        List.of("SELECT"),
                        any(RULES),
                        "0",
                        Optional.empty(),
                        refused ? Optional.of(any(STATES)) : Optional.empty(),
                        time(from)),
                new StatementRecord.Touched(some(RELATIONS), some(LABELS)));
        rows.add(statement);
        Optional<OutcomeRecord> outcome = refused || RANDOM.nextBoolean()
                ? Optional.empty()
                : Optional.of(new OutcomeRecord(
                        session.id(),
                        new StatementOutcome(
                                number,
                                "SELECT 1",
                                RANDOM.nextBoolean() ? Optional.of(any(STATES)) : Optional.empty(),
                                1,
                                2,
                                Duration.ZERO),
                        time(from)));
        outcome.ifPresent(rows::add);
        STATEMENTS.add(new FoundStatement(
                session.identity(), session.connection(), RecordedStatement.of(statement, outcome), over));
    }

    /** What is asked for at random, and what fits by the words of the documentation. */
    private record Asked(Search search, Predicate<RecordedSession> sessions, Predicate<FoundStatement> statements) {}

    private static Asked ask(Random random) {
        Map<Criterion, String> wanted = new EnumMap<>(Criterion.class);
        Predicate<RecordedSession> sessions = session -> true;
        Predicate<FoundStatement> statements = found -> true;
        for (Criterion criterion : Criterion.values()) {
            if (random.nextInt(4) != 0) {
                continue;
            }
            String value = any(values(criterion));
            wanted.put(criterion, value);
            if (criterion == Criterion.IDENTITY) {
                sessions = sessions.and(session -> session.identity().equals(value));
            } else if (criterion == Criterion.CONNECTION) {
                sessions = sessions.and(session -> session.connection().equals(value));
            } else {
                statements = statements.and(found -> fits(criterion, value, found.statement()));
            }
        }
        Optional<Instant> from = random.nextInt(3) == 0 ? Optional.of(time(START)) : Optional.empty();
        Optional<Instant> to = random.nextInt(3) == 0 ? Optional.of(time(START)) : Optional.empty();
        return new Asked(new Search(wanted, from, to), sessions, statements);
    }

    private static List<String> values(Criterion criterion) {
        return switch (criterion) {
            case IDENTITY -> IDENTITIES;
            case CONNECTION -> CONNECTIONS;
            case RELATION -> RELATIONS;
            case LABEL -> LABELS;
            case VERDICT -> List.of("PERMIT", "DENY");
            case RULE -> RULES;
            case SQL_STATE -> STATES;
            case TEXT -> List.of("100%", "a_b", "A_B", "\\", "select", "o'b", "☃", "%", "_", "nowhere", ".*");
        };
    }

    private static boolean fits(Criterion criterion, String value, RecordedStatement statement) {
        return switch (criterion) {
            case RELATION -> statement.touched().relations().contains(value);
            case LABEL -> statement.touched().labels().contains(value);
            case VERDICT -> statement.verdict().equals(value);
            case RULE -> statement.rule().equals(value);
            case SQL_STATE ->
                Stream.concat(
                                statement.refusedWith().stream(),
                                statement.outcome().flatMap(RecordedStatement.Outcome::sqlState).stream())
                        .anyMatch(value::equals);
            case TEXT -> statement.text().toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT));
            default -> throw new IllegalStateException(criterion.name());
        };
    }

    private static boolean within(Search search, Instant time) {
        return search.from().filter(time::isBefore).isEmpty()
                && search.to().filter(end -> !time.isBefore(end)).isEmpty();
    }

    @RepeatedTest(150)
    void findsWhatFitsAndNothingElse() {
        Asked asked = ask(RANDOM);
        Search search = asked.search();
        boolean ofStatements = search.wanted().keySet().stream().anyMatch(Criterion::isOfStatement);

        List<FoundStatement> statements = STATEMENTS.stream()
                .filter(found -> asked.sessions().test(session(found)))
                .filter(asked.statements())
                .filter(found -> within(search, found.statement().asked()))
                .sorted(Comparator.comparing((FoundStatement found) -> order(found.position()))
                        .reversed())
                .toList();
        List<UUID> sessions = SESSIONS.stream()
                .filter(asked.sessions())
                .filter(session -> within(search, session.started()))
                .filter(session -> !ofStatements
                        || STATEMENTS.stream()
                                .filter(found -> session(found) == session)
                                .anyMatch(asked.statements()))
                .sorted(Comparator.comparing((RecordedSession session) -> order(session.position()))
                        .reversed())
                .map(RecordedSession::id)
                .toList();

        int size = 1 + RANDOM.nextInt(7);
        assertThat(pages(search, size)).as("seed %d, %s", SEED, search).isEqualTo(statements);
        assertThat(sessionPages(search, size)).as("seed %d, %s", SEED, search).isEqualTo(sessions);
    }

    private static RecordedSession session(FoundStatement found) {
        return SESSIONS.stream()
                .filter(session -> session.id().equals(found.statement().session()))
                .findFirst()
                .orElseThrow();
    }

    /** PostgreSQL's order of uuids is that of their digits. */
    private static String order(Position position) {
        return "%020d %s %06d".formatted(position.at().getEpochSecond(), position.session(), position.number());
    }

    private static List<FoundStatement> pages(Search search, int size) {
        List<FoundStatement> all = new ArrayList<>();
        List<FoundStatement> page = find(search, Optional.empty(), size);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = find(search, after(page.get(page.size() - 1).position()), size);
        }
        return all;
    }

    private static List<UUID> sessionPages(Search search, int size) {
        List<UUID> all = new ArrayList<>();
        List<RecordedSession> page = findSessions(search, Optional.empty(), size);
        while (!page.isEmpty()) {
            page.forEach(session -> all.add(session.id()));
            page = findSessions(search, after(page.get(page.size() - 1).position()), size);
        }
        return all;
    }

    /** As it comes back from whoever asks for the next page. */
    private static Optional<Position> after(Position position) {
        return Optional.of(Position.read(position.words()).orElseThrow());
    }

    private static List<FoundStatement> find(Search search, Optional<Position> after, int size) {
        return store.factory()
                .callInTransaction(
                        entities -> new Chronicle(entities, patience -> true).findStatements(search, after, size));
    }

    private static List<RecordedSession> findSessions(Search search, Optional<Position> after, int size) {
        return store.factory()
                .callInTransaction(entities -> new Chronicle(entities, patience -> true).find(search, after, size));
    }

    /** What was there when the first page was read is seen once, whatever comes meanwhile and wherever it belongs. */
    @Test
    void showsEachOnceWhileOthersAreAdded() {
        List<FoundStatement> before = List.copyOf(STATEMENTS);
        List<FoundStatement> seen = new ArrayList<>();
        List<FoundStatement> page = find(Search.ALL, Optional.empty(), 5);
        while (!page.isEmpty()) {
            seen.addAll(page);
            add(1, START.plusSeconds(RANDOM.nextInt(60) - 20L));
            page = seen.size() > 2000
                    ? List.of()
                    : find(
                            Search.ALL,
                            after(page.get(4 < page.size() ? 4 : page.size() - 1)
                                    .position()),
                            5);
        }

        assertThat(seen).as("seed %d", SEED).doesNotHaveDuplicates().containsAll(before);
    }

    @Test
    void readsNoPositionThatItDidNotWrite() {
        for (String words : List.of(
                "", "1.2.3", "x", "9999999999999999999." + new UUID(0, 0) + ".1", "1." + "-".repeat(36) + ".1")) {
            assertThat(Position.read(words)).as(words).isEmpty();
        }
    }

    /** By what is rare, a search does not read all that there is. */
    @Test
    void hasAnIndexForEachRareThing() throws SQLException {
        try (Connection connection = store.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off");
            assertThat(plan(
                            statement,
                            "SELECT FROM statement WHERE cast(relations <> ARRAY[]::text[] as boolean) = true"
                                    + " AND cast(relations @> ARRAY['public.a'] as boolean) = true"))
                    .contains("_relations_labels_idx");
            assertThat(plan(
                            statement,
                            "SELECT FROM statement WHERE labels <> ARRAY[]::text[] AND labels @> ARRAY['pii.ssn']"))
                    .contains("_relations_labels_idx");
            assertThat(plan(
                            statement,
                            "SELECT FROM statement ORDER BY asked DESC, session_id DESC, number DESC LIMIT 5"))
                    .containsPattern("Backward using statement_\\w+_asked_session_id_number_idx");
            statement.execute("SET enable_indexscan = off");
            assertThat(plan(statement, "SELECT FROM statement WHERE rule = 'x'"))
                    .containsPattern("Bitmap Index Scan on statement_\\w+_rule_idx");
            statement.execute("RESET enable_indexscan");
            assertThat(plan(statement, "SELECT FROM outcome WHERE sql_state = '22012'"))
                    .contains("_sql_state_completed_idx");
            assertThat(plan(
                            statement,
                            "SELECT FROM session WHERE left(identity, 200) = 'ada' ORDER BY started DESC, id DESC"))
                    .containsPattern("session_\\w+_left_started_id_idx")
                    .doesNotContain("->  Sort");
        }
    }

    /** One statement in two hundred: fifty of them are among the youngest ten thousand. */
    @Test
    void readsTheYoungestOnlyForARuleThatIsNotRare() throws SQLException {
        try (Connection connection = store.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("""
                    INSERT INTO statement (journal, sequence, salt, commitment, session_id, number, phase, text, parameters, asked, kinds,
                                           verdict, rule, policy_version, decided)
                    SELECT gen_random_uuid(), n, '', '', gen_random_uuid(), n, 'QUERY', repeat('x', 200), '{}', at, '{}', 'PERMIT',
                           CASE WHEN n % 200 = 0 THEN 'writers' ELSE 'readers' END, '0', at
                    FROM generate_series(1, 40000) n, LATERAL (SELECT now() + n * interval '1 ms' AS at) times""");
            statement.execute("ANALYZE statement");
            assertThat(plan(
                            statement,
                            "SELECT FROM statement s WHERE "
                                    + Criterion.RULE.condition().replace(":rule", "'writers'")
                                    + " ORDER BY asked DESC, session_id DESC, number DESC LIMIT 51"))
                    .containsPattern("Backward using statement_\\w+_asked_session_id_number_idx")
                    .doesNotContain("->  Sort");
            connection.rollback();
        }
    }

    /** The condition that is really asked is the one that the index answers. */
    @Test
    void asksForArraysInTheIndexsWords() {
        for (Criterion criterion : List.of(Criterion.RELATION, Criterion.LABEL)) {
            Search search = new Search(Map.of(criterion, "public.a"), Optional.empty(), Optional.empty());
            String asked = store.factory().callInTransaction(entities -> {
                Object backend =
                        entities.createNativeQuery("SELECT pg_backend_pid()").getSingleResult();
                search.statements(entities, Optional.empty()).setMaxResults(1).getResultList();
                return lastQuery(backend);
            });
            assertThat(asked)
                    .containsPattern(
                            "cast\\((\\w+\\.(?:relations|labels)) <> array\\[\\]::text\\[\\] as boolean\\)=true and"
                                    + " cast\\(\\1 @> array\\[cast\\(.* as text\\)\\] as boolean\\)=true");
        }
    }

    private static String lastQuery(Object backend) {
        try (Connection connection = store.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT query FROM pg_stat_activity WHERE pid = " + backend)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String plan(Statement statement, String sql) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (ResultSet rows = statement.executeQuery("EXPLAIN (COSTS OFF) " + sql)) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }
}
