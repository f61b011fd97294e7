package org.sallyport.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.identity.AdjustableClock;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.record.GrantRecord;
import org.sallyport.record.GrantRecord.Act;

class GrantOfficeTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Set<String> DBA = Set.of("dba");
    private static final String BUNDLE = """
            sallyport: 1
            connections:
              shop: {server: {host: db1, database: shop}, credential: shop-gateway}
              bench: {server: {host: db1, database: bench}, credential: shop-gateway}
            labels:
              pii.ssn: [shop/public.customers.ssn]
              pii.card: [shop/public.customers.card]
            masks:
              pii.ssn: {keepLast: 4}
              pii.card: {redact: true}
            roles:
              reading: {groups: [agents], connections: [shop], unmask: [pii.card]}
              clear:
                groups: [agents]
                connections: [shop]
                unmask: [pii.ssn]
                byGrant: {approvers: {groups: [dba]}, longest: 1h}
              support:
                groups: [agents]
                connections: [shop]
                may: [{read: [public.*]}]
                byGrant: {approvers: {groups: [board]}}
            """;

    private final AdjustableClock clock = new AdjustableClock(NOON);
    private final MemoryLedger ledger = new MemoryLedger();
    private GrantOffice office;

    /** Where {@code stored} is false, what is recorded stays in the journal. */
    private static final class MemoryLedger implements GrantOffice.Ledger {
        private final List<GrantRecord> journal = new ArrayList<>();
        private final Map<UUID, Grant> store = new HashMap<>();
        private boolean answers = true;
        private boolean stored = true;
        private boolean hangs;

        @Override
        public boolean answers() {
            return answers;
        }

        @Override
        public boolean record(GrantRecord grant) {
            journal.add(grant);
            if (hangs) {
                throw new CompletionException(new TimeoutException());
            }
            if (grant.act() == Act.GRANT) {
                store.put(grant.id(), new Grant(grant.id(), grant.given(), grant.word(), Optional.empty()));
            } else {
                store.computeIfPresent(
                        grant.id(),
                        (id, made) -> new Grant(
                                id,
                                made.given(),
                                made.made(),
                                Optional.of(new Grant.Ended(grant.act(), grant.word()))));
            }
            return stored;
        }

        @Override
        public Optional<Grant> find(UUID id) {
            return Optional.ofNullable(store.get(id));
        }
    }

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        PolicyBundle bundle = PolicyBundle.load(Files.writeString(folder.resolve("policy.yaml"), BUNDLE));
        office = new GrantOffice(bundle, ledger, clock);
    }

    private static GrantWish labels(String... labels) {
        return new GrantWish("agent", "shop", Optional.empty(), List.of(labels), NOON.plusSeconds(600), "case 7");
    }

    private static GrantWish role(String role, String connection, Instant until) {
        return new GrantWish("agent", connection, Optional.of(role), List.of(), until, "case 7");
    }

    private Grant given() {
        Outcome outcome = office.give(labels("pii.ssn"), "dana", DBA);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) outcome).grant();
    }

    @Test
    void givesLabelsThatARoleByGrantSees() {
        Grant grant = given();

        assertThat(grant.given().role()).isEqualTo("clear");
        assertThat(grant.given().labels()).containsExactly("pii.ssn");
        assertThat(grant.given().groups()).containsExactly("dba");
        assertThat(grant.given().until()).isEqualTo(NOON.plusSeconds(600));
        assertThat(grant.made().who()).contains("dana");
        assertThat(ledger.journal).extracting(GrantRecord::act).containsExactly(Act.GRANT);
    }

    @Test
    void givesAWholeRole() {
        assertThat(office.give(role("support", "shop", NOON.plusSeconds(4 * 3600)), "dana", Set.of("board", "dba")))
                .isInstanceOfSatisfying(Outcome.Done.class, done -> {
                    assertThat(done.grant().given().labels()).isEmpty();
                    assertThat(done.grant().given().groups()).containsExactly("board");
                });
    }

    /** What the policy does not have by grant, nobody can give: by default nothing. */
    @Test
    void refusesWhatThePolicyLetsNobodyGive() {
        assertThat(List.of(
                        labels("pii.card"),
                        labels("pii.ssn", "pii.card"),
                        labels("pii.*"),
                        labels("pii.nothing"),
                        role("reading", "shop", NOON.plusSeconds(60)),
                        role("clear", "bench", NOON.plusSeconds(60)),
                        role("clear", "nowhere", NOON.plusSeconds(60)),
                        role("clear", "shop", NOON),
                        role("clear", "shop", NOON.minusSeconds(1)),
                        role("clear", "shop", NOON.plusSeconds(3601)),
                        role("clear", "shop", Instant.MAX),
                        labels(),
                        new GrantWish(
                                "agent",
                                "shop",
                                Optional.of("clear"),
                                List.of("pii.ssn"),
                                NOON.plusSeconds(60),
                                "both")))
                .allSatisfy(wish -> assertThat(office.give(wish, "dana", DBA)).isInstanceOf(Outcome.Impossible.class));
        assertThat(ledger.journal).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "AGENT", " Agent ", "\uff21gent"})
    void nobodyGivesThemselvesAnything(String who) {
        assertThat(office.give(labels("pii.ssn"), who, DBA)).isInstanceOf(Outcome.NotAllowed.class);
        assertThat(ledger.journal).isEmpty();
    }

    @Test
    void takesSomebodyOfTheRolesApprovers() {
        assertThat(office.give(labels("pii.ssn"), "dana", Set.of())).isInstanceOf(Outcome.NotAllowed.class);
        assertThat(office.give(labels("pii.ssn"), "dana", Set.of("board"))).isInstanceOf(Outcome.NotAllowed.class);
        assertThat(ledger.journal).isEmpty();
    }

    @Test
    void givesNothingWhereTheStoreIsAway() {
        ledger.answers = false;
        assertThat(office.give(labels("pii.ssn"), "dana", DBA)).isInstanceOf(Outcome.NotStored.class);
        assertThat(ledger.journal).isEmpty();
    }

    /** Else it would begin when the store is back, and nobody would know. */
    @Test
    void takesBackWhatTheStoreDidNotTake() {
        ledger.stored = false;
        assertThat(office.give(labels("pii.ssn"), "dana", DBA)).isInstanceOf(Outcome.NotStored.class);
        assertThat(ledger.journal).extracting(GrantRecord::act).containsExactly(Act.GRANT, Act.REVOKE);
        assertThat(ledger.journal)
                .extracting(GrantRecord::id)
                .containsOnly(ledger.journal.get(0).id());
    }

    /** A journal that hangs may still write it, and the store have it then. */
    @Test
    void takesBackWhatMayYetBeRecorded() {
        ledger.hangs = true;
        assertThatThrownBy(() -> office.give(labels("pii.ssn"), "dana", DBA)).isInstanceOf(CompletionException.class);
        assertThat(ledger.journal).extracting(GrantRecord::act).containsExactly(Act.GRANT, Act.REVOKE);
    }

    /** By the clocks of other nodes, and the store's, it may be in force for minutes. */
    @Test
    void isTakenBackAlsoWhereThisClockIsAhead() {
        UUID id = given().id();
        clock.advance(Duration.ofMinutes(12));
        assertThat(office.revoke(id, "dana", "a mistake")).isInstanceOf(Outcome.Done.class);
        assertThat(ledger.journal).extracting(GrantRecord::act).containsExactly(Act.GRANT, Act.REVOKE);
    }

    @Test
    void isTakenBackOnce() {
        UUID id = given().id();
        assertThat(office.revoke(UUID.randomUUID(), "dana", "a mistake")).isInstanceOf(Outcome.NotFound.class);
        assertThat(office.revoke(id, "dana", "a mistake"))
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat(done.grant().state(NOON)).isEqualTo("revoked"));
        assertThat(office.revoke(id, "dana", "again")).isInstanceOf(Outcome.Over.class);
        assertThat(ledger.journal).extracting(GrantRecord::act).containsExactly(Act.GRANT, Act.REVOKE);
    }

    @Test
    void isGivenBackByNobodyElse() {
        UUID id = given().id();
        assertThat(office.giveBack(id, "another")).isInstanceOf(Outcome.NotFound.class);
        assertThat(office.giveBack(id, "agent")).isInstanceOf(Outcome.Done.class);
        assertThat(office.giveBack(id, "agent")).isInstanceOf(Outcome.Over.class);
    }

    @Test
    void endsOnRecordWhenItsTimeIsOver() {
        Grant grant = given();
        clock.advance(Duration.ofSeconds(600));
        assertThat(grant.isInForce(clock.instant())).isFalse();
        office.end(grant);
        assertThat(office.revoke(grant.id(), "dana", "late")).isInstanceOf(Outcome.Over.class);
        assertThat(ledger.journal).extracting(GrantRecord::act).containsExactly(Act.GRANT, Act.END);
        assertThat(ledger.find(grant.id()).orElseThrow().state(clock.instant())).isEqualTo("ended");
    }
}
