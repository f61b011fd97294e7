package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.approval.StoredDesk;
import org.sallyport.catalog.Catalogs;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementAttempt.Phase;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.contract.Verdict;
import org.sallyport.grant.GrantBook;
import org.sallyport.identity.AdjustableClock;
import org.sallyport.identity.Identity;
import org.sallyport.meaning.Meanings;
import org.sallyport.metric.Tally;
import org.sallyport.policy.Circumstances;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.record.TestPostgres;
import org.sallyport.record.TestRecord;

/** Guardrails under conditions in CEL, before a real PostgreSQL; each asker is unrestricted, so that nothing else stops a statement. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardrailConditionsTest {
    private static final Instant DAY = Instant.parse("2026-11-26T10:00:00Z");
    private static final Instant NIGHT = Instant.parse("2026-11-26T23:00:00Z");

    private static final String SCHEMA = """
            create table orders (id int primary key, total numeric, status text);
            create table archive (id int primary key, total numeric);
            create view order_totals as select id, total from orders;
            create view of_totals as select id from order_totals;
            create table events (id int, day date) partition by list (day);
            create table events_today partition of events default;
            create schema hidden;
            create table hidden.archive (id int primary key, total numeric);
            create function weigh(int) returns int language sql as 'select $1';
            create operator ### (function = weigh, rightarg = int);
            create table parcels (id int primary key, order_id int references orders);""";

    private static final String BUNDLE = """
            sallyport: 1
            issuers: [{issuer: "https://login.example.com", audience: sallyport}]
            connections: {shop: {server: {host: db, database: shop}, credential: shop-gateway}}
            roles:
              all: {groups: [agents, dba], connections: [shop], unrestricted: true}
            guardrails:
            """;

    private final EmbeddedPostgres postgres = TestPostgres.start();
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
    private final AtomicInteger asked = new AtomicInteger();
    private final Meanings meanings = new Meanings(connection -> open(), executor, answer -> asked.incrementAndGet());
    private Catalogs snapshots = newSnapshots();
    private final TestRecord record = TestRecord.open();
    private final AdjustableClock clock = new AdjustableClock(DAY);

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private PolicyBundle bundle;

    @SuppressWarnings("NullAway.Init")
    private CatalogLoads catalogs;

    @SuppressWarnings("NullAway.Init")
    private Hearing hearing;

    @SuppressWarnings("NullAway.Init")
    private Docket docket;

    private long statements;

    private Catalogs newSnapshots() {
        return new Catalogs(name -> open(), executor, Duration.ofMinutes(5), Clock.systemUTC());
    }

    private Connection open() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @BeforeAll
    void start() throws SQLException {
        execute(SCHEMA);
    }

    @AfterAll
    void stop() throws IOException {
        snapshots.close();
        meanings.close();
        executor.shutdownNow();
        record.close();
        postgres.close();
    }

    @BeforeEach
    void atDay() {
        clock.set(DAY);
    }

    /** Under one guardrail, written in YAML's flow style. */
    private void under(String guardrail) throws IOException {
        bundle = PolicyBundle.load(Files.writeString(
                folder.resolve("policy.yaml"), BUNDLE + "  - {name: it, do: deny, " + guardrail + "}\n"));
        Judge judge = new Judge(bundle, clock);
        snapshots.close();
        snapshots = newSnapshots();
        catalogs = new CatalogLoads(snapshots, executor);
        docket = new Docket(record.recorder(), "policy", new Discretion(List.of()), clock);
        Judgements judgements = new Judgements(judge, meanings, executor, clock, new GrantBook(clock));
        WaitingRoom waitingRoom = new WaitingRoom(
                StoredDesk.inMemory(executor, clock), judge, judgements, catalogs, docket, "https://localhost", clock);
        hearing = new Hearing(judge, judgements, catalogs, docket, waitingRoom, clock, Tally.NONE);
    }

    /** As the session's server tells it; empty where it cannot be asked. */
    private String path = "";

    private Session session(Identity identity) {
        path = "";
        Circumstances circumstances = new Circumstances(identity, "shop", clock.instant());
        return new Session(
                SessionId.random(),
                identity,
                bundle.access(circumstances).orElseThrow(),
                bundle.isTimed(circumstances),
                new IdleHandle() {
                    @Override
                    public CompletionStage<String> show(String setting) {
                        String told = setting.equals("search_path") ? path : "none";
                        return path.isEmpty() ? super.show(setting) : CompletableFuture.completedFuture(told);
                    }
                });
    }

    private static Identity identity(String group, Map<String, Object> claims) {
        return new Identity("agent", Set.of(group), claims, Instant.MAX);
    }

    private Session session() {
        return session(identity("agents", Map.of()));
    }

    private Verdict ask(Session session, Phase phase, String sql, TransactionStatus status) {
        var attempt = new StatementAttempt(++statements, phase, sql, List.of(), status);
        var standing = hearing.repeat(session, attempt);
        return (standing == null ? hearing.judge(session, attempt) : standing).join();
    }

    private boolean passes(Session session, String sql) {
        return ask(session, Phase.QUERY, sql, TransactionStatus.IDLE) instanceof Verdict.Permit;
    }

    /** In an open transaction; what it defines is seen by nobody else. */
    private boolean passesInside(Session session, String sql) {
        return ask(session, Phase.QUERY, sql, TransactionStatus.IN_TRANSACTION) instanceof Verdict.Permit;
    }

    private void finish(Session session) {
        finish(session, TransactionStatus.IDLE);
    }

    private void finish(Session session, TransactionStatus status) {
        SessionDeputy deputy = new SessionDeputy(session, hearing, catalogs, docket, Tally.NONE);
        deputy.finished(new StatementOutcome(statements, "", Optional.empty(), 0, 0, Duration.ZERO))
                .toCompletableFuture()
                .join();
        deputy.synced(false, status);
    }

    private String detail(Session session, String sql) {
        return ((Verdict.Deny) ask(session, Phase.QUERY, sql, TransactionStatus.IDLE))
                .refusal()
                .detail()
                .orElse("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'DELETE' in kinds && 'public.orders' in relations | DELETE FROM orders WHERE id = 1 | DELETE FROM archive WHERE id = 1",
                "'public.orders' in relations | SELECT total FROM orders o | SELECT total FROM archive orders",
                "'public.orders' in relations | TABLE public . \"orders\" | SELECT 'orders'",
                "'public.orders' in relations | WITH x AS (SELECT FROM orders) SELECT 1 FROM x | WITH orders AS (SELECT 1 n) SELECT n FROM orders",
                "'public.orders' in relations | COPY orders TO STDOUT | COPY archive TO STDOUT",
                "'public.orders' in relations | COPY (SELECT id FROM of_totals) TO STDOUT | COPY (SELECT id FROM archive) TO STDOUT",
                "'public.orders' in relations | DROP TABLE orders | DROP TABLE archive",
                "'public.parcels' in changed | TRUNCATE orders CASCADE | TRUNCATE archive CASCADE",
                "'public.events' in relations | SELECT id FROM events_today | SELECT id FROM archive",
                "'public.events_today' in changed | DELETE FROM events WHERE id = 1 | SELECT id FROM events",
                "'public.orders' in changed | UPDATE order_totals SET total = 0 WHERE id = 1 | SELECT total FROM order_totals",
                "'public.orders' in changed | INSERT INTO orders (id) SELECT id FROM archive | INSERT INTO archive (id) SELECT id FROM orders",
                "'public.orders.total' in columns | SELECT max(total) FROM orders | SELECT max(id) FROM orders",
                "'public.orders.total' in columns | UPDATE orders SET total = 1 WHERE id = 1 | UPDATE orders SET status = '' WHERE id = 1",
                "'public.orders.total' in columns | SELECT o FROM orders o | SELECT count(*) FROM orders",
                "'public.orders.total' in columns | SELECT id FROM order_totals | SELECT id FROM orders",
                "'public.orders.total' in columns | ALTER TABLE orders DROP COLUMN total | ALTER TABLE archive DROP COLUMN total",
                "'public.weigh' in functions | SELECT weigh(id) FROM orders | SELECT abs(id) FROM orders",
                "'public.weigh' in functions | SELECT ### id FROM orders | SELECT @ id FROM orders",
                "unbounded | DELETE FROM orders WHERE id = id | DELETE FROM orders WHERE id = 1",
                "relations.exists(r, r.startsWith('hidden.')) | SELECT id FROM hidden.archive | SELECT id FROM archive",
                "size(changed) > 1 | WITH x AS (DELETE FROM orders RETURNING id) DELETE FROM archive | DELETE FROM archive",
                "!relations.all(r, r.startsWith('hidden.')) | CREATE TABLE public.fresh (a int) | CREATE TABLE hidden.fresh (a int)",
            })
    void seesWhatTheServerSaysThatAStatementDoes(String condition, String stopped, String twin) throws IOException {
        under("when: \"" + condition + "\"");

        for (int time = 1; time <= 2; time++) {
            assertThat(passes(session(), stopped)).as(stopped).isFalse();
            assertThat(passes(session(), twin)).as(twin).isTrue();
        }
    }

    @Test
    void holdsBesideItsOtherConditions() throws IOException {
        under("on: [DELETE], if: no-where, when: \"'public.orders' in relations\"");

        assertThat(passes(session(), "DELETE FROM orders")).isFalse();
        assertThat(passes(session(), "DELETE FROM orders WHERE id = 1")).isTrue();
        assertThat(passes(session(), "DELETE FROM archive")).isTrue();
        assertThat(passes(session(), "TRUNCATE orders")).isTrue();
    }

    /** DO and the like are not read: where a condition asks what they reach, it may be anything. */
    @ParameterizedTest
    @ValueSource(strings = {"DO 'begin delete from orders; end'", "CALL anything()", "EXECUTE anything"})
    void whatNobodyReadsIsStopped(String sql) throws IOException {
        under("when: \"'public.orders' in relations\"");

        assertThat(detail(session(), sql)).contains("cannot be said");
        assertThat(passes(session(), "COMMIT; SET application_name = 'x'; FETCH ALL FROM c"))
                .isTrue();
    }

    @Test
    void aConditionThatNeedsNoFactIsSaidOfWhatNobodyReads() throws IOException {
        under("when: \"'dba' in groups && 'public.orders' in relations\"");

        assertThat(passes(session(), "DO 'begin end'")).isTrue();
        assertThat(passes(session(identity("dba", Map.of())), "DO 'begin end'")).isFalse();
    }

    /** Its roles are the same, so that only what the condition looks at can tell the two apart. */
    @Test
    void whoAsksIsNotForgottenByWhatIsRemembered() throws IOException {
        under("on: [DELETE], when: \"!('dba' in groups)\"");
        Session agent = session(identity("agents", Map.of()));
        Session dba = session(identity("dba", Map.of()));

        for (int time = 1; time <= 2; time++) {
            assertThat(passes(dba, "DELETE FROM orders WHERE id = 1")).isTrue();
            assertThat(passes(agent, "DELETE FROM orders WHERE id = 1")).isFalse();
            assertThat(passes(agent, "DELETE FROM orders WHERE id = 2")).isFalse();
            assertThat(passes(dba, "DELETE FROM orders WHERE id = 2")).isTrue();
        }
    }

    @Test
    void ofClaimsOnlyThoseThatAreLookedAtTellAskersApart() throws IOException {
        under("on: [DELETE], when: \"claims.ref != 'main'\"");

        var first =
                session(identity("agents", Map.of("ref", "main", "jti", "1"))).access();
        var second =
                session(identity("agents", Map.of("ref", "main", "jti", "2"))).access();
        var other =
                session(identity("agents", Map.of("ref", "side", "jti", "1"))).access();
        assertThat(first).isEqualTo(second);
        assertThat(first).isNotEqualTo(other);
        under("on: [DELETE], when: \"claims.exists(c, c == 'ref')\"");
        assertThat(session(identity("agents", Map.of("ref", "main", "jti", "1")))
                        .access())
                .isNotEqualTo(session(identity("agents", Map.of("ref", "main", "jti", "2")))
                        .access());
    }

    @Test
    void aClaimThatIsNotThereStopsIt() throws IOException {
        under("on: [DELETE], when: \"claims.ref != 'main'\", reason: only the main branch deletes.");

        assertThat(passes(session(identity("agents", Map.of("ref", "main"))), "DELETE FROM orders"))
                .isTrue();
        assertThat(detail(session(identity("agents", Map.of("ref", "side"))), "DELETE FROM orders"))
                .contains("only the main branch deletes.")
                .doesNotContain("cannot be said");
        assertThat(detail(session(), "DELETE FROM orders")).contains("only the main branch deletes.", "cannot be said");
    }

    @Test
    void theTimeIsLookedAtAnew() throws IOException {
        under("on: [DELETE], when: \"now.getHours() >= 20\"");
        Session session = session();

        for (int time = 1; time <= 2; time++) {
            clock.set(DAY);
            assertThat(passes(session, "DELETE FROM orders WHERE id = 1")).isTrue();
            clock.set(NIGHT);
            assertThat(passes(session, "DELETE FROM orders WHERE id = 1")).isFalse();
            assertThat(passes(session, "SELECT 1")).isTrue();
        }
    }

    /** What was permitted at Parse is asked about again when it runs; by SQL it would run unseen. */
    @Test
    void whatIsPreparedByDayDoesNotRunByNight() throws IOException {
        under("on: [DELETE], when: \"now.getHours() >= 20\"");
        Session session = session();
        String sql = "DELETE FROM orders WHERE id = 1";

        assertThat(passes(session, "PREPARE p AS " + sql)).isFalse();
        assertThat(passes(session, "EXECUTE mine")).isTrue();
        assertThat(ask(session, Phase.PARSE, sql, TransactionStatus.IDLE)).isInstanceOf(Verdict.Permit.class);
        assertThat(ask(session, Phase.EXECUTE, sql, TransactionStatus.IDLE)).isInstanceOf(Verdict.Permit.class);
        assertThat(passes(session, "EXECUTE theirs")).isFalse();
        clock.set(NIGHT);
        assertThat(ask(session, Phase.EXECUTE, sql, TransactionStatus.IDLE)).isInstanceOf(Verdict.Deny.class);
    }

    /** By itself such a condition stops an EXECUTE as it stops what that would run. */
    @Test
    void aConditionOnTheTimeAloneLeavesExecuteAndFetchAlone() throws IOException {
        under("when: now.getHours() >= 20");
        Session session = session();

        assertThat(ask(session, Phase.PARSE, "SELECT 1", TransactionStatus.IDLE))
                .isInstanceOf(Verdict.Permit.class);
        assertThat(passes(session, "FETCH 5 FROM mine")).isTrue();
        clock.set(NIGHT);
        assertThat(passes(session, "FETCH 5 FROM mine")).isFalse();
    }

    @Test
    void namesAreNotKnownBehindDefinitionsThatNobodyElseSees() throws IOException {
        under("on: [DELETE], when: \"'public.orders' in relations\"");
        Session session = session();

        assertThat(passesInside(session, "ALTER TABLE orders RENAME TO o")).isTrue();
        finish(session, TransactionStatus.IN_TRANSACTION);
        assertThat(passesInside(session, "DELETE FROM archive")).isFalse();
        assertThat(passesInside(session, "INSERT INTO archive VALUES (1)")).isTrue();
        assertThat(passes(session, "DELETE FROM archive")).isTrue();
        assertThat(passes(session, "DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT 1; DELETE FROM archive"))
                .isFalse();
        assertThat(passes(session, "DELETE FROM archive; CREATE VIEW v AS SELECT 1"))
                .isTrue();
    }

    /** hidden.archive and public.archive: which of the two is meant, is what the session's path decides. */
    @Test
    void namesAreLookedUpWhereTheSessionLooksThemUp() throws IOException {
        under("on: [DELETE], when: \"'hidden.archive' in relations\"");
        Session session = session();

        assertThat(passes(session, "DELETE FROM archive")).isTrue();
        assertThat(passes(session, "SET search_path = hidden")).isTrue();
        finish(session);
        path = "hidden";
        assertThat(passes(session, "DELETE FROM archive")).isFalse();
        assertThat(passes(session, "DELETE FROM public.archive")).isTrue();
        assertThat(passes(session, "SET search_path = public")).isTrue();
        finish(session);
        path = "public";
        assertThat(passes(session, "DELETE FROM archive")).isTrue();
        assertThat(passes(session, "SET search_path = public; DELETE FROM archive"))
                .isFalse();
    }

    /** It may go on when more rows of a cursor, or of a suspended portal, are fetched. */
    @Test
    void thePathIsAskedForAgainWhereAQueryMovesIt() throws IOException {
        under("on: [DELETE], when: \"'hidden.archive' in relations\"");
        Session session = session();

        assertThat(passesInside(session, "DECLARE c CURSOR FOR SELECT set_config('search_path', 'hidden', false)"))
                .isTrue();
        finish(session);
        path = "public";
        assertThat(passesInside(session, "DELETE FROM archive")).isTrue();
        finish(session);
        var bound = new StatementAttempt(
                ++statements, Phase.EXECUTE, "DELETE FROM archive", List.of(), TransactionStatus.IN_TRANSACTION, 1, 1);
        assertThat(hearing.judge(session, bound).join()).isInstanceOf(Verdict.Deny.class);
        path = "hidden";
        assertThat(passesInside(session, "DELETE FROM archive")).isFalse();
    }

    /** Whether it has held is known once a Sync has come. */
    @Test
    void namesAreNotKnownBehindAPathInTheSamePipeline() throws IOException {
        under("on: [DELETE], when: \"'hidden.archive' in relations\"");
        Session session = session();

        assertThat(ask(session, Phase.EXECUTE, "DELETE FROM archive", TransactionStatus.IDLE))
                .isInstanceOf(Verdict.Permit.class);
        assertThat(ask(session, Phase.EXECUTE, "SET search_path = hidden", TransactionStatus.IDLE))
                .isInstanceOf(Verdict.Permit.class);
        assertThat(ask(session, Phase.EXECUTE, "DELETE FROM archive", TransactionStatus.IN_TRANSACTION))
                .isInstanceOf(Verdict.Deny.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT set_config('search_path', 'hidden', false)",
                "SET ROLE hidden",
                "SET SESSION AUTHORIZATION hidden",
                "RESET ROLE",
                "SELECT set_config('role', 'hidden', false)"
            })
    void namesAreNotKnownWhereNobodyKnowsThePath(String sql) throws IOException {
        under("on: [DELETE], when: \"'hidden.archive' in relations\"");
        Session session = session();

        assertThat(passes(session, sql)).isTrue();
        finish(session);
        assertThat(passes(session, "DELETE FROM archive")).isFalse();
        assertThat(passes(session, "SELECT total FROM archive")).isTrue();
    }

    @Test
    void aTemporaryViewHidesNothing() throws IOException, SQLException {
        under("on: [DELETE], when: \"'public.orders' in relations\"");
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            assertThat(passes(session(), "DELETE FROM archive")).isTrue();
            statement.execute("create temporary view archive as select * from orders");
            catalogs.stale("shop");
            assertThat(passes(session(), "DELETE FROM archive")).isFalse();
            assertThat(passes(session(), "DELETE FROM parcels")).isTrue();
        }
    }

    /** A view made a moment ago by somebody else is not in the snapshot, so that is read again. */
    @Test
    void aNewNameIsLookedUpAnew() throws IOException, SQLException {
        under("on: [DELETE], when: \"'public.orders' in relations\"");
        assertThat(passes(session(), "DELETE FROM archive")).isTrue();
        execute("create view new_one as select id from orders");

        assertThat(passes(session(), "DELETE FROM new_one")).isFalse();
        execute("drop view new_one");
    }

    @Test
    void theServerIsAskedOnlyWhereAConditionNeedsIt() throws IOException {
        under("on: [TRUNCATE], when: \"'public.orders' in relations && identity != 'x'\"");
        Session session = session();
        int before = asked.get();

        assertThat(passes(session, "SELECT total, 17 FROM orders")).isTrue();
        assertThat(passes(session, "TRUNCATE orders")).isFalse();
        assertThat(asked).hasValue(before);
        under("on: [SELECT], when: \"'public.archive' in relations\"");
        assertThat(passes(session(), "SELECT total, 17 FROM orders")).isTrue();
        assertThat(asked).hasValue(before + 1);
    }

    @Test
    void anExplanationSaysWhatTheConditionSays() throws IOException {
        under("on: [DELETE], when: \"now.getHours() >= 20 && claims.ref != 'main' && 'public.orders' in relations\"");

        assertThat(explained(DAY, Map.of(), "DELETE FROM orders"))
                .contains("does not apply: its condition does not hold");
        assertThat(explained(NIGHT, Map.of("ref", "main"), "DELETE FROM orders"))
                .contains("does not apply: its condition does not hold");
        assertThat(explained(NIGHT, Map.of("ref", "side"), "DELETE FROM orders"))
                .contains("applies: deny");
        assertThat(explained(NIGHT, Map.of(), "DELETE FROM orders"))
                .contains("applies: deny, since nobody can say whether its condition holds");
        assertThat(explained(NIGHT, Map.of("ref", "side"), "DELETE FROM archive"))
                .contains("does not apply: its condition does not hold");
        assertThat(explained(NIGHT, Map.of(), "SELECT 1")).contains("does not apply: it is about DELETE");
    }

    private List<String> explained(Instant at, Map<String, Object> claims, String sql) {
        Explainer explainer = new Explainer(bundle, meanings, catalogs::current);
        return explainer
                .explain(new Circumstances(identity("agents", claims), "shop", at), sql, List.of())
                .toCompletableFuture()
                .join()
                .steps()
                .stream()
                .filter(step -> step.rule().equals("it"))
                .map(Explanation.Step::says)
                .toList();
    }
}
