package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.CatalogReader;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementAttempt.Phase;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.grant.GrantBook;
import org.sallyport.identity.Identity;
import org.sallyport.meaning.Meanings;
import org.sallyport.meaning.Question;
import org.sallyport.policy.Access;
import org.sallyport.policy.Circumstances;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.policy.Ruling;
import org.sallyport.record.TestPostgres;
import org.sallyport.sql.QueryText;
import org.sallyport.sql.Reading;
import org.sallyport.sql.Script;
import org.sallyport.sql.SqlReader;

/** What the server says about a statement decides, before a real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JudgementsTest {
    private static final String SCHEMA = """
            create table customers (id int primary key, name text, ssn text, email text, salary int, note text);
            create table orders (id int primary key, customer_id int, total numeric, status varchar, created_at date);
            create schema hidden;
            create table hidden.secret (id int, value text);
            create function hidden.secret() returns text language sql as 'select value from hidden.secret limit 1';
            create function public.lower(varchar) returns text language sql as 'select hidden.secret()';""";

    private static final GrantBook NO_GRANTS = new GrantBook(Clock.systemUTC());

    private final EmbeddedPostgres postgres = TestPostgres.start();
    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final Meanings meanings =
            new Meanings(connection -> postgres.getPostgresDatabase().getConnection(), executor);
    private final Judge judge = new Judge(Shop.bundle());
    private final Judgements judgements = new Judgements(judge, meanings, executor, Clock.systemUTC(), NO_GRANTS);
    private Catalog catalog = Catalog.EMPTY;

    @BeforeAll
    void read() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
            catalog = new CatalogReader().read(connection);
        }
    }

    @AfterAll
    void stop() throws IOException {
        meanings.close();
        executor.shutdownNow();
        postgres.close();
    }

    private static Session session(String group) {
        Identity identity = new Identity("agent", Set.of(group), Map.of(), Instant.MAX);
        return new Session(SessionId.random(), identity, Shop.access(group), false, new IdleHandle());
    }

    private Ruling ruling(String group, String sql) {
        return ruling(session(group), sql, TransactionStatus.IDLE);
    }

    private Ruling ruling(Session session, String sql, TransactionStatus status) {
        return ruling(judgements, session, sql, status);
    }

    private Ruling ruling(Judgements judgements, Session session, String sql, TransactionStatus status) {
        return judged(judgements, session, sql, status).join().judgement().ruling();
    }

    private CompletableFuture<Judged> judged(
            Judgements judgements, Session session, String sql, TransactionStatus status) {
        var attempt = new StatementAttempt(1, Phase.QUERY, sql, List.of(), status);
        session.onAsked(1, status);
        var matter = Matter.of(session, attempt, Instant.EPOCH, new CompletableFuture<>());
        return judgements.of(matter, catalog).toCompletableFuture();
    }

    /** Thousands of new statements of one session are its own affair. */
    @Test
    void whoAsksTooMuchWaitsAndNobodyElseDoes() {
        Session greedy = session("reporting-agents");
        String known = "SELECT total + 1 FROM orders";
        assertThat(ruling(greedy, known, TransactionStatus.IDLE)).isInstanceOf(Ruling.Permit.class);
        long now = System.nanoTime();
        for (int i = 0; i < Pace.AT_ONCE + 1000; i++) {
            greedy.pace().next(now);
        }

        CompletableFuture<Judged> waiting =
                judged(judgements, greedy, "SELECT total + 17 FROM orders", TransactionStatus.IDLE);
        assertThat(ruling("reporting-agents", "SELECT total + 18 FROM orders")).isInstanceOf(Ruling.Permit.class);
        assertThat(ruling(greedy, known, TransactionStatus.IDLE)).isInstanceOf(Ruling.Permit.class);
        assertThat(waiting).isNotDone();
        assertThat(waiting.join().judgement().ruling()).isInstanceOf(Ruling.Permit.class);
    }

    /** Each takes a hundred times its length to read. */
    @Test
    void longTextsAreNotReadAllAtOnce() throws Exception {
        AtomicInteger reading = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Judge slow = new Judge(Shop.bundle(), Clock.systemUTC(), (sql, types) -> {
            most.accumulateAndGet(reading.incrementAndGet(), Math::max);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            reading.decrementAndGet();
            return SqlReader.read(sql, types);
        });
        Judgements judging = new Judgements(slow, meanings, executor, Clock.systemUTC(), NO_GRANTS);
        int room = (int) Math.max(1, Runtime.getRuntime().maxMemory() / 512 / (1 << 20));
        String list = "1" + ", 1".repeat(340_000);
        ExecutorService clients = Executors.newFixedThreadPool(3 * room);
        try {
            List<Future<Ruling>> rulings = new ArrayList<>();
            for (int i = 0; i < 3 * room; i++) {
                String sql = "SELECT total FROM orders WHERE id IN (" + list + ", " + i + ")";
                rulings.add(clients.submit(
                        () -> ruling(judging, session("reporting-agents"), sql, TransactionStatus.IDLE)));
            }
            for (Future<Ruling> ruling : rulings) {
                assertThat(ruling.get()).isNotNull();
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(most.get()).isBetween(1, room);
    }

    @Test
    void aChangeThatWasAskedAboutIsKnownWithOtherValues() {
        Session session = session("operators");
        assertThat(ruling(session, "UPDATE orders SET total = 5 WHERE id = 7", TransactionStatus.IDLE))
                .isInstanceOf(Ruling.Permit.class);

        assertThat(standing(session, "UPDATE orders SET total = 6 WHERE id = 8"))
                .hasValueSatisfying(known -> assertThat(known.isPlainPermit()).isTrue());
        assertThat(standing(session, "UPDATE orders SET total = 6 WHERE id = id"))
                .isEmpty();
    }

    private Optional<Judgement> standing(Session session, String sql) {
        return judge.standing(session.access(), catalog, new Judge.Text(sql, List.of()), false);
    }

    /** The lock may be the session's own, by a TRUNCATE of its transaction: waiting for it at every statement would never end. */
    @Test
    void aTransactionInWhichTheServerCannotBeAskedIsReadByItsText() throws SQLException {
        Session session = session("reporting-agents");
        String sql = "SELECT total FROM orders ORDER BY total USING >";
        try (Connection other = postgres.getPostgresDatabase().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table orders");
            assertThat(ruling(session, sql, TransactionStatus.IN_TRANSACTION)).isInstanceOf(Ruling.Deny.class);
            other.rollback();
        }

        assertThat(session.seesOtherwise()).isTrue();
        assertThat(ruling(session, sql, TransactionStatus.IN_TRANSACTION)).isInstanceOf(Ruling.Deny.class);
        assertThat(ruling(session, sql, TransactionStatus.IDLE)).isInstanceOf(Ruling.Permit.class);
    }

    private static boolean isRead(String sql) {
        return SqlReader.read(sql).statements().get(0).reading().query().isPresent();
    }

    /** The parser of the text knows none of these; the server that will run them does. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT total FROM orders ORDER BY total USING <",
                "SELECT total FROM orders WHERE total OPERATOR(pg_catalog.>) 1",
                "SELECT xmlelement(name t, total) FROM orders",
                "EXPLAIN SELECT total FROM orders WHERE total OPERATOR(pg_catalog.=) ANY (ARRAY[1])",
                "EXPLAIN (ANALYZE, COSTS off) SELECT total FROM orders ORDER BY total USING <",
                "EXPLAIN ANALYZE VERBOSE TABLE orders",
                "DECLARE c CURSOR FOR SELECT total FROM orders ORDER BY total USING <",
                "SELECT (c).ssn FROM customers c ORDER BY id USING <",
                "COPY (SELECT total FROM orders WHERE total OPERATOR(pg_catalog.>) 1) TO STDOUT",
            })
    void whatOnlyTheServerUnderstandsIsPermitted(String sql) {
        assertThat(isRead(sql)).isFalse();

        assertThat(ruling("reporting-agents", sql)).isInstanceOf(Ruling.Permit.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT pg_read_file(status) FROM orders ORDER BY total USING < | pg_catalog.pg_read_file",
                "SELECT lower(status) FROM orders ORDER BY total USING < | public.lower",
                "SELECT value FROM hidden.secret ORDER BY value USING < | hidden.secret",
                "SELECT secret.secret FROM (SELECT hidden.secret()) secret ORDER BY 1 USING < | hidden.secret",
                "EXPLAIN SELECT value FROM hidden.secret ORDER BY value USING < | hidden.secret",
                "DECLARE c CURSOR FOR SELECT value FROM hidden.secret ORDER BY value USING < | hidden.secret",
                "COPY (SELECT value FROM hidden.secret ORDER BY value USING <) TO STDOUT | hidden.secret",
                "COPY (SELECT pg_read_file(status) FROM orders ORDER BY total USING <) TO STDOUT | pg_catalog.pg_read_file",
                "CREATE VIEW mine AS SELECT total FROM orders ORDER BY total USING < | may not define",
                "SELECT total INTO mine FROM orders ORDER BY total USING < | may not define",
                "EXPLAIN (VERBOSE) SELECT lower(status) FROM orders ORDER BY total USING < | public.lower",
                "EXPLAIN ANALYZE DELETE FROM ONLY (orders) WHERE total BETWEEN SYMMETRIC 2 AND 1 | change",
                "EXPLAIN SELECT ssn FROM customers ORDER BY id USING < | customers",
                "SELECT ssn FROM customers ORDER BY ssn USING < | customers.ssn is labelled and used to order rows",
                "SELECT rolpassword FROM pg_authid ORDER BY 1 USING < | pg_authid",
            })
    void whatTheServerUnderstandsAndNoRoleGivesIsRefused(String sql, String because) {
        assertThat(isRead(sql)).isFalse();

        assertThat(ruling("reporting-agents", sql))
                .isInstanceOfSatisfying(
                        Ruling.Deny.class,
                        deny -> assertThat(deny.refusal().detail().orElse("")).contains(because));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE VIEW mine AS %s",
                "CREATE TABLE mine AS %s WITH NO DATA",
                "CREATE MATERIALIZED VIEW mine AS %s",
            })
    void aDefinitionMayHoldWhatItsIdentityMayRead(String definition) {
        String read = definition.formatted("SELECT total FROM orders ORDER BY total USING <");
        String hidden = definition.formatted("SELECT value FROM hidden.secret ORDER BY value USING <");
        assertThat(isRead(read)).isFalse();

        assertThat(ruling("migration-agents", read)).isInstanceOf(Ruling.Permit.class);
        assertThat(ruling("migration-agents", hidden)).isInstanceOf(Ruling.Deny.class);
    }

    /** Where the reviewed name has a better overload in a schema of the users', that one is called, and only there. */
    @Test
    void aFunctionIsWhatTheServerCalls() {
        assertThat(ruling("reporting-agents", "SELECT lower(status) FROM orders"))
                .isInstanceOf(Ruling.Deny.class);
        assertThat(ruling("reporting-agents", "SELECT lower(status::text) FROM orders"))
                .isInstanceOf(Ruling.Permit.class);
    }

    @Test
    void severalStatementsAreAskedAboutEachByItself() {
        assertThat(ruling("reporting-agents", "SELECT 1; SELECT total FROM orders; SELECT total FROM ONLY (orders)"))
                .isInstanceOf(Ruling.Permit.class);
        assertThat(ruling(
                        "reporting-agents", "SELECT total FROM ONLY (orders); SELECT value FROM ONLY (hidden.secret)"))
                .isInstanceOf(Ruling.Deny.class);
    }

    /** An old server, a standby, no right to make temporary objects: then the text alone decides, and refuses more. */
    @Test
    void whereTheServerCannotBeAskedTheTextDecides() {
        Meanings silent = new Meanings(
                connection -> {
                    throw new SQLException("gone", "08006");
                },
                executor);
        assertThat(silent.of("shop", 1, new Question("SELECT 1", List.of()))
                        .join()
                        .meaning())
                .isEqualTo(Optional.empty());
    }

    /** Nothing about a query rests on the parser of its text where the server says what it means. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("toldQueries")
    void aQueryIsJudgedAlikeWithoutTheParser(String group, String sql) {
        Judgements unparsed = new Judgements(
                new Judge(Shop.bundle(), Clock.systemUTC(), JudgementsTest::unparsed),
                meanings,
                executor,
                Clock.systemUTC(),
                NO_GRANTS);
        Ruling with = ruling(group, sql);
        Ruling without = ruling(unparsed, session(group), sql, TransactionStatus.IDLE);

        assertThat(without.getClass()).isEqualTo(with.getClass());
        assertThat(without.rule()).isEqualTo(with.rule());
    }

    private List<Arguments> toldQueries() throws IOException {
        Path rulings = Path.of(URI.create(
                Objects.requireNonNull(getClass().getResource("rulings.csv")).toString()));
        List<Arguments> told = Files.readAllLines(rulings).stream()
                .map(line -> line.split("\t"))
                .filter(row -> isToldWhole(row[1]))
                .map(row -> Arguments.of(row[0], row[1]))
                .toList();
        assertThat(told).hasSizeGreaterThan(20);
        return told;
    }

    private boolean isToldWhole(String sql) {
        List<QueryText> queries = SqlReader.queries(sql, List.of());
        return queries.size() == SqlReader.read(sql).statements().size()
                && queries.stream().allMatch(this::isTold);
    }

    private boolean isTold(QueryText query) {
        Question question = new Question(query.text(), query.types());
        return meanings.of("shop", catalog.version(), question).join().meaning().isPresent();
    }

    private static Script unparsed(String sql, List<Integer> types) {
        Script script = SqlReader.read(sql, types);
        List<org.sallyport.sql.Statement> statements = script.statements().stream()
                .map(read -> new org.sallyport.sql.Statement(
                        read.kinds(), read.tokens(), read.query(), unparsed(read.reading()), true))
                .toList();
        return new Script(statements, script.unreadable());
    }

    private static Reading unparsed(Reading reading) {
        Reading unread = new Reading.Unreadable("not parsed");
        return reading instanceof Reading.Containing containing
                ? new Reading.Containing(containing.outer(), unread)
                : unread;
    }

    /** Who may do everything is held by what the statement does to rows, not by how it looks. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE FROM orders | mass-change",
                "DELETE FROM orders USING customers c WHERE c.id = 5 | mass-change",
                "DELETE FROM orders WHERE id IS NOT NULL | mass-change",
                "EXPLAIN ANALYZE DELETE FROM orders WHERE id BETWEEN id AND id | mass-change",
                "DELETE FROM ONLY (orders) WHERE total OPERATOR(pg_catalog.>) 100 | operators",
                "SELECT delete FROM (SELECT total AS delete FROM orders) x | operators",
                "EXPLAIN DELETE FROM orders | operators",
                "DELETE FROM orders WHERE (id = 1) = (id = 2) | operators",
                "DELETE FROM orders WHERE (id = 1) = (id = 1) | mass-change",
                "INSERT INTO orders (id) VALUES (generate_series(1, 9)) ON CONFLICT (id) DO UPDATE SET total = 0 | mass-change",
                "INSERT INTO orders (id) VALUES (abs(1)) ON CONFLICT (id) DO UPDATE SET total = 0 | operators",
                "INSERT INTO orders (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET total = abs(1) | operators",
            })
    void guardrailsLookAtWhatIsDoneToRows(String sql, String rule) {
        assertThat(ruling("operators", sql).rule()).isEqualTo(rule);
    }

    @Test
    void aRoleThatIsGivenAtNoTimeNowGivesNothing() throws IOException {
        Instant night = Instant.parse("2026-11-26T02:00:00Z");
        Instant day = Instant.parse("2026-11-26T10:00:00Z");
        Path file = Files.writeString(Files.createTempFile("policy", ".yaml"), """
                sallyport: 1
                issuers: [{issuer: "https://login.example.com", audience: sallyport}]
                connections: {shop: {server: {host: db, database: shop}, credential: shop-gateway}}
                roles:
                  day: {groups: [day], connections: [shop], when: now.getHours() >= 8, may: [{read: [public.orders]}]}
                """);
        PolicyBundle bundle = PolicyBundle.load(file);
        Files.delete(file);
        Identity identity = new Identity("agent", Set.of("day"), Map.of(), Instant.MAX);
        Access access = bundle.access(new Circumstances(identity, "shop", day)).orElseThrow();
        Session session = new Session(
                SessionId.random(), identity, access, true, session("support").handle());
        Judge judge = new Judge(bundle);

        Judgements byDay = new Judgements(judge, meanings, executor, Clock.fixed(day, ZoneOffset.UTC), NO_GRANTS);
        assertThat(ruling(byDay, session, "SELECT total FROM orders", TransactionStatus.IDLE))
                .isInstanceOf(Ruling.Permit.class);
        Judgements byNight = new Judgements(judge, meanings, executor, Clock.fixed(night, ZoneOffset.UTC), NO_GRANTS);
        assertThat(ruling(byNight, session, "SELECT total FROM orders", TransactionStatus.IDLE)
                        .rule())
                .isEqualTo("when");
    }
}
