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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.approval.ApprovalDesk;
import org.sallyport.approval.StoredDesk;
import org.sallyport.catalog.Catalogs;
import org.sallyport.contract.Notice;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.SessionHandle;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementAttempt.Phase;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.contract.Verdict;
import org.sallyport.identity.Identity;
import org.sallyport.meaning.Meanings;
import org.sallyport.metric.Tally;
import org.sallyport.policy.Access;
import org.sallyport.policy.Circumstances;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.record.TestPostgres;
import org.sallyport.record.TestRecord;

/** Names are judged where the session looks them up; threats 31 and 35. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchPathTest {
    private static final String SCHEMA = """
            create schema mine;
            create schema theirs;
            create table mine.orders (id int);
            create table theirs.orders (id int);
            create table public.customers (id int);""";

    private static final String BUNDLE = """
            sallyport: 1
            issuers: [{issuer: "https://login.example.com", audience: sallyport}]
            connections: {shop: {server: {host: db, database: shop}, credential: shop-gateway}}
            roles:
              reader: {groups: [readers], connections: [shop], may: [{read: [mine.*, public.*]}]}
            """;

    private final EmbeddedPostgres postgres = TestPostgres.start();
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
    private final Meanings meanings = new Meanings(connection -> open(), executor);
    private final TestRecord record = TestRecord.open();

    @SuppressWarnings("NullAway.Init")
    private PolicyBundle bundle;

    @SuppressWarnings("NullAway.Init")
    private Hearing hearing;

    @SuppressWarnings("NullAway.Init")
    private Session session;

    @SuppressWarnings("NullAway.Init")
    private SessionDeputy deputy;

    private long asked;

    private Connection open() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        bundle = PolicyBundle.load(Files.writeString(folder.resolve("policy.yaml"), BUNDLE));
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
        }
    }

    @AfterAll
    void stop() throws IOException {
        meanings.close();
        executor.shutdownNow();
        record.close();
        postgres.close();
    }

    @BeforeEach
    void enter() {
        Clock clock = Clock.systemUTC();
        Judge judge = new Judge(bundle);
        CatalogLoads catalogs =
                new CatalogLoads(new Catalogs(connection -> open(), executor, Duration.ofSeconds(30), clock), executor);
        Docket docket = new Docket(record.recorder(), "policy", clock);
        Judgements judgements = new Judgements(judge, meanings, clock);
        ApprovalDesk desk = StoredDesk.inMemory(executor, clock);
        WaitingRoom waitingRoom = new WaitingRoom(desk, judge, judgements, catalogs, "https://localhost", clock);
        hearing = new Hearing(judge, judgements, catalogs, docket, waitingRoom, clock, Tally.NONE);
        Identity identity = new Identity("agent", Set.of("readers"), Map.of(), Instant.MAX);
        Access access = bundle.access(new Circumstances(identity, "shop", Instant.EPOCH))
                .orElseThrow();
        session = new Session(SessionId.random(), identity, access, false, new SessionHandle() {
            @Override
            public void end(Refusal reason) {}

            @Override
            public void notice(Notice notice) {}
        });
        deputy = new SessionDeputy(session, hearing, catalogs, docket, Tally.NONE);
    }

    private Verdict judge(Phase phase, String sql, TransactionStatus status) {
        var attempt = new StatementAttempt(++asked, phase, sql, List.of(), status);
        var standing = hearing.repeat(session, attempt);
        return (standing == null ? hearing.judge(session, attempt) : standing).join();
    }

    private boolean isPermitted(String sql) {
        return judge(Phase.QUERY, sql, TransactionStatus.IDLE) instanceof Verdict.Permit;
    }

    private void finish(Optional<String> sqlState) {
        end(sqlState);
        deputy.synced(sqlState.isPresent(), TransactionStatus.IDLE);
    }

    private void end(Optional<String> sqlState) {
        deputy.finished(new StatementOutcome(asked, "SET", sqlState, 0, 0, Duration.ZERO))
                .toCompletableFuture()
                .join();
    }

    private void set(String path) {
        assertThat(isPermitted(path)).isTrue();
        finish(Optional.empty());
    }

    @Test
    void namesAreLookedUpWhereTheSessionLooks() {
        assertThat(isPermitted("SELECT id FROM customers")).isTrue();
        set("SET search_path TO mine");
        assertThat(isPermitted("SELECT id FROM orders")).isTrue();
        assertThat(isPermitted("SELECT id FROM orders ORDER BY id USING <")).isTrue();
        set("SET search_path = theirs, mine");
        assertThat(isPermitted("SELECT id FROM orders")).isFalse();
        assertThat(isPermitted("SELECT id FROM orders ORDER BY id USING <")).isFalse();
        assertThat(isPermitted("SELECT id FROM mine.orders")).isTrue();
        set("RESET search_path");
        assertThat(isPermitted("SELECT id FROM customers")).isTrue();
    }

    /** A prepared statement is judged again when it runs. */
    @Test
    void aStatementThatWasParsedOnAnotherPathIsJudgedAnew() {
        set("SET search_path TO mine");
        assertThat(judge(Phase.PARSE, "SELECT id FROM orders", TransactionStatus.IDLE))
                .isInstanceOf(Verdict.Permit.class);
        set("SET search_path TO theirs");

        assertThat(judge(Phase.EXECUTE, "SELECT id FROM orders", TransactionStatus.IDLE))
                .isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void aSetThatFailsChangesNothing() {
        set("SET search_path TO mine");
        assertThat(isPermitted("SET search_path TO theirs")).isTrue();
        finish(Optional.of("22023"));

        assertThat(isPermitted("SELECT id FROM orders")).isTrue();
    }

    @Test
    void aSetThatDidNotRunChangesNothing() {
        set("SET search_path TO mine");
        assertThat(isPermitted("SET search_path TO theirs")).isTrue();

        assertThat(isPermitted("SELECT id FROM orders")).isTrue();
    }

    /** A rollback would take it back. */
    @Test
    void itIsNotSetInATransaction() {
        set("SET search_path TO mine");
        assertThat(isPermitted("BEGIN")).isTrue();
        Verdict verdict = judge(Phase.QUERY, "SET search_path TO theirs", TransactionStatus.IN_TRANSACTION);

        assertThat(verdict).isEqualTo(new Verdict.Deny(Refusals.PATH_IN_TRANSACTION));
        assertThat(isPermitted("SELECT id FROM orders")).isTrue();
    }

    /** As a Bind of a statement that is not there, which nobody is asked about. */
    @Test
    void anErrorBehindItInItsPipelineTakesItBack() {
        set("SET search_path TO mine");
        assertThat(isPermitted("SET search_path TO theirs")).isTrue();
        end(Optional.empty());
        deputy.synced(true, TransactionStatus.IDLE);

        assertThat(isPermitted("SELECT id FROM orders")).isTrue();
    }

    /** What is refused in the pipeline fails there, and takes it back. */
    @Test
    void nothingFollowsItInItsPipeline() {
        set("SET search_path TO theirs");
        assertThat(judge(Phase.PARSE, "SET search_path TO mine", TransactionStatus.IDLE))
                .isInstanceOf(Verdict.Permit.class);
        assertThat(judge(Phase.EXECUTE, "SET search_path TO mine", TransactionStatus.IDLE))
                .isInstanceOf(Verdict.Permit.class);
        end(Optional.empty());

        assertThat(judge(Phase.EXECUTE, "SELECT id FROM mine.orders", TransactionStatus.IN_TRANSACTION))
                .isEqualTo(new Verdict.Deny(Refusals.PATH_UNSETTLED));
        deputy.synced(true, TransactionStatus.IDLE);
        assertThat(isPermitted("SELECT id FROM orders")).isFalse();
    }
}
