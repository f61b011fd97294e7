package org.sallyport.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.checkpoint.Checkpoint;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.journal.JournalHead;
import org.sallyport.metric.Happening;
import org.sallyport.record.HoldRecord;
import org.sallyport.record.HoldRecord.Scope;
import org.sallyport.record.OutcomeRecord;
import org.sallyport.record.PurgeRecord;
import org.sallyport.record.PurgeRecord.Order;
import org.sallyport.record.SessionEndRecord;
import org.sallyport.record.SessionRecord;
import org.sallyport.record.StatementKey;
import org.sallyport.record.StatementRecord;
import org.sallyport.record.TestRecord;
import org.sallyport.record.TestRetention;
import org.sallyport.record.TestStore;

/** What leaves a real store and what stays, round by round. */
class RetentionTest {
    private static final Instant NOW = Instant.now();
    private static final Duration DAY = Duration.ofDays(1);

    /** Session, three statements with their outcomes, end. */
    private static final int RECORDS = 8;

    private final Map<Happening, Integer> counted = new EnumMap<>(Happening.class);
    private static TestStore store;
    private TestRecord record;
    private Connection owner;
    private Retention retention = new Retention(Map.of("orders", Duration.ofDays(90)), "abc");

    @BeforeAll
    static void start() throws IOException {
        store = new TestStore();
    }

    @AfterAll
    static void stop() throws IOException {
        store.close();
    }

    @BeforeEach
    void begin() throws SQLException {
        record = TestRecord.open();
        owner = store.dataSource().getConnection();
    }

    @AfterEach
    void empty() throws SQLException {
        execute(
                "SET session_replication_role = replica;"
                        + " TRUNCATE session, session_end, statement, outcome, checkpoint, purge, legal_hold, purged, purge_done, approval, journal");
        owner.close();
        record.close();
    }

