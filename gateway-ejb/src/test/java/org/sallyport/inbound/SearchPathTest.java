package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.BaseConnection;
import org.sallyport.approval.ApprovalDesk;
import org.sallyport.approval.StoredDesk;
import org.sallyport.catalog.Catalogs;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementAttempt.Phase;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.contract.Verdict;
import org.sallyport.grant.GrantBook;
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

    /** What asyncpg's pool sends when a connection is given back. */
    private static final String RESET = """
            SELECT pg_advisory_unlock_all();
            CLOSE ALL;
            UNLISTEN *;
            RESET ALL;""";

    private final EmbeddedPostgres postgres = TestPostgres.start();
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
    private final Meanings meanings = new Meanings(connection -> open(), executor);
    private final TestRecord record = TestRecord.open();

    @SuppressWarnings("NullAway.Init")
    private PolicyBundle bundle;

    @SuppressWarnings("NullAway.Init")
    private Catalogs snapshots;

    @SuppressWarnings("NullAway.Init")
    private Hearing hearing;

    @SuppressWarnings("NullAway.Init")
    private Session session;

    @SuppressWarnings("NullAway.Init")
    private SessionDeputy deputy;

    @SuppressWarnings("NullAway.Init")
    private Connection client;

    /** Whether the server cannot be asked. */
    private boolean silent;

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
    void enter() throws SQLException {
        silent = false;
        client = open();
        Clock clock = Clock.systemUTC();
        Judge judge = new Judge(bundle);
        snapshots = new Catalogs(connection -> open(), executor, Duration.ofSeconds(30), clock);
        CatalogLoads catalogs = new CatalogLoads(snapshots, executor);
        Docket docket = new Docket(record.recorder(), "policy", new Discretion(List.of()), clock);
        Judgements judgements = new Judgements(judge, meanings, executor, clock, new GrantBook(clock));
        ApprovalDesk desk = StoredDesk.inMemory(executor, clock);
        WaitingRoom waitingRoom =
                new WaitingRoom(desk, judge, judgements, catalogs, docket, "https://localhost", clock);
        hearing = new Hearing(judge, judgements, catalogs, docket, waitingRoom, clock, Tally.NONE);
        Identity identity = new Identity("agent", Set.of("readers"), Map.of(), Instant.MAX);
        Access access = bundle.access(new Circumstances(identity, "shop", Instant.EPOCH))
                .orElseThrow();
        session = new Session(SessionId.random(), identity, access, false, new IdleHandle() {
            @Override
            public CompletionStage<String> show(String setting) {
                return shown(setting);
            }
        });
        deputy = new SessionDeputy(session, hearing, catalogs, docket, Tally.NONE);
    }

    @AfterEach
    void leave() throws SQLException {
        snapshots.close();
        client.close();
    }

    private CompletionStage<String> shown(String setting) {
        try {
            return silent
                    ? CompletableFuture.failedFuture(new IllegalStateException("in the middle of a pipeline"))
                    : CompletableFuture.completedFuture(text("SHOW " + setting));
        } catch (SQLException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private String text(String query) throws SQLException {
        try (Statement statement = client.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    private TransactionStatus status() throws SQLException {
        return switch (client.unwrap(BaseConnection.class).getTransactionState()) {
            case IDLE -> TransactionStatus.IDLE;
            case OPEN -> TransactionStatus.IN_TRANSACTION;
            case FAILED -> TransactionStatus.FAILED;
        };
    }

    private Verdict judge(Phase phase, String sql, TransactionStatus status) {
        var attempt = new StatementAttempt(++asked, phase, sql, List.of(), status);
        var standing = hearing.repeat(session, attempt);
        return (standing == null ? hearing.judge(session, attempt) : standing).join();
    }

    /** Whether it is permitted; then it has run, and the server is ready again. */
    private boolean runs(String sql) throws SQLException {
        if (!(judge(Phase.QUERY, sql, status()) instanceof Verdict.Permit)) {
            return false;
        }
        Optional<String> sqlState = Optional.empty();
        try (Statement statement = client.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            sqlState = Optional.of(failed.getSQLState());
        }
        end(sqlState);
        deputy.synced(sqlState.isPresent(), status());
        return true;
    }

    private void run(String... statements) throws SQLException {
        for (String sql : statements) {
            assertThat(runs(sql)).as(sql).isTrue();
        }
    }

    private void end(Optional<String> sqlState) {
        deputy.finished(new StatementOutcome(asked, "SET", sqlState, 0, 0, Duration.ZERO))
                .toCompletableFuture()
                .join();
    }

    private void assertLooksInMine() throws SQLException {
        assertThat(runs("SELECT id FROM orders")).as("orders is mine.orders").isTrue();
    }

    private void assertLooksInTheirs() throws SQLException {
        assertThat(judge(Phase.QUERY, "SELECT id FROM orders", status()))
                .as("orders is theirs.orders")
                .isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void namesAreLookedUpWhereTheSessionLooks() throws SQLException {
        run("SELECT id FROM customers", "SET search_path TO mine");
        assertLooksInMine();
        run("SELECT id FROM orders ORDER BY id USING <", "SET search_path = theirs, mine");
        assertLooksInTheirs();
        assertThat(runs("SELECT id FROM orders ORDER BY id USING <")).isFalse();
        run("SELECT id FROM mine.orders", "RESET search_path", "SELECT id FROM customers");
    }

    /** Only what stands behind it in its text would be looked up elsewhere. */
    @Test
    void aSetMayStandLastInItsText() throws SQLException {
        run("SET search_path TO mine", "SELECT id FROM orders; SET search_path TO theirs");
        assertLooksInTheirs();
        assertThat(runs("SET search_path TO mine; SELECT id FROM orders")).isFalse();
        assertThat(runs("SELECT id FROM orders; SET search_path TO mine")).isFalse();
        assertThat(runs("RESET ALL; SELECT id FROM customers")).isFalse();
        assertThat(runs("SHOW ALL")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {RESET, "RESET ALL", "DISCARD ALL", "DISCARD ALL;"})
    void whatPoolsSendGivesBackTheFirstPath(String reset) throws SQLException {
        run("SET search_path TO theirs", "SET statement_timeout TO 7000");
        assertLooksInTheirs();
        run(reset, "SELECT id FROM customers", "SELECT id FROM orders -- which there is none");
        assertThat(session.path()).containsExactly(text("SELECT current_user"), "public");
        assertThat(text("SHOW statement_timeout")).isEqualTo("0");
    }

    /** A prepared statement is judged again when it runs. */
    @Test
    void aStatementThatWasParsedOnAnotherPathIsJudgedAnew() throws SQLException {
        run("SET search_path TO mine");
        assertThat(judge(Phase.PARSE, "SELECT id FROM orders", TransactionStatus.IDLE))
                .isInstanceOf(Verdict.Permit.class);
        run("SET search_path TO theirs");

        assertThat(judge(Phase.EXECUTE, "SELECT id FROM orders", TransactionStatus.IDLE))
                .isInstanceOf(Verdict.Deny.class);
    }

    @Test
    void aSetThatDidNotRunChangesNothing() throws SQLException {
        run("SET search_path TO mine");
        assertThat(judge(Phase.QUERY, "SET search_path TO theirs", TransactionStatus.IDLE))
                .isInstanceOf(Verdict.Permit.class);

        assertLooksInMine();
    }

    @Test
    void aSetHoldsInItsTransactionAndBehindItsCommit() throws SQLException {
        run("SET search_path TO mine", "BEGIN", "SET search_path TO theirs");
        assertLooksInTheirs();
        run("COMMIT");
        assertLooksInTheirs();
    }

    @Test
    void aRollbackTakesItBack() throws SQLException {
        run("SET search_path TO mine", "BEGIN", "SET search_path TO theirs", "ROLLBACK");
        assertLooksInMine();
    }

    @Test
    void aLocalOneEndsWithItsTransaction() throws SQLException {
        run("SET search_path TO theirs", "BEGIN", "SET LOCAL search_path TO mine");
        assertLooksInMine();
        run("COMMIT");
        assertLooksInTheirs();
    }

    @Test
    void aRollbackToASavepointTakesItBack() throws SQLException {
        run("SET search_path TO theirs", "BEGIN", "SAVEPOINT a", "SET search_path TO mine");
        assertLooksInMine();
        run("ROLLBACK TO a");
        assertLooksInTheirs();
    }

    @Test
    void anErrorTakesItBackWithItsTransaction() throws SQLException {
        run("SET search_path TO mine", "BEGIN", "SET search_path TO theirs", "SELECT 1 / 0", "ROLLBACK");
        assertLooksInMine();
    }

    /** The name of whoever the session is. */
    @Test
    void theUsersOwnSchemaIsFollowed() throws SQLException {
        run("SET search_path TO \"$user\", mine");
        assertLooksInMine();
        assertThat(session.path()).containsExactly(text("SELECT current_user"), "mine");
    }

    /** Behind the end of the transaction names are looked up elsewhere than at its beginning, where it is judged. */
    @Test
    void nothingRunsBehindTheEndOfItsTransactionInOneText() throws SQLException {
        run("SET search_path TO theirs", "BEGIN", "SET LOCAL search_path TO mine");
        assertThat(judge(Phase.QUERY, "COMMIT; SELECT id FROM orders", status()))
                .isEqualTo(new Verdict.Deny(Refusals.PATH_UNSETTLED));
        assertThat(judge(Phase.QUERY, "ROLLBACK AND CHAIN; SELECT id FROM orders", status()))
                .isInstanceOf(Verdict.Deny.class);
        run("SELECT id FROM orders; SELECT id FROM orders");
    }

    /** Statements that are sent without waiting are permitted before the server has answered the first of them. */
    @Test
    void aRollbackTakesItBackHoweverLateTheServerIsReady() throws SQLException {
        run("SET search_path TO theirs");
        for (String sql : List.of("SELECT 1", "BEGIN", "SET LOCAL search_path TO mine")) {
            assertThat(judge(Phase.QUERY, sql, TransactionStatus.IN_TRANSACTION))
                    .isInstanceOf(Verdict.Permit.class);
        }
        deputy.synced(false, TransactionStatus.IDLE);
        try (Statement statement = client.createStatement()) {
            statement.execute("BEGIN; SET LOCAL search_path TO mine");
        }
        deputy.synced(false, TransactionStatus.IN_TRANSACTION);
        assertLooksInMine();
        run("ROLLBACK");
        assertLooksInTheirs();
    }

    /** A portal runs on the path on which it was bound. */
    @Test
    void aPortalThatWasBoundOnAnotherPathDoesNotRun() throws SQLException {
        run("SET search_path TO theirs", "BEGIN");
        long bound = asked;
        run("SET LOCAL search_path TO mine");
        var attempt = new StatementAttempt(
                ++asked,
                Phase.EXECUTE,
                "SELECT id FROM orders",
                List.of(),
                TransactionStatus.IN_TRANSACTION,
                bound,
                bound);

        assertThat(hearing.repeat(session, attempt)).isNull();
        assertThat(hearing.judge(session, attempt).join()).isEqualTo(new Verdict.Deny(Refusals.PATH_UNSETTLED));
    }

    /** Drivers keep what they have prepared: behind the SET comes a Bind, and only before it can the server be asked. */
    @Test
    void whatWasPreparedBeforeItIsBoundWhereTheSessionLooksThen() throws SQLException {
        run("SET search_path TO mine");
        assertThat(judge(Phase.PARSE, "SELECT id FROM orders", TransactionStatus.IDLE))
                .isInstanceOf(Verdict.Permit.class);
        long prepared = asked;
        run("SET search_path TO theirs", "SET search_path TO mine");
        Objects.requireNonNull(deputy.binding(TransactionStatus.IDLE))
                .toCompletableFuture()
                .join();
        assertThat(deputy.binding(TransactionStatus.IDLE)).isNull();
        silent = true; // the Bind was sent, and no Sync
        long bound = asked;
        var attempt = new StatementAttempt(
                ++asked, Phase.EXECUTE, "SELECT id FROM orders", List.of(), TransactionStatus.IDLE, bound, prepared);

        assertThat(hearing.judge(session, attempt).join()).isInstanceOf(Verdict.Permit.class);
    }

    /** As an error of a Bind that nobody is asked about. */
    @Test
    void nothingFollowsItInItsPipeline() throws SQLException {
        run("SET search_path TO theirs");
        assertThat(judge(Phase.PARSE, "SET search_path TO mine", TransactionStatus.IDLE))
                .isInstanceOf(Verdict.Permit.class);
        assertThat(judge(Phase.EXECUTE, "SET search_path TO mine", TransactionStatus.IDLE))
                .isInstanceOf(Verdict.Permit.class);
        end(Optional.empty());
        silent = true;

        assertThat(judge(Phase.EXECUTE, "SELECT id FROM mine.orders", TransactionStatus.IN_TRANSACTION))
                .isEqualTo(new Verdict.Deny(Refusals.PATH_UNSETTLED));
        silent = false;
        deputy.synced(true, TransactionStatus.IDLE);
        assertLooksInTheirs();
    }

    /** As PostgreSQL does it: only ASCII letters are folded, only ASCII blanks are left out. */
    @Test
    void aListOfNamesIsSplitAsTheServerSplitsIt() {
        assertThat(SearchPath.names("\"$user\", Public ,\t\"a \"\"b\"\"\""))
                .contains(List.of("$user", "public", "a \"b\""));
        assertThat(SearchPath.names("")).contains(List.of(""));
        assertThat(SearchPath.names("\"\"")).contains(List.of(""));
        assertThat(SearchPath.names("\"\u2003mine\"")).contains(List.of("\u2003mine"));
        assertThat(SearchPath.names("\u2003mine")).isEmpty();
        assertThat(SearchPath.names("\"mine")).isEmpty();
        assertThat(SearchPath.names("mine theirs")).isEmpty();
    }

    /** Whatever becomes of the path, a name is judged by what the server makes of it. */
    @Test
    void namesAreWhatTheServerSaysAfterAnything() throws SQLException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> statements = List.of(
                "SET search_path TO mine",
                "SET search_path TO theirs, mine",
                "SET search_path TO mine, theirs",
                "SET LOCAL search_path TO mine",
                "SET LOCAL search_path TO theirs",
                "SET search_path TO DEFAULT",
                "RESET search_path",
                "RESET ALL",
                "DISCARD ALL",
                RESET,
                "SELECT id FROM customers; SET search_path TO theirs",
                "COMMIT; SET search_path TO mine",
                "BEGIN; SET LOCAL search_path TO theirs",
                "SAVEPOINT a; SET search_path TO mine",
                "SET search_path TO \"$user\", theirs",
                "BEGIN",
                "COMMIT",
                "ROLLBACK",
                "ROLLBACK AND CHAIN",
                "SAVEPOINT a",
                "ROLLBACK TO a",
                "RELEASE a",
                "SELECT 1 / 0",
                "BEGIN; SAVEPOINT a",
                "COMMIT; BEGIN",
                "SELECT id FROM customers");
        int looked = 0;
        for (int step = 0; step < 600; step++) {
            String sql = statements.get(random.nextInt(statements.size()));
            boolean unused = runs(sql);
            if (status() == TransactionStatus.FAILED) {
                continue;
            }
            String schema = text("SELECT coalesce((SELECT relnamespace::regnamespace::text FROM pg_class"
                    + " WHERE oid = to_regclass('orders')), 'none')");
            boolean permitted = judge(Phase.QUERY, "SELECT id FROM orders", status()) instanceof Verdict.Permit;
            if (schema.equals("none")) {
                continue;
            }
            assertThat(permitted)
                    .as("seed %d, step %d, behind %s: orders is %s", seed, step, sql, schema)
                    .isEqualTo(schema.equals("mine"));
            looked += permitted ? 1 : 0;
        }
        assertThat(looked).isGreaterThan(50);
    }
}
