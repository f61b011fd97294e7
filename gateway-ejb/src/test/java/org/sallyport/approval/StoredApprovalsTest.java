package org.sallyport.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.PersistenceUnitTransactionType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The transitions on a real PostgreSQL. */
class StoredApprovalsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123456Z");
    private static final Tenure TENURE = new Tenure("node-1", UUID.randomUUID());

    private static EmbeddedPostgres postgres;
    private static EntityManagerFactory factory;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        DataSource store = postgres.getPostgresDatabase();
        Flyway.configure().dataSource(store).load().migrate();
        factory = new PersistenceConfiguration("sallyport-test")
                .provider("org.hibernate.jpa.HibernatePersistenceProvider")
                .transactionType(PersistenceUnitTransactionType.RESOURCE_LOCAL)
                .managedClass(Approval.class)
                .property("jakarta.persistence.nonJtaDataSource", store)
                .property("hibernate.boot.allow_jdbc_metadata_access", "false")
                .property("jakarta.persistence.database-product-name", "PostgreSQL")
                .createEntityManagerFactory();
    }

    @AfterAll
    static void stop() throws IOException {
        factory.close();
        postgres.close();
    }

    @Test
    void readsAnApprovalBackAsItWasHeld() {
        HeldStatement held = Held.by("migration-agent");
        Approval approval = Approval.pending(UUID.randomUUID(), held, TENURE, NOW);
        add(approval);

        Approval read = find(approval.id());
        assertThat(read).usingRecursiveComparison().isEqualTo(approval);
        assertThat(read.requesterGroups()).containsExactly("ci", "migration-agents");
        assertThat(read.expiresAt()).isEqualTo(NOW.plus(Held.TIMEOUT));
    }

    @Test
    void showsWhatWasAskedAsLongAsItMayRun() {
        HeldStatement held = Held.by("migration-agent");
        UUID id = pending();
        ask(store -> store.decide(id, approval("dana")));

        assertThat(find(id).sql()).isEqualTo(held.asked().sql());
        assertThat(find(id).parameters()).isEqualTo(held.asked().parameters());
    }

    @Test
    void keepsNoValueOfWhatIsClosed() {
        UUID used = pending();
        UUID denied = pending();
        UUID expired = pending();
        UUID withdrawn = pending();
        ask(store -> store.decide(used, approval("dana")));
        ask(store -> store.use(used, NOW));
        ask(store -> store.decide(denied, denial("dana")));
        ask(store -> store.expire(expired, NOW.plus(Held.TIMEOUT)));
        ask(store -> store.withdraw(withdrawn, NOW));

        HeldStatement.Words kept = Held.by("migration-agent").kept();
        for (UUID id : List.of(used, denied, expired, withdrawn)) {
            assertThat(find(id).sql()).isEqualTo(kept.sql());
            assertThat(find(id).parameters()).isEqualTo(kept.parameters());
        }
    }

    @Test
    void decidesOnceAndKeepsTheFirst() {
        UUID id = pending();

        assertThat(changes(store -> store.decide(id, denial("dana")))).isTrue();
        assertThat(changes(store -> store.decide(id, approval("erin")))).isFalse();
        assertThat(find(id).state()).isEqualTo(ApprovalState.DENIED);
        assertThat(find(id).decidedBy()).contains("dana");
        assertThat(find(id).decidedAt()).contains(NOW.plusSeconds(1));
    }

    @Test
    void decidesOnceAmongMany() throws Exception {
        UUID id = pending();
        List<Callable<Boolean>> people = IntStream.range(0, 8)
                .<Callable<Boolean>>mapToObj(i -> () -> ask(store -> store.decide(id, approval("person-" + i))))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(people.size());
        try {
            List<Boolean> won = new ArrayList<>();
            for (Future<Boolean> result : threads.invokeAll(people)) {
                won.add(result.get());
            }
            assertThat(won).filteredOn(Boolean::booleanValue).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void decidesOnlyWithinItsTime() {
        UUID id = pending();
        Instant end = NOW.plus(Held.TIMEOUT);

        assertThat(changes(store -> store.decide(id, new Ruling(ApprovalState.APPROVED, "dana", "yes", end))))
                .isFalse();
        assertThat(changes(store -> store.expire(id, end.minusNanos(1000)))).isFalse();
        assertThat(changes(store -> store.expire(id, end))).isTrue();
        assertThat(find(id).closedAt()).contains(end);
    }

    @Test
    void usesAnApprovalOnce() {
        UUID id = pending();
        assertThat(changes(store -> store.use(id, NOW))).isFalse();
        ask(store -> store.decide(id, approval("dana")));

        assertThat(changes(store -> store.use(id, NOW))).isTrue();
        assertThat(changes(store -> store.use(id, NOW))).isFalse();
        assertThat(changes(store -> store.withdraw(id, NOW))).isFalse();
    }

    @Test
    void withdrawsWhatIsPendingOrApprovedAndNothingElse() {
        UUID pending = pending();
        UUID approved = pending();
        UUID denied = pending();
        ask(store -> store.decide(approved, approval("dana")));
        ask(store -> store.decide(denied, denial("dana")));

        assertThat(changes(store -> store.withdraw(pending, NOW))).isTrue();
        assertThat(changes(store -> store.withdraw(approved, NOW))).isTrue();
        assertThat(changes(store -> store.withdraw(denied, NOW))).isFalse();
        assertThat(find(approved).decidedBy()).contains("dana");
    }

    @Test
    void withdrawsWhatEarlierLivesOfTheNodeLeft() {
        UUID mine = pending();
        UUID left = pending(new Tenure("node-1", UUID.randomUUID()));
        UUID elsewhere = pending(new Tenure("node-2", UUID.randomUUID()));

        ask(store -> store.withdrawAbandoned(TENURE, NOW));

        assertThat(find(mine).state()).isEqualTo(ApprovalState.PENDING);
        assertThat(find(left).state()).isEqualTo(ApprovalState.WITHDRAWN);
        assertThat(find(elsewhere).state()).isEqualTo(ApprovalState.PENDING);
    }

    @Test
    void expiresWhatIsOverdueEverywhere() {
        UUID overdue = pending(new Tenure("node-3", UUID.randomUUID()));

        ask(store -> store.expireOverdue(NOW.plus(Held.TIMEOUT).plus(Duration.ofSeconds(1))));
        assertThat(find(overdue).state()).isEqualTo(ApprovalState.EXPIRED);
    }

    @Test
    void withdrawsWhatWasApprovedAndNotUsedInTime() {
        UUID unused = pending(new Tenure("node-3", UUID.randomUUID()));
        ask(store -> store.decide(unused, approval("dana")));
        Instant end = NOW.plus(Held.TIMEOUT);

        ask(store -> store.withdrawUnused(end, end));
        assertThat(find(unused).state()).isEqualTo(ApprovalState.APPROVED);
        ask(store -> store.withdrawUnused(end.plusSeconds(1), end.plusSeconds(1)));
        assertThat(find(unused).state()).isEqualTo(ApprovalState.WITHDRAWN);
    }

    @Test
    void showsThoseThatAreSettled() {
        UUID pending = pending();
        UUID denied = pending();
        UUID notAskedFor = pending();
        ask(store -> store.decide(denied, denial("dana")));
        ask(store -> store.decide(notAskedFor, denial("dana")));

        List<Approval> settled = ask(store -> store.settled(Set.of(pending, denied)));
        assertThat(settled).extracting(Approval::id).containsExactly(denied);
    }

    @Test
    void tellsTheStoresTime() {
        Instant before = Instant.now();
        Instant told = ask(ApprovalStore::now);
        assertThat(told).isBetween(before.minusSeconds(1), before.plusSeconds(60));
    }

    @Test
    void listsPendingOldestFirst() {
        UUID second = pendingSince(NOW.minusSeconds(1_000_000));
        UUID first = pendingSince(NOW.minusSeconds(1_000_001));

        assertThat(list(0, 2)).containsExactly(first, second);
        assertThat(list(1, 1)).containsExactly(second);
    }

    @Test
    void letsNobodyDecideTheirOwnEvenPastTheApplication() {
        UUID id = pending();

        assertThatThrownBy(() -> ask(store -> store.decide(id, approval("MIGRATION-agent"))))
                .rootCause()
                .hasMessageContaining("violates check constraint");
        assertThat(find(id).state()).isEqualTo(ApprovalState.PENDING);
    }

    private static Ruling approval(String by) {
        return new Ruling(ApprovalState.APPROVED, by, "agreed", NOW.plusSeconds(1));
    }

    private static Ruling denial(String by) {
        return new Ruling(ApprovalState.DENIED, by, "no", NOW.plusSeconds(1));
    }

    private static UUID pending() {
        return pending(TENURE);
    }

    private static UUID pending(Tenure tenure) {
        return add(Approval.pending(UUID.randomUUID(), Held.by("migration-agent"), tenure, NOW));
    }

    private static UUID pendingSince(Instant held) {
        return add(Approval.pending(UUID.randomUUID(), Held.by("migration-agent"), TENURE, held));
    }

    private static UUID add(Approval approval) {
        factory.runInTransaction(entities -> new StoredApprovals(entities).add(approval));
        return approval.id();
    }

    private static Approval find(UUID id) {
        return ask(store -> store.find(id)).orElseThrow();
    }

    private static List<UUID> list(int offset, int limit) {
        return ask(store -> store.list(Optional.of(ApprovalState.PENDING), offset, limit)).stream()
                .map(Approval::id)
                .toList();
    }

    private static boolean changes(Predicate<ApprovalStore> change) {
        return ask(change::test);
    }

    private static <T> T ask(Function<ApprovalStore, T> question) {
        return factory.callInTransaction(entities -> question.apply(new StoredApprovals(entities)));
    }
}