    @Test
    void removesWhatHasExpiredAndLeavesTheRest() throws SQLException {
        UUID old = session("orders", "ann", 100);
        UUID young = session("orders", "ann", 80);
        UUID other = session("shop", "ann", 100);
        approval(old);
        approval(young);
        List<String> kept = rows("session_id <> '" + old + "'");

        purge();

        assertThat(rows("session_id = '" + old + "'")).isEmpty();
        assertThat(rows("session_id <> '" + old + "'")).isEqualTo(kept).hasSize(2 * RECORDS);
        assertThat(store.statements(young)).hasSize(3);
        assertThat(store.statements(other)).hasSize(3);
        assertThat(one("SELECT count(*) FROM purged")).isEqualTo("" + RECORDS);
        assertThat(one("SELECT string_agg(session_id::text, ' ') FROM approval"))
                .isEqualTo(young.toString());
        assertThat(one("SELECT connection || ' ' || records || ' ' || reason FROM purge"))
                .isEqualTo("orders " + RECORDS + " keep PT2160H in policy abc");
        assertThat(counted)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(Happening.PURGE_RECORDED, 1, Happening.PURGE_CARRIED_OUT, 1));
    }

    @Test
    void findsNothingMoreToDoAfterwards() throws SQLException {
        session("orders", "ann", 100);
        purge();

        purge();

        assertThat(one("SELECT count(*) FROM purge")).isEqualTo("1");
    }

    /** Also where the gateway has crashed in between: another one goes on. */
    @Test
    void removesNothingBeforeThePurgeIsRecordedAndSigned() throws SQLException {
        session("orders", "ann", 100);

        round();
        assertThat(one("SELECT count(*) FROM purge"))
                .as("recorded, not shipped")
                .isEqualTo("0");
        record.ship(store);
        round();
        record.ship(store);
        assertThat(one("SELECT count(*) FROM purge")).as("recorded once").isEqualTo("1");
        assertThat(one("SELECT count(*) FROM purged")).as("not signed").isEqualTo("0");
        sign();
        round();

        assertThat(one("SELECT count(*) FROM purged")).isEqualTo("" + RECORDS);
    }

    @Test
    void doesNotWaitForSignaturesWhereNothingIsSigned() throws SQLException {
        session("orders", "ann", 100);

        purger(false).round(purges(), retention);
        record.ship(store);
        purger(false).round(purges(), retention);

        assertThat(one("SELECT count(*) FROM purged")).isEqualTo("" + RECORDS);
    }

    @Test
    void removesNothingWhereThePurgeCannotBeRecorded() throws SQLException {
        session("orders", "ann", 100);
        Purger full = new Purger(
                purge -> CompletableFuture.failedFuture(new IllegalStateException("no room")),
                true,
                Clock.fixed(NOW, ZoneOffset.UTC),
                this::count);

        full.round(purges(), retention);

        record.ship(store);
        assertThat(counted).isEqualTo(Map.of(Happening.PURGE_FAILED, 1));
        assertThat(rows("true")).hasSize(RECORDS);
    }

    @Test
    void aHoldKeepsItsSession() throws SQLException {
        UUID held = session("orders", "ann", 100);
        session("orders", "ben", 100);
        hold(new Scope(Optional.of(held), Optional.empty()));

        purge();
        purge();

        assertThat(rows("true")).isEqualTo(rows("session_id = '" + held + "'")).hasSize(RECORDS);
    }

    @Test
    void aHoldKeepsItsConnectionUntilItsRelease() throws SQLException {
        session("orders", "ann", 100);
        HoldRecord hold = hold(new Scope(Optional.empty(), Optional.of("orders")));
        HoldRecord second = hold(new Scope(Optional.empty(), Optional.of("orders")));
        purge();
        assertThat(rows("true")).hasSize(RECORDS);

        record(TestRetention.release(hold));
        purge();
        assertThat(rows("true")).as("the second one holds still").hasSize(RECORDS);

        record(TestRetention.release(second));
        purge();
        assertThat(rows("true")).isEmpty();
    }

    @Test
    void aHoldThatComesBetweenRecordAndRemovalStopsIt() throws SQLException {
        UUID held = session("orders", "ann", 100);
        session("orders", "ben", 100);
        round();
        hold(new Scope(Optional.of(held), Optional.empty()));
        sign();

        purge();

        assertThat(rows("true")).isEqualTo(rows("session_id = '" + held + "'")).hasSize(RECORDS);
        assertThat(one("SELECT records FROM purge p JOIN purge_done d ON d.purge = p.id"))
                .as("what was left is recorded anew")
                .isEqualTo("" + RECORDS);
        assertThat(one("SELECT cardinality(holds) FROM purge p JOIN purge_done d ON d.purge = p.id"))
                .isEqualTo("1");
    }

    @Test
    void erasesAnIdentityFromAllConnections() throws SQLException {
        session("orders", "ann", 2);
        session("shop", "ann", 1);
        session("shop", "ben", 1);

        Optional<PurgeRecord> erased = request("ann");
        sign();
        purge();

        assertThat(erased.orElseThrow().taken().records()).isEqualTo(2 * RECORDS);
        assertThat(one("SELECT string_agg(identity, ' ') FROM session")).isEqualTo("ben");
        assertThat(one("SELECT count(*) FROM purged")).isEqualTo("" + 2 * RECORDS);
        assertThat(request("ann")).as("nothing is left").isEmpty();
    }

    /** Another purge takes some of it first. */
    @Test
    void erasesWhatIsLeftOfAnIdentity() throws SQLException {
        session("orders", "ann", 100);
        session("shop", "ann", 1);
        round();
        assertThat(request("ann")).isPresent();
        sign();

        purge();

        assertThat(rows("true")).isEmpty();
    }

    /** Whose gateway was killed, and has not come back. */
    @Test
    void takesASessionWithoutAnEndForEndedADayAfterItsLastWord() throws SQLException {
        UUID session = UUID.randomUUID();
        begin(session, "orders", "ann", NOW.minus(DAY.multipliedBy(95)));
        statement(session, 1, NOW.minus(DAY.multipliedBy(90)).minusSeconds(60));
        record.ship(store);
        execute("UPDATE journal SET at = now() - interval '90 days 1 minute'");
        record.close();
        record = TestRecord.open();
        session("shop", "ben", 1);
        purge();
        assertThat(rows("session_id = '" + session + "'")).isNotEmpty();

        retention = new Retention(Map.of("orders", Duration.ofDays(89)), "abc");
        purge();
        assertThat(rows("session_id = '" + session + "'")).isEmpty();
    }

    @Test
    void keepsASessionThatGoesOn() throws SQLException {
        begin(UUID.randomUUID(), "orders", "ann", NOW.minusSeconds(7200));
        record.ship(store);
        retention = new Retention(Map.of("orders", Duration.ofHours(1)), "abc");

        purge();

        assertThat(rows("true")).hasSize(1);
    }

    /** As connection pools have them over a weekend: whatever is asked in it next would be nobody's. */
    @Test
    void keepsAnOpenSessionHoweverLongNothingIsAskedInIt() throws SQLException {
        UUID idle = UUID.randomUUID();
        begin(idle, "orders", "ann", NOW.minus(DAY.multipliedBy(95)));
        statement(idle, 1, NOW.minus(DAY.multipliedBy(94)));
        record.ship(store);
        execute("UPDATE journal SET at = now() - interval '94 days'");
        store.live(record.journal().id());

        assertThat(request("ann")).as("erasure").isEmpty();
        purge();
        assertThat(rows("true")).hasSize(2);
    }

    /** By whoever may change the store, who would change that back afterwards. */
    @Test
    void isNotToldThatASessionIsOlderThanItIs() throws SQLException {
        UUID session = session("orders", "ann", 10);
        UUID elsewhere = session("shop", "ann", 100);
        execute("SET session_replication_role = replica;"
                + " UPDATE session_end SET ended = ended - interval '1 year' WHERE session_id = '" + session + "';"
                + " UPDATE session SET started = started - interval '1 year' WHERE id = '" + session + "';"
                + " UPDATE session SET connection = 'orders' WHERE id = '" + elsewhere + "';"
                + " RESET session_replication_role");

        purge();

        assertThat(rows("true")).hasSize(2 * RECORDS);
    }

    /** A clock that was set forward makes nothing old. */
    @Test
    void goesByTheStoresClockToo() throws SQLException {
        session("orders", "ann", 10);
        Purger ahead = new Purger(
                this::take, false, Clock.fixed(NOW.plus(DAY.multipliedBy(365)), ZoneOffset.UTC), this::count);

        ahead.round(purges(), retention);
        record.ship(store);

        assertThat(one("SELECT count(*) FROM purge")).isEqualTo("0");
    }

    @Test
    void dropsADayOfWhichNothingIsLeft() throws SQLException {
        Instant day = NOW.minus(DAY.multipliedBy(100));
        for (String table : List.of("session", "session_end", "statement", "outcome", "result_chunk")) {
            execute("SELECT add_day('" + table + "', '" + day.toString().substring(0, 10) + "')");
            execute("SELECT add_day('" + table + "', '"
                    + day.minus(DAY).toString().substring(0, 10) + "')");
        }
        session("orders", "ann", 100);
        session("shop", "ann", 101);
        session("orders", "ann", 101);
        String before = one("SELECT count(*) FROM pg_inherits WHERE inhparent = 'statement'::regclass");

        for (int i = 0; i < 3; i++) {
            purge();
        }

        assertThat(rows("true")).hasSize(RECORDS);
        assertThat(one("SELECT count(*) FROM purge_done")).as("a day at a time").isEqualTo("2");
        for (String table : List.of("session", "session_end", "statement", "outcome")) {
            assertThat(one("SELECT to_regclass('" + table
                            + day.toString().substring(0, 10).replaceAll("^|-", "_") + "') IS NULL"))
                    .as(table)
                    .isEqualTo("t");
        }
        assertThat(one("SELECT count(*) FROM pg_inherits WHERE inhparent = 'statement'::regclass"))
                .isEqualTo("" + (Integer.parseInt(before) - 1));
    }

    @Test
    void removesNothingThatIsNotOnRecord() throws SQLException {
        session("orders", "ann", 100);

        assertThatThrownBy(() -> purges().carryOut(UUID.randomUUID())).hasMessageContaining("no rows");
        record(TestRetention.purge("orders"));
        sign();
        purger(true).round(purges(), Retention.FOR_EVER);

        assertThat(rows("true")).hasSize(RECORDS);
    }

    /** A verifier may read for an hour. */
    @Test
    void whoReadsADayKeepsItFromBeingDroppedAndNobodyElseWaits() throws SQLException {
        String day = NOW.minus(DAY.multipliedBy(100)).toString().substring(0, 10);
        execute("SELECT add_day('session', '" + day + "')");
        session("orders", "ann", 100);
        session("shop", "ann", 1);
        retention = new Retention(Map.of("orders", Duration.ofDays(90), "shop", Duration.ofHours(1)), "abc");
        try (Connection reader = store.dataSource().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("LOCK TABLE session IN ACCESS SHARE MODE");
            purge();
            assertThat(one("SELECT string_agg(connection, ' ') FROM session")).isEqualTo("orders");
        }
        purge();

        assertThat(rows("true")).isEmpty();
    }

    @Test
    void oneNodePurgesAtATime() throws SQLException {
        try (Connection other = store.dataSource().getConnection()) {
            PurgeStore first = purges();
            PurgeStore second = new PurgeStore(other);
            assertThat(first.lock()).isTrue();
            assertThat(second.lock()).isFalse();
            first.unlock();
            assertThat(second.lock()).isTrue();
        }
    }

    /** As often as it takes. */
    private void purge() throws SQLException {
        for (int i = 0; i < 3; i++) {
            round();
            sign();
        }
    }

    private void round() throws SQLException {
        purger(true).round(purges(), retention);
    }

    private Purger purger(boolean signs) {
        return new Purger(this::take, signs, Clock.fixed(NOW.plusMillis(counted.size()), ZoneOffset.UTC), this::count);
    }

    private CompletionStage<Void> take(PurgeRecord purge) {
        return record.recorder().purge(purge);
    }

    private void count(Happening happening) {
        counted.merge(happening, 1, Integer::sum);
    }

    private PurgeStore purges() {
        return new PurgeStore(owner);
    }

    private Optional<PurgeRecord> request(String identity) throws SQLException {
        return purger(true)
                .request(
                        purges(),
                        new PurgeRecord.Scope(Optional.empty(), Optional.of(identity), NOW),
                        new Order(Optional.of("dana"), "her request", NOW));
    }

    private HoldRecord hold(Scope scope) {
        HoldRecord hold = TestRetention.hold(scope);
        record(hold);
        return hold;
    }

    private void record(HoldRecord hold) {
        record.recorder().hold(hold).toCompletableFuture().join();
        record.ship(store);
    }

    private void record(PurgeRecord purge) {
        record.recorder().purge(purge).toCompletableFuture().join();
        record.ship(store);
    }

    /** Ships, and then a checkpoint of all that. */
    private void sign() throws SQLException {
        record.ship(store);
        String[] journal = one("SELECT id || ' ' || shipped FROM journal WHERE id = '"
                        + record.journal().id() + "'")
                .split(" ");
        JournalHead head = new JournalHead(UUID.fromString(journal[0]), Long.parseLong(journal[1]), new byte[32]);
        record.recorder()
                .checkpoint(new Checkpoint(head, NOW, new Checkpoint.Signature("key", new byte[64])))
                .toCompletableFuture()
                .join();
        record.ship(store);
    }

    /** A session that ended so many days ago. */
    private UUID session(String connection, String identity, int days) {
        UUID session = UUID.randomUUID();
        Instant ended = NOW.minus(DAY.multipliedBy(days));
        begin(session, connection, identity, ended);
        for (int number = 1; number <= 3; number++) {
            statement(session, number, ended);
            var outcome =
                    new StatementOutcome(number, "SELECT 1", Optional.empty(), 1, 2, Map.of("card", 1L), Duration.ZERO);
            record.recorder()
                    .outcome(new OutcomeRecord(session, outcome, ended))
                    .toCompletableFuture()
                    .join();
        }
        record.recorder()
                .end(new SessionEndRecord(session, ended, "TÉRMINATED"))
                .toCompletableFuture()
                .join();
        record.ship(store);
        return session;
    }

    private void begin(UUID session, String connection, String identity, Instant at) {
        record.recorder()
                .begin(new SessionRecord(
                        session,
                        new SessionRecord.Caller(identity, Set.of("a", "ü", "")),
                        connection,
                        "127.0.0.1:4711",
                        at,
                        new SessionRecord.Versions("0.1", "abc")))
                .toCompletableFuture()
                .join();
    }

    private void statement(UUID session, long number, Instant at) {
        record.recorder()
                .intent(new StatementRecord(
                        new StatementKey(session, number),
                        new StatementRecord.Asked("QUERY", "SELECT 'secret'", List.of("x"), at),
                        new StatementRecord.Decided(
                                List.of("SELECT"), "rule", "abc", Optional.empty(), Optional.empty(), at)))
                .toCompletableFuture()
                .join();
    }

    private void approval(UUID session) throws SQLException {
        execute(
                "INSERT INTO approval (id, node, life, session_id, requester, requester_groups, connection, guardrail, reason,"
                        + " approver_groups, statement, parameters, kinds, relations, policy_version, held_at, expires_at, state, closed_at)"
                        + " SELECT gen_random_uuid(), 'n', gen_random_uuid(), '" + session
                        + "', 'ann', '{}', 'orders', 'g', 'r', '{}',"
                        + " 'SELECT ''secret''', '{}', '{}', '{}', 'abc', now(), now() + interval '1 hour', 'expired', now()");
    }

    /** All rows of sessions, in the order of the journal. */
    private List<String> rows(String which) throws SQLException {
        String rows = one("SELECT string_agg(row, E'\\n' ORDER BY sequence) FROM ("
                + "SELECT id AS session_id, sequence, t::text AS row FROM session t"
                + " UNION ALL SELECT session_id, sequence, t::text FROM session_end t"
                + " UNION ALL SELECT session_id, sequence, t::text FROM statement t"
                + " UNION ALL SELECT session_id, sequence, t::text FROM outcome t) AS record WHERE " + which);
        return rows.isEmpty() ? List.of() : List.of(rows.split("\n"));
    }

    private String one(String sql) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getString(1) != null ? row.getString(1) : "";
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
