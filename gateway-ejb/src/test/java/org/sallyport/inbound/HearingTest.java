package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.approval.Approval;
import org.sallyport.approval.ApprovalDesk;
import org.sallyport.approval.Outcome;
import org.sallyport.approval.StoredDesk;
import org.sallyport.catalog.Catalogs;
import org.sallyport.contract.Notice;
import org.sallyport.contract.Parameter;
import org.sallyport.contract.Refusal;
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
import org.sallyport.metric.Happening;
import org.sallyport.record.RecordedStatement;
import org.sallyport.record.TestRecord;
import org.sallyport.record.TestStore;
import org.sallyport.sql.Script;
import org.sallyport.sql.SqlReader;

/** Statements from the question to the verdict, with a real database, store, judge and desk. */
@Timeout(60)
class HearingTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Pattern APPROVAL = Pattern.compile("statement held for approval (\\S+)");

    private static final Parameter SEVEN = new Parameter(23, false, "7".getBytes(StandardCharsets.UTF_8));

    private static TestStore store;
    private static ScheduledExecutorService executor;

    private final AdjustableClock clock = new AdjustableClock(NOW);
    private final List<Happening> counted = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Notice> notices = new LinkedBlockingQueue<>();
    private final AtomicInteger catalogReads = new AtomicInteger();
    private final TestRecord record = TestRecord.open();
    private volatile boolean databaseAway;
    private Catalogs snapshots;
    private CatalogLoads catalogs;
    private Meanings meanings;
    private ApprovalDesk desk;
    private Hearing hearing;
    private Docket docket;
    private Session session;
    private long asked;

    @BeforeAll
    static void start() throws IOException {
        store = new TestStore(Approval.class);
        executor = Executors.newScheduledThreadPool(4);
        execute("CREATE TABLE orders (id int PRIMARY KEY, total numeric)");
        execute("CREATE TABLE people (id int PRIMARY KEY, email text)");
        execute("CREATE TABLE archive (id int PRIMARY KEY, total numeric)");
    }

    @AfterAll
    static void stop() throws IOException {
        executor.shutdownNow();
        store.close();
    }

    @BeforeEach
    void open() throws InterruptedException {
        execute("DROP VIEW IF EXISTS current_orders");
        execute("CREATE VIEW current_orders AS SELECT id, total FROM orders WHERE id > 0");
        desk = StoredDesk.on(store.factory(), executor, clock);
        snapshots = new Catalogs(
                connection -> {
                    if (databaseAway) {
                        throw new SQLException("connection refused", "08001");
                    }
                    return store.dataSource().getConnection();
                },
                executor,
                Duration.ofSeconds(30),
                clock);
        catalogs = new CatalogLoads(snapshots, task -> {
            catalogReads.incrementAndGet();
            // What is read is begun after it was asked for.
            clock.advance(Duration.ofMillis(1));
            executor.execute(task);
        });
        docket = new Docket(record.recorder(), "policy", new Discretion(List.of()), clock);
        meanings = new Meanings(connection -> store.dataSource().getConnection(), executor);
        hearing = hearing(new Judge(Shop.bundle()));
        session = enter("migration-agents");
    }

    private Hearing hearing(Judge judge) {
        Judgements judgements = new Judgements(judge, meanings, executor, clock, new GrantBook(clock));
        WaitingRoom waitingRoom =
                new WaitingRoom(desk, judge, judgements, catalogs, docket, "https://gateway.example.com/", clock);
        return new Hearing(judge, judgements, catalogs, docket, waitingRoom, clock, counted::add);
    }

    @AfterEach
    void close() {
        snapshots.close();
        meanings.close();
        record.close();
    }

    @Test
    void permitsOnlyWhatIsOnRecord() {
        Verdict verdict = judge("SELECT total FROM orders WHERE id = $1").join();

        assertThat(verdict).isInstanceOf(Verdict.Permit.class);
        assertThat(records()).singleElement().satisfies(statement -> {
            assertThat(statement.verdict()).isEqualTo("PERMIT");
            assertThat(statement.kinds()).containsExactly("SELECT");
            assertThat(statement.parameters()).containsExactly("7");
        });
    }

    /** Threat 106: the same functions pass as in SQL, and no others; the record has the call in SQL. */
    @Test
    void judgesAFunctionCallAsTheCallInSql() {
        assertThat(call(870).join()).isInstanceOf(Verdict.Permit.class);
        assertThat(denied(call(2924)).sqlState()).isEqualTo("42501");
        assertThat(denied(call(999_999)).sqlState()).isEqualTo("42501");

        assertThat(records())
                .extracting(RecordedStatement::text)
                .containsExactly(
                        "SELECT \"pg_catalog\".\"lower\"($1)",
                        "SELECT \"pg_catalog\".\"query_to_xml\"($1)",
                        "SELECT \"function 999999\"($1)");
    }

    private CompletableFuture<Verdict> call(int function) {
        return judge(Phase.FUNCTION_CALL, String.valueOf(function));
    }

    @Test
    void recordsOutcomes() {
        judge("SELECT total FROM orders").join();

        docket.outcome(session.id(), new StatementOutcome(1, "SELECT 2", Optional.empty(), 2, 64, Duration.ofMillis(3)))
                .toCompletableFuture()
                .join();

        assertThat(records().get(0).outcome()).isPresent();
    }

    @Test
    void recordsWhatItDenies() {
        assertThat(denied(judge("DROP DATABASE shop")).sqlState()).isEqualTo("42501");

        assertThat(records()).singleElement().satisfies(statement -> {
            assertThat(statement.verdict()).isEqualTo("DENY");
            assertThat(statement.rule()).isEqualTo("no-drop-database");
            assertThat(statement.refusedWith()).contains("42501");
        });
    }

    @Test
    void countsVerdictsOnWhatIsToRun() throws InterruptedException {
        judge(Phase.PARSE, "SELECT total FROM orders").join();
        assertThat(counted).isEmpty();
        judge("SELECT total FROM orders").join();
        Objects.requireNonNull(repeat(Phase.EXECUTE, "SELECT total FROM orders"))
                .join();
        judge("REINDEX TABLE orders").join();
        assertThat(notices.take().severity()).isEqualTo(Notice.Severity.WARNING);
        judge("DROP DATABASE shop").join();
        CompletableFuture<Verdict> held = judge("DELETE FROM orders");
        approve(approval(held));
        held.join();

        assertThat(counted)
                .containsExactly(
                        Happening.STATEMENT_PERMITTED,
                        Happening.STATEMENT_PERMITTED,
                        Happening.STATEMENT_WARNED,
                        Happening.STATEMENT_DENIED,
                        Happening.STATEMENT_HELD,
                        Happening.STATEMENT_PERMITTED);
    }

    @Test
    void countsWhatCouldNotBeDecidedAsDenied() {
        record.end();

        judge("SELECT total FROM orders").join();
        assertThat(counted).containsExactly(Happening.STATEMENT_DENIED);
    }

    /** A reader that takes one table for the other, and a server that does not: refused, recorded and counted. */
    @Test
    void countsWhereTextAndServerDisagree() {
        hearing = hearing(new Judge(Shop.bundle(), clock, HearingTest::misread));

        assertThat(denied(judge("SELECT total FROM orders")).message()).isEqualTo("statement is not understood");
        assertThat(records()).singleElement().returns("cross-check", RecordedStatement::rule);
        assertThat(counted).containsExactly(Happening.READINGS_DISAGREED, Happening.STATEMENT_DENIED);
    }

    private static Script misread(String sql, List<Integer> types) {
        var right = SqlReader.read(sql, types).statements().get(0);
        var wrong = SqlReader.read(sql.replace("orders", "archive"), types)
                .statements()
                .get(0);
        var statement = new org.sallyport.sql.Statement(
                right.kinds(), right.tokens(), right.query(), wrong.reading(), right.unbounded());
        return new Script(List.of(statement), Optional.empty());
    }

    @Test
    void refusesWhileTheRecordCannotBeWritten() {
        record.end();

        assertThat(denied(judge("SELECT total FROM orders"))).isEqualTo(Refusals.NOT_RECORDED);
    }

    @Test
    void refusesWhileTheRecordIsFull() {
        judge("SELECT total FROM orders").join();
        record.fill();

        CompletableFuture<Verdict> verdict = judge("SELECT total FROM orders");
        assertThat(verdict).isNotDone();
        record.expire();

        assertThat(denied(verdict)).isEqualTo(Refusals.RECORD_FULL);
    }

    @Test
    void repeatsOnlyWhatIsPermittedAlready() {
        String read = "SELECT total FROM orders";
        assertThat(repeat(Phase.EXECUTE, read)).isNull();
        judge(read).join();

        assertThat(Objects.requireNonNull(repeat(Phase.EXECUTE, read)).join()).isInstanceOf(Verdict.Permit.class);
        assertThat(records()).hasSize(2);
        assertThat(Objects.requireNonNull(repeat(Phase.PARSE, read)).join()).isInstanceOf(Verdict.Permit.class);
        assertThat(records()).hasSize(2);
        assertThat(repeat(Phase.EXECUTE, "SELECT id FROM orders")).isNull();
        assertThat(repeat(Phase.FUNCTION_CALL, "870")).isNull();
    }

    @Test
    void recordsWhatIsReachedByWhatIsRepeatedToo() {
        String read = "SELECT id, email FROM people WHERE id = 4";
        judge(read).join();
        assertThat(repeat(Phase.EXECUTE, read)).isNotNull();
        assertThat(repeat(Phase.QUERY, "select id, email from people where id = 5"))
                .isNotNull();
        denied(judge("SELECT email, pg_sleep(0) FROM people"));

        assertThat(records()).hasSize(4).allSatisfy(statement -> {
            assertThat(statement.touched().relations()).containsExactly("public.people");
            assertThat(statement.touched().labels()).containsExactly("pii.email");
        });
    }

    @Test
    void repeatsNothingThatIsDeniedOrHeld() {
        judge("DROP DATABASE shop").join();
        judge(Phase.PARSE, "DELETE FROM orders").join();

        assertThat(repeat(Phase.EXECUTE, "DROP DATABASE shop")).isNull();
        assertThat(repeat(Phase.EXECUTE, "DELETE FROM orders")).isNull();
    }

    @Test
    void warnsAtEachRunAndNamesTheGuardrailOnRecord() throws InterruptedException {
        session = enter("operators");
        assertThat(judge(Phase.PARSE, "REINDEX TABLE orders").join()).isInstanceOf(Verdict.Permit.class);
        assertThat(notices).isEmpty();

        for (int run = 0; run < 2; run++) {
            assertThat(repeat(Phase.EXECUTE, "REINDEX TABLE orders")).isNull();
            assertThat(judge("REINDEX TABLE orders").join()).isInstanceOf(Verdict.Permit.class);
            assertThat(notices.take())
                    .isEqualTo(new Notice(
                            Notice.Severity.WARNING,
                            "guardrail slow-rebuild warns about this statement",
                            Optional.of("Rule \"slow-rebuild\": it locks the table for a long time."),
                            Optional.of("Use CONCURRENTLY.")));
        }
        assertThat(records()).hasSize(2).allSatisfy(statement -> {
            assertThat(statement.verdict()).isEqualTo("PERMIT");
            assertThat(statement.rule()).isEqualTo("slow-rebuild");
        });
    }

    @Test
    void warnsOfNothingThatIsNotOnRecord() {
        session = enter("operators");
        record.end();

        assertThat(denied(judge("REINDEX TABLE orders"))).isEqualTo(Refusals.NOT_RECORDED);
        assertThat(notices).isEmpty();
    }

    /** Threat 60 and 61: SQL runs by its name what the protocol has prepared, and says nothing of what that is. */
    @Test
    void letsNoHeldStatementRunByItsName() {
        session = enter("operators");
        assertThat(judge("EXECUTE zz").join()).isInstanceOf(Verdict.Permit.class);
        assertThat(judge("SELECT 1").join()).isInstanceOf(Verdict.Permit.class);
        assertThat(judge(Phase.PARSE, "DELETE FROM orders RETURNING id").join()).isInstanceOf(Verdict.Permit.class);

        for (String sql :
                List.of("EXECUTE zz", "EXPLAIN ANALYZE EXECUTE zz", "CREATE TABLE t AS EXECUTE zz", "FETCH 1 k")) {
            assertThat(repeat(Phase.QUERY, sql)).isNull();
            assertThat(denied(judge(Phase.QUERY, sql)).detail().orElseThrow()).contains("mass-change");
        }
        assertThat(repeat(Phase.QUERY, "SELECT 1")).isNotNull();
    }

    /** Threat 106: without any SQL, so that a guardrail has to know the name behind the OID. */
    @Test
    void judgesAFunctionCallOfSomebodyUnrestrictedByTheFunctionsName() {
        session = enter("operators");

        assertThat(call(870).join()).isInstanceOf(Verdict.Permit.class);
        assertThat(denied(call(2096)).detail().orElseThrow()).contains("other-sessions");
        assertThat(denied(call(999_999)).detail().orElseThrow()).contains("other-sessions");
    }

    @Test
    void repeatsNothingOnceWhatItRestsOnIsGone() {
        String read = "SELECT total FROM orders";
        judge(read).join();
        catalogs.stale("shop");
        assertThat(repeat(Phase.EXECUTE, read)).isNull();

        judge(read).join();
        assertThat(repeat(Phase.EXECUTE, read)).isNotNull();
        clock.advance(Duration.ofHours(1));
        assertThat(repeat(Phase.EXECUTE, read)).isNull();
    }

    @Test
    void repeatsNothingThatCannotBeRecorded() {
        judge("SELECT total FROM orders").join();
        record.end();

        CompletableFuture<Verdict> verdict = Objects.requireNonNull(repeat(Phase.EXECUTE, "SELECT total FROM orders"));

        assertThat(denied(verdict)).isEqualTo(Refusals.NOT_RECORDED);
    }

    private @Nullable CompletableFuture<Verdict> repeat(Phase phase, String sql) {
        return hearing.repeat(
                session, new StatementAttempt(++asked, phase, sql, List.of(SEVEN), TransactionStatus.IDLE));
    }

    @Test
    void refusesOnceTheTokenHasExpired() {
        clock.advance(Duration.ofHours(1));

        assertThat(denied(judge("SELECT 1"))).isEqualTo(Refusals.EXPIRED);
    }

    @Test
    void readsNoCatalogForAnUnrestrictedIdentity() {
        session = enter("operators");

        assertThat(judge("CREATE TABLE orders_of_may (id int)").join()).isInstanceOf(Verdict.Permit.class);
        finish(asked);
        assertThat(judge("SELECT * FROM orders_of_may").join()).isInstanceOf(Verdict.Permit.class);

        assertThat(catalogReads).hasValue(0);
    }

    @Test
    void readsTheCatalogForWhatIsHeld() throws InterruptedException {
        session = enter("operators");

        CompletableFuture<Verdict> verdict = judge("DELETE FROM current_orders");
        UUID approval = approval(verdict);
        assertThat(catalogReads).hasValue(1);

        execute("CREATE OR REPLACE VIEW current_orders AS SELECT id, total FROM archive");
        approve(approval);
        assertThat(denied(verdict)).isEqualTo(Refusals.CHANGED_SINCE);
    }

    @Test
    void letsHeldStatementsBePrepared() {
        assertThat(judge(Phase.PARSE, "DELETE FROM orders").join()).isInstanceOf(Verdict.Permit.class);
        assertThat(records()).isEmpty();
        assertThat(notices).isEmpty();
    }

    @Test
    void runsWhatAPersonApproved() throws InterruptedException {
        CompletableFuture<Verdict> verdict = judge("DELETE FROM current_orders");
        UUID approval = approval(verdict);
        assertThat(verdict).isNotDone();

        approve(approval);

        assertThat(verdict.join()).isInstanceOf(Verdict.Permit.class);
        assertThat(records()).singleElement().satisfies(statement -> {
            assertThat(statement.verdict()).isEqualTo("PERMIT");
            assertThat(statement.approval()).contains(approval);
        });
        assertThat(desk.use(approval).toCompletableFuture().join()).isFalse();
    }

    @Test
    void holdsNothingBehindDefinitionsThatAreNotCommitted() {
        judge("BEGIN; ALTER TABLE orders RENAME TO former; ALTER TABLE archive RENAME TO orders")
                .join();
        finish(asked);

        CompletableFuture<Verdict> verdict =
                judge(Phase.EXECUTE, "DELETE FROM orders", TransactionStatus.IN_TRANSACTION);

        assertThat(denied(verdict)).isEqualTo(Refusals.HIDDEN_DEFINITIONS);
        assertThat(notices).isEmpty();
    }

    /** What depends on a table that has been given another's name, no snapshot can tell. */
    @Test
    void cascadesBehindDefinitionsOnlyWhereNothingElseCouldBeReached() {
        execute("CREATE SCHEMA hidden");
        execute("CREATE VIEW hidden.totals AS SELECT total FROM archive");
        assertThat(judge("DROP TABLE orders CASCADE").join()).isInstanceOf(Verdict.Permit.class);
        assertThat(denied(judge("DROP TABLE archive CASCADE")).detail().orElseThrow())
                .contains("hidden.totals");
        judge("BEGIN; DROP TABLE orders; ALTER TABLE archive RENAME TO orders").join();
        finish(asked);

        CompletableFuture<Verdict> verdict =
                judge(Phase.EXECUTE, "DROP TABLE orders CASCADE", TransactionStatus.IN_TRANSACTION);

        assertThat(denied(verdict)).isEqualTo(Refusals.CASCADE_BEHIND_DEFINITIONS);
        execute("DROP SCHEMA hidden CASCADE");
        catalogs.stale("shop");
        verdict = judge(Phase.EXECUTE, "DROP TABLE orders CASCADE", TransactionStatus.IN_TRANSACTION);
        assertThat(verdict.join()).isInstanceOf(Verdict.Permit.class);
    }

    @Test
    void holdsWhatComesAfterDefinitionsAreCommitted() throws InterruptedException {
        judge("CREATE TABLE brief (id int)").join();
        finish(asked);

        approve(approval(judge("DELETE FROM orders")));
    }

    @Test
    void holdsNothingWhoseParametersAnApproverCannotSeeWhole() {
        Parameter parameter = new Parameter(25, false, "x".repeat(5000).getBytes(StandardCharsets.UTF_8));

        CompletableFuture<Verdict> verdict = hearing.judge(
                session,
                new StatementAttempt(
                        ++asked, Phase.EXECUTE, "DELETE FROM orders", List.of(parameter), TransactionStatus.IDLE));

        assertThat(denied(verdict)).isEqualTo(Refusals.UNREADABLE_PARAMETERS);
    }

    /** Whoever looks at what waits has all of it before them, and in the heap. */
    @Test
    void holdsNothingThatWouldNotBeOnRecordWhole() {
        CompletableFuture<Verdict> verdict = judge("DELETE FROM orders -- " + "x".repeat(256 * 1024));

        assertThat(denied(verdict)).isEqualTo(Refusals.UNREADABLE_TEXT);
    }

    /** Whoever floods people hides what others wait for, or is approved out of weariness. */
    @Test
    void holdsTenStatementsOfOneIdentityAtATime() throws InterruptedException {
        List<UUID> held = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            session = enter("migration-agents");
            held.add(approval(judge("DELETE FROM orders WHERE true /* " + i + " */")));
        }
        assertThat(denied(judge("DELETE FROM orders"))).isEqualTo(Refusals.MANY_HELD);
        Session first = session;
        session = enter("migration-agents", "another");
        approve(approval(judge("DELETE FROM orders")));
        assertThat(notices.take().message()).contains("Permit");

        session = first;
        desk.withdraw(held.get(3)).toCompletableFuture().join();
        assertThat(notices.take().message()).contains("Deny");
        approve(approval(judge("DELETE FROM orders")));
    }

    @Test
    void refusesWhatAPersonDenied() throws InterruptedException {
        CompletableFuture<Verdict> verdict = judge("DELETE FROM orders");

        desk.deny(approval(verdict), StoredDesk.approver("dana", "dba"), "not today");

        assertThat(denied(verdict).sqlState()).isEqualTo("42501");
        assertThat(denied(verdict).detail().orElseThrow()).contains("mass-change", "dana", "not today");
        assertThat(records().get(0).verdict()).isEqualTo("DENY");
    }

    @Test
    void holdsWhatIsThereNowHoweverOldTheSnapshotIs() throws InterruptedException {
        judge("SELECT id FROM current_orders").join();
        execute("CREATE OR REPLACE VIEW current_orders AS SELECT id, total FROM orders WHERE id > 1");
        CompletableFuture<Verdict> verdict = judge("DELETE FROM current_orders");

        approve(approval(verdict));

        assertThat(verdict.join()).isInstanceOf(Verdict.Permit.class);
    }

    @Test
    void refusesAViewSwappedForOneOnOtherTables() throws InterruptedException {
        CompletableFuture<Verdict> verdict = judge("DELETE FROM current_orders");
        UUID approval = approval(verdict);
        execute("CREATE OR REPLACE VIEW current_orders AS SELECT id, total FROM archive");

        approve(approval);

        assertThat(denied(verdict)).isEqualTo(Refusals.CHANGED_SINCE);
        assertThat(records().get(0).verdict()).isEqualTo("DENY");
        assertThat(desk.use(approval).toCompletableFuture().join()).isFalse();
    }

    @Test
    void refusesAViewThatShowsOtherRowsOfTheSameTable() throws InterruptedException {
        CompletableFuture<Verdict> verdict = judge("DELETE FROM current_orders");
        UUID approval = approval(verdict);
        execute("CREATE OR REPLACE VIEW current_orders AS SELECT id, total FROM orders WHERE id > -1");

        approve(approval);

        assertThat(denied(verdict)).isEqualTo(Refusals.CHANGED_SINCE);
    }

    @Test
    void refusesATableDroppedAndMadeAgain() throws InterruptedException {
        execute("CREATE TABLE passing (id int)");
        CompletableFuture<Verdict> verdict = judge("DELETE FROM passing");
        UUID approval = approval(verdict);
        execute("DROP TABLE passing");
        execute("CREATE TABLE passing (id int)");

        approve(approval);

        assertThat(denied(verdict)).isEqualTo(Refusals.CHANGED_SINCE);
        execute("DROP TABLE passing");
    }

    @Test
    void refusesATableThatGotATrigger() throws InterruptedException {
        execute("CREATE TABLE guarded (id int)");
        execute(
                "CREATE OR REPLACE FUNCTION spread() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM archive; RETURN OLD; END'");
        CompletableFuture<Verdict> verdict = judge("DELETE FROM guarded");
        UUID approval = approval(verdict);
        execute("CREATE TRIGGER spread BEFORE DELETE ON guarded FOR EACH ROW EXECUTE FUNCTION spread()");

        approve(approval);

        assertThat(denied(verdict)).isEqualTo(Refusals.CHANGED_SINCE);
        execute("DROP TABLE guarded");
    }

    @Test
    void refusesAfterTheSessionsTokenExpiredMeanwhile() throws InterruptedException {
        session = enter("migration-agents", NOW.plusSeconds(60));
        CompletableFuture<Verdict> verdict = judge("DELETE FROM orders");
        UUID approval = approval(verdict);
        clock.advance(Duration.ofSeconds(60));

        approve(approval);

        assertThat(denied(verdict)).isEqualTo(Refusals.EXPIRED);
    }

    /** It would look as if it could run, and show what was asked, for as long as the store is kept. */
    @Test
    void withdrawsAnApprovalThatCannotBeUsed() throws InterruptedException {
        CompletableFuture<Verdict> verdict = judge("DELETE FROM orders");
        UUID approval = approval(verdict);
        databaseAway = true;
        snapshots.close();

        approve(approval);

        denied(verdict);
        assertThat(desk.approve(approval, StoredDesk.approver("dana", "dba"), "again"))
                .isInstanceOfSatisfying(
                        Outcome.AlreadyDecided.class,
                        already -> assertThat(already.approval().state().code()).isEqualTo("withdrawn"));
    }

    @Test
    void withdrawsWhenTheClientLeaves() throws InterruptedException {
        CompletableFuture<Verdict> verdict = judge("DELETE FROM orders");
        UUID approval = approval(verdict);

        verdict.cancel(true);
        desk.withdraw(approval).toCompletableFuture().join();

        assertThat(desk.approve(approval, StoredDesk.approver("dana", "dba"), "late"))
                .isInstanceOf(Outcome.AlreadyDecided.class);
    }

    @Test
    void seesTablesMadeSinceTheLastSnapshot() {
        judge("SELECT total FROM orders").join();
        execute("CREATE TABLE newest (id int)");

        assertThat(judge("SELECT id FROM newest").join()).isInstanceOf(Verdict.Permit.class);
        execute("DROP TABLE newest");
    }

    /** A definition behind a definition: what it names is in no snapshot, and the one at hand is of before. */
    @Test
    void readsTheCatalogOnceForAStatement() {
        judge("SELECT id FROM nowhere").join();
        assertThat(catalogReads).hasValue(1);

        judge("SELECT id FROM nowhere").join();
        assertThat(catalogReads).hasValue(2);
    }

    /** As SQLAlchemy asks where it looks at tables. */
    @ParameterizedTest(name = "{0} [{1}]")
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT current_setting($1) | default_table_access_method",
                "SELECT pg_catalog.current_setting($1, true) | TimeZone",
                "SELECT id FROM orders WHERE total::text <> current_setting($1::varchar) | server_version",
                "SELECT current_setting($1), current_setting($1), current_setting('timezone') | datestyle",
            })
    void showsSettingsThatParametersName(String sql, String value) {
        for (int i = 0; i < 2; i++) {
            assertThat(shown(Phase.PARSE, sql, List.of(new Parameter(0, false, null))))
                    .isInstanceOf(Verdict.Permit.class);
            assertThat(shown(Phase.EXECUTE, sql, List.of(text(value)))).isInstanceOf(Verdict.Permit.class);
            assertThat(shown(Phase.EXECUTE, sql, List.of(text("app.secret")))).isInstanceOf(Verdict.Deny.class);
        }
    }

    @ParameterizedTest(name = "{0} {1} [{2}]")
    @CsvSource(
            delimiter = '|',
            nullValues = "NULL",
            value = {
                "EXECUTE | SELECT current_setting($1) | app.secret",
                "EXECUTE | SELECT current_setting($1, true) | data_directory",
                "EXECUTE | SELECT current_setting($1) | NULL",
                "EXECUTE | SELECT current_setting($1) | ''",
                "EXECUTE | SELECT current_setting($1) | $1",
                "EXECUTE | SELECT current_setting('$1', true), $1 | timezone",
                "EXECUTE | SELECT current_setting('$1', true), current_setting($1) | timezone",
                "EXECUTE | SELECT current_setting(lower($1)) | timezone",
                "EXECUTE | SELECT current_setting($1::varchar(3)) | timezone",
                "EXECUTE | SELECT current_setting(s, true), $1 FROM (VALUES ('app.secret')) v (s) | timezone",
                "EXECUTE | SELECT current_setting($2, true) | timezone",
                "EXECUTE | SELECT v FROM (VALUES (current_setting($1)), (current_setting($1)), (current_setting($2))) t (v) | timezone",
                "QUERY | PREPARE p AS SELECT current_setting($1) | NULL",
            })
    void showsNoOthers(Phase phase, String sql, @Nullable String value) {
        List<Parameter> values = phase == Phase.QUERY ? List.of() : List.of(text(value), text("app.secret"));

        assertThat(shown(phase, sql, values))
                .isInstanceOfSatisfying(
                        Verdict.Deny.class,
                        deny -> assertThat(deny.refusal().message())
                                .isEqualTo("permission denied for function current_setting"));
    }

    /** Beside a value that its PREPARE has been given and nobody uses. */
    @Test
    void showsNoSettingThatAnExecuteNames() {
        String prepare = "PREPARE p (text) AS SELECT current_setting($1)";
        assertThat(shown(Phase.EXECUTE, prepare, List.of(text("timezone")))).isInstanceOf(Verdict.Permit.class);
        finish(new SessionDeputy(session, hearing, catalogs, docket, counted::add));

        assertThat(shown(Phase.EXECUTE, "EXECUTE p ('app.secret')", List.of(text("timezone"))))
                .isInstanceOf(Verdict.Deny.class);
        assertThat(shown(Phase.QUERY, "EXECUTE p ('timezone')", List.of())).isInstanceOf(Verdict.Deny.class);
    }

    /** The server is asked about fewer then, and numbers them otherwise. */
    @Test
    void showsNoSettingThatOneOfTooManyParametersNames() {
        String list = IntStream.rangeClosed(1, 101).mapToObj(n -> "$" + n).collect(Collectors.joining(", "));
        List<Parameter> values = IntStream.rangeClosed(1, 101)
                .mapToObj(n -> new Parameter(25, false, "timezone".getBytes(StandardCharsets.UTF_8)))
                .toList();

        assertThat(shown(Phase.EXECUTE, "SELECT " + list, values)).isInstanceOf(Verdict.Permit.class);
        assertThat(shown(Phase.EXECUTE, "SELECT current_setting($101), " + list, values))
                .isInstanceOf(Verdict.Deny.class);
    }

    private Verdict shown(Phase phase, String sql, List<Parameter> values) {
        StatementAttempt attempt = new StatementAttempt(++asked, phase, sql, values, TransactionStatus.IDLE);
        CompletableFuture<Verdict> repeated = hearing.repeat(session, attempt);
        return (repeated == null ? hearing.judge(session, attempt) : repeated).join();
    }

    private static Parameter text(@Nullable String value) {
        return new Parameter(0, false, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    /** What others see does not change before the transaction ends. */
    @Test
    void readsTheCatalogAnewOnlyWhereATransactionThatDefinesEnds() {
        var deputy = new SessionDeputy(session, hearing, catalogs, docket, counted::add);
        judge("CREATE TABLE brief (id int)").join();
        finish(deputy);
        int reads = catalogReads.get();

        for (int i = 0; i < 3; i++) {
            judge(Phase.EXECUTE, "INSERT INTO orders VALUES (1)", TransactionStatus.IN_TRANSACTION)
                    .join();
            finish(deputy);
            deputy.synced(false, TransactionStatus.IN_TRANSACTION);
        }
        assertThat(catalogReads).hasValue(reads + 1);

        judge(Phase.EXECUTE, "COMMIT", TransactionStatus.IN_TRANSACTION).join();
        finish(deputy);
        judge("SELECT total FROM orders").join();
        assertThat(catalogReads).hasValue(reads + 2);
    }

    private void finish(SessionDeputy deputy) {
        deputy.finished(new StatementOutcome(asked, "DONE", Optional.empty(), 0, 0, Duration.ZERO))
                .toCompletableFuture()
                .join();
    }

    @Test
    void readsTheCatalogAnewWhereAPreparedTransactionIsCommitted() {
        session = enter("operators");

        judge("COMMIT PREPARED 'of somebody'").join();

        finish(asked);
    }

    /** Whoever keeps the Sync back has others read a catalog without it. */
    @Test
    void whatWasReadBetweenADefinitionAndItsCommitIsNotKept() {
        var deputy = new SessionDeputy(session, hearing, catalogs, docket, counted::add);
        judge(Phase.EXECUTE, "CREATE TABLE brief (id int)", TransactionStatus.IDLE)
                .join();
        finish(deputy);
        catalogs.current("shop").toCompletableFuture().join();
        assertThat(catalogs.atHand("shop")).isPresent();

        deputy.synced(false, TransactionStatus.IDLE);
        assertThat(catalogs.atHand("shop")).isEmpty();

        catalogs.current("shop").toCompletableFuture().join();
        deputy.synced(false, TransactionStatus.IDLE);
        hearing.left(session);
        assertThat(catalogs.atHand("shop")).isPresent();
    }

    /** Whoever sends the Sync and leaves is not told of its end. */
    @Test
    void norWhereTheSessionEndsBeforeItsServerIsReady() {
        judge(Phase.EXECUTE, "CREATE TABLE brief (id int)", TransactionStatus.IDLE)
                .join();
        finish(asked);
        catalogs.current("shop").toCompletableFuture().join();

        hearing.left(session);

        assertThat(catalogs.atHand("shop")).isEmpty();
    }

    @Test
    void refusesToReadWhatOnlyTheSessionCanSeeYet() {
        session = enter("writing-agents");
        assertThat(judge("CREATE TABLE uncommitted (id int)").join()).isInstanceOf(Verdict.Permit.class);

        assertThat(judge("INSERT INTO uncommitted VALUES (1)").join()).isInstanceOf(Verdict.Permit.class);
        assertThat(denied(judge("SELECT id FROM uncommitted")).hint()).contains("Commit before you read from it.");
        assertThat(denied(judge(Phase.PARSE, "SELECT id FROM uncommitted")).sqlState())
                .isEqualTo("42501");
    }

    private Session enter(String group) {
        return enter(group, NOW.plus(Duration.ofHours(1)));
    }

    private Session enter(String group, String name) {
        return enter(new Identity(name, Set.of(group), Map.of(), NOW.plus(Duration.ofHours(1))), group);
    }

    private Session enter(String group, Instant expires) {
        return enter(new Identity("agent", Set.of(group), Map.of(), expires), group);
    }

    private Session enter(Identity identity, String group) {
        SessionId id = SessionId.random();
        return new Session(id, identity, Shop.access(group), false, new IdleHandle() {
            @Override
            public void notice(Notice notice) {
                notices.add(notice);
            }
        });
    }

    private CompletableFuture<Verdict> judge(String sql) {
        return judge(Phase.EXECUTE, sql);
    }

    private CompletableFuture<Verdict> judge(Phase phase, String sql) {
        return judge(phase, sql, TransactionStatus.IDLE);
    }

    private CompletableFuture<Verdict> judge(Phase phase, String sql, TransactionStatus status) {
        return hearing.judge(session, new StatementAttempt(++asked, phase, sql, List.of(SEVEN), status));
    }

    private void finish(long statement) {
        assertThat(session.onFinished(statement, Optional.empty())).isTrue();
    }

    /** Once the client was told of it. */
    private UUID approval(CompletableFuture<Verdict> verdict) throws InterruptedException {
        var unused = verdict.thenAccept(
                early -> notices.add(new Notice("not held: " + early, Optional.empty(), Optional.empty())));
        String told = notices.take().message();
        Matcher message = APPROVAL.matcher(told);
        assertThat(message.matches()).as(told).isTrue();
        return UUID.fromString(message.group(1));
    }

    private void approve(UUID approval) {
        assertThat(desk.approve(approval, StoredDesk.approver("dana", "dba"), "agreed"))
                .isInstanceOf(Outcome.Done.class);
    }

    private static Refusal denied(CompletableFuture<Verdict> verdict) {
        return ((Verdict.Deny) verdict.join()).refusal();
    }

    private List<RecordedStatement> records() {
        record.ship(store);
        return store.statements(session.id().value());
    }

    private static void execute(String sql) {
        try (Connection connection = store.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
