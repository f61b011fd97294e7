package org.sallyport.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.contract.Admission;
import org.sallyport.contract.Admission.Admitted;
import org.sallyport.contract.Admission.Rejected;
import org.sallyport.contract.ConnectionAttempt;
import org.sallyport.contract.Deputy;
import org.sallyport.contract.Leeway;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.ResultChunk;
import org.sallyport.contract.Secret;
import org.sallyport.contract.Server;
import org.sallyport.contract.SessionHandle;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.contract.Target;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.contract.Verdict;
import org.sallyport.grant.GrantBook;
import org.sallyport.identity.AdjustableClock;
import org.sallyport.identity.DatabaseCredentials.Credential;
import org.sallyport.identity.Identity;
import org.sallyport.identity.TokenFault;
import org.sallyport.identity.Verification;
import org.sallyport.metric.Happening;
import org.sallyport.record.SessionRecord;
import org.sallyport.record.TestRecord;

class ReceptionTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final AdjustableClock clock = new AdjustableClock(NOW);
    private final Deputy deputy = new Deputy() {
        @Override
        public void portal(String name) {}

        @Override
        public void statement(String name) {}

        @Override
        public void synced(boolean failed, TransactionStatus transaction) {}

        @Override
        public CompletionStage<Verdict> judge(StatementAttempt attempt) {
            throw new IllegalStateException("nothing is judged here");
        }

        @Override
        public CompletionStage<Void> shown(ResultChunk chunk) {
            throw new IllegalStateException("nothing is shown here");
        }

        @Override
        public CompletionStage<Void> finished(StatementOutcome outcome) {
            throw new IllegalStateException("nothing runs here");
        }
    };
    private final TestRecord record = TestRecord.open();
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
    private final List<Happening> counted = new CopyOnWriteArrayList<>();
    private final Sessions sessions = new Sessions(executor, clock);
    private final SessionId id = SessionId.random();
    private Verification verification = verified("reporting-agents");
    private boolean credentialThere = true;
    private Reception reception;

    @BeforeEach
    void open() {
        reception = new Reception(
                token -> verification,
                Shop.bundle(),
                alias -> credentialThere
                        ? Optional.of(new Credential("gateway", new Secret("sesame".toCharArray())))
                        : Optional.empty(),
                sessions,
                session -> deputy,
                record.recorder(),
                executor,
                clock,
                new GrantBook(clock),
                counted::add);
    }

    @AfterEach
    void close() {
        executor.shutdownNow();
        record.close();
    }

    @Test
    void letsAKnownCallerInAndRecordsTheSessionFirst() {
        Admitted admitted = (Admitted) admit("agent", "shop");

        assertThat(admitted.caller()).isEqualTo("agent");
        assertThat(admitted.groups()).containsExactly("reporting-agents");
        assertThat(admitted.leeway()).isEqualTo(Leeway.RESTRICTED);
        assertThat(admitted.deputy()).isSameAs(deputy);
        assertThat(admitted.target()).returns("gateway", Target::user);
        assertThat(admitted.target().server())
                .returns(List.of(new Server.Host("db1.internal", 5433)), Server::hosts)
                .returns("shop", Server::database);
        assertThat(record.entities())
                .singleElement()
                .isInstanceOfSatisfying(
                        SessionRecord.class,
                        session -> assertThat(session.clientAddress()).isEqualTo("127.0.0.1:4711"));
        assertThat(sessions.find(id)).isPresent();
        assertThat(sessions.open()).isOne();
        assertThat(counted).containsExactly(Happening.SESSION_ADMITTED);
    }

    @Test
    void saysWhatIsWrongWithAToken() {
        verification = new Verification.Refused(TokenFault.EXPIRED);

        assertThat(rejected("agent", "shop"))
                .returns("28000", Refusal::sqlState)
                .returns("token expired", Refusal::message);
        assertThat(counted).containsExactly(Happening.SESSION_REJECTED);
    }

    /** Nobody needs a token for it: what a flood writes in the log has a bound, what is counted has none. */
    @Test
    void aFloodOfRefusedLoginsIsAFewLinesOfTheLog() {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler file = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("org.sallyport.inbound");
        logger.addHandler(file);
        try {
            verification = new Verification.Refused(TokenFault.EXPIRED);
            for (int i = 0; i < 500; i++) {
                rejected("agent", "shop");
            }
            assertThat(lines)
                    .hasSize(10)
                    .allMatch(line -> line.contains("client=127.0.0.1 ") && line.contains("reason=token expired"));
            clock.advance(Duration.ofMinutes(1));
            rejected("agent", "shop");
            assertThat(lines).hasSize(12);
            assertThat(lines.get(10)).contains("count=490");
            assertThat(counted).hasSize(501).containsOnly(Happening.SESSION_REJECTED);
        } finally {
            logger.removeHandler(file);
        }
    }

    @Test
    void refusesAnotherUserNameThanTheTokens() {
        assertThat(rejected("postgres", "shop").sqlState()).isEqualTo("28000");
    }

    @Test
    void answersTheSameForAClosedDatabaseAndNone() {
        Refusal closed = rejected("agent", "other");

        assertThat(closed.sqlState()).isEqualTo("3D000");
        assertThat(closed.hint().orElseThrow()).contains("shop").doesNotContain("other");
        assertThat(rejected("agent", "nowhere")).isEqualTo(closed);
    }

    /** Threat 107: what a guardrail says of SET holds for the start-up packet. */
    @Test
    void letsNobodyBeginWithASettingThatAGuardrailDenies() {
        verification = verified("operators");

        Refusal refusal = ((Rejected) admit("agent", "shop", Map.of("session_replication_role", "replica"))).refusal();

        assertThat(refusal.sqlState()).isEqualTo("42501");
        assertThat(refusal.detail().orElseThrow()).contains("triggers-off");
        assertThat(admit("agent", "shop", Map.of("work_mem", "1MB"))).isInstanceOf(Admitted.class);
        verification = verified("trial-agents");
        assertThat(admit("agent", "shop", Map.of("session_replication_role", "replica")))
                .isInstanceOf(Admitted.class);
    }

    /** Threat 115: PostgreSQL takes the user's name where no database is named, which is no way around the policy. */
    @Test
    void neverTakesTheUserForTheDatabase() {
        verification = new Verification.Verified(
                new Identity("shop", Set.of("reporting-agents"), Map.of(), NOW.plusSeconds(300)));

        assertThat(rejected("shop", ""))
                .returns("3D000", Refusal::sqlState)
                .returns("no database name specified in startup packet", Refusal::message)
                .returns("Connect to one of: shop.", refusal -> refusal.hint().orElseThrow());
        assertThat(record.entities()).isEmpty();
        assertThat(admit("shop", "shop")).isInstanceOf(Admitted.class);
    }

    @Test
    void tellsWhoNamedNoDatabaseThatTheirClientTookTheUsersName() {
        Refusal refusal = rejected("agent", "agent");

        assertThat(refusal.message()).isEqualTo(rejected("agent", "nowhere").message());
        assertThat(refusal.detail().orElseThrow()).contains("the user's name");
    }

    @Test
    void namesNoDatabaseToWhoMayUseNone() {
        verification = verified("nobodies");

        assertThat(rejected("agent", "shop").toString()).doesNotContain("\"shop\"", "Connect to");
    }

    @Test
    void letsNobodyInWithoutARecord() {
        record.end();

        assertThat(rejected("agent", "shop")).isEqualTo(Refusals.NOT_ADMITTED);
        assertThat(sessions.find(id)).isEmpty();
    }

    @Test
    void letsNobodyInWithoutACredential() {
        credentialThere = false;

        assertThat(rejected("agent", "shop")).isEqualTo(Refusals.NOT_ADMITTED);
        assertThat(record.entities()).isEmpty();
    }

    @Test
    void endsASessionWhenItsTokenEnds() throws InterruptedException {
        var ends = new java.util.concurrent.LinkedBlockingQueue<Refusal>();
        Identity identity = new Identity("agent", Set.of("reporting-agents"), Map.of(), NOW.plus(Duration.ofMillis(5)));

        sessions.enter(new Session(id, identity, Shop.access("reporting-agents"), false, handle(ends::add)));

        assertThat(ends.take()).isEqualTo(Refusals.EXPIRED);
    }

    private static Verification verified(String group) {
        return new Verification.Verified(new Identity("agent", Set.of(group), Map.of(), NOW.plusSeconds(300)));
    }

    private Refusal rejected(String user, String database) {
        return ((Rejected) admit(user, database)).refusal();
    }

    private Admission admit(String user, String database) {
        return admit(user, database, Map.of());
    }

    private Admission admit(String user, String database, Map<String, String> settings) {
        return reception
                .admit(new ConnectionAttempt(
                        id,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711),
                        true,
                        user,
                        database,
                        settings,
                        new Secret("token".toCharArray()),
                        handle(reason -> {})))
                .toCompletableFuture()
                .join();
    }

    private static SessionHandle handle(java.util.function.Consumer<Refusal> onEnd) {
        return new IdleHandle() {
            @Override
            public void end(Refusal reason) {
                onEnd.accept(reason);
            }
        };
    }
}
