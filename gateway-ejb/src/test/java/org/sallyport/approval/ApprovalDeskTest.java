package org.sallyport.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.approval.Decision.Approved;
import org.sallyport.approval.Decision.Denied;
import org.sallyport.approval.Decision.Expired;
import org.sallyport.approval.Decision.Withdrawn;
import org.sallyport.approval.Outcome.AlreadyDecided;
import org.sallyport.approval.Outcome.Done;
import org.sallyport.approval.Outcome.NotAllowed;
import org.sallyport.approval.Outcome.NotFound;
import org.sallyport.identity.AdjustableClock;

class ApprovalDeskTest {
    private static final Approver DANA = new Approver("dana", Set.of("dba"));

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-20T10:00:00Z"));
    private final HandExecutor executor = new HandExecutor(clock);
    private final MemoryStore store = new MemoryStore();
    private final Tenure tenure = new Tenure("node-1", UUID.randomUUID());
    private final ApprovalDesk desk = new ApprovalDesk(store, executor, clock, tenure);

    @Test
    void holdsWithoutAskingTheStoreOnTheCallersThread() {
        HeldApproval held = desk.hold(Held.by("agent"));

        assertThat(store.find(held.id())).isEmpty();
        assertThat(done(held.stored())).isFalse();

        executor.run();
        assertThat(done(held.stored())).isTrue();
        assertThat(state(held.id())).isEqualTo(ApprovalState.PENDING);
        assertThat(decision(held)).isEmpty();
    }

    @Test
    void tellsThatAPersonApproved() {
        HeldApproval held = hold();

        assertThat(desk.approve(held.id(), DANA, "agreed")).isInstanceOfSatisfying(Done.class, done -> {
            assertThat(done.approval().state()).isEqualTo(ApprovalState.APPROVED);
            assertThat(done.approval().decidedBy()).contains("dana");
            assertThat(done.approval().decisionReason()).contains("agreed");
        });
        assertThat(decision(held)).contains(new Approved(held.id(), "dana", "agreed"));
        assertThat(executor.alarmsSet()).isZero();
    }

    @Test
    void tellsThatAPersonDeniedAndWhy() {
        HeldApproval held = hold();

        assertThat(desk.deny(held.id(), DANA, "not today")).isInstanceOf(Done.class);
        assertThat(decision(held)).contains(new Denied("dana", "not today"));
    }

    @Test
    void refusesASecondDecision() {
        HeldApproval held = hold();
        desk.deny(held.id(), DANA, "no");

        assertThat(desk.approve(held.id(), DANA, "yes")).isInstanceOf(AlreadyDecided.class);
        assertThat(state(held.id())).isEqualTo(ApprovalState.DENIED);
        assertThat(decision(held)).contains(new Denied("dana", "no"));
    }

    @Test
    void refusesTheRequester() {
        for (String same : List.of("dana", "Dana", "DANA", " dana ")) {
            HeldApproval held = hold(same);

            assertThat(desk.approve(held.id(), DANA, "mine")).isInstanceOf(NotAllowed.class);
            assertThat(desk.deny(held.id(), DANA, "mine")).isInstanceOf(NotAllowed.class);
            assertThat(state(held.id())).isEqualTo(ApprovalState.PENDING);
        }
    }

    /** Two providers may write one name in two ways. */
    @ParameterizedTest
    @CsvSource({"ren\u00e9,Rene\u0301", "stra\u00dfe,STRASSE", "dana,\uff24ana", "alice,\u2003ALICE "})
    void refusesTheRequesterInWhateverLettersTheNameIsWritten(String requester, String person) {
        HeldApproval held = hold(requester);
        assertThat(desk.approve(held.id(), new Approver(person, Set.of("dba")), "agreed"))
                .isInstanceOf(NotAllowed.class);
    }

    @Test
    void refusesWhoIsInNoApproverGroup() {
        HeldApproval held = hold();

        Approver outsider = new Approver("eve", Set.of("approver", "DBA", "migration-agents"));
        assertThat(desk.approve(held.id(), outsider, "please")).isInstanceOf(NotAllowed.class);
        assertThat(decision(held)).isEmpty();
    }

    @Test
    void knowsNothingOfAnUnknownApproval() {
        assertThat(desk.approve(UUID.randomUUID(), DANA, "yes")).isInstanceOf(NotFound.class);
    }

    @Test
    void expiresWhenItsTimeIsOver() {
        HeldApproval held = hold();

        executor.advance(Held.TIMEOUT.minusMillis(1));
        assertThat(decision(held)).isEmpty();

        executor.advance(Duration.ofMillis(1));
        assertThat(decision(held)).contains(new Expired());
        assertThat(state(held.id())).isEqualTo(ApprovalState.EXPIRED);
        assertThat(desk.approve(held.id(), DANA, "late")).isInstanceOf(AlreadyDecided.class);
    }

    @Test
    void refusesApprovalPastItsTimeBeforeTheAlarmRang() {
        HeldApproval held = hold();
        clock.advance(Held.TIMEOUT);

        assertThat(desk.approve(held.id(), DANA, "late"))
                .isInstanceOfSatisfying(
                        AlreadyDecided.class,
                        already -> assertThat(already.approval().state()).isEqualTo(ApprovalState.EXPIRED));
        assertThat(decision(held)).contains(new Expired());
    }

    @Test
    void tellsTheStoresDecisionWhereTheAlarmCameSecond() {
        HeldApproval held = hold();
        // Another node decided: this desk was not told.
        store.decide(held.id(), new Ruling(ApprovalState.APPROVED, "dana", "agreed", clock.instant()));

        executor.advance(Held.TIMEOUT);
        assertThat(decision(held)).contains(new Approved(held.id(), "dana", "agreed"));
    }

    @Test
    void withdrawsWhenTheClientLeaves() {
        HeldApproval held = hold();

        desk.withdraw(held.id());
        executor.run();

        assertThat(decision(held)).contains(new Withdrawn());
        assertThat(state(held.id())).isEqualTo(ApprovalState.WITHDRAWN);
        assertThat(desk.approve(held.id(), DANA, "late")).isInstanceOf(AlreadyDecided.class);
        assertThat(executor.alarmsSet()).isZero();
    }

    @Test
    void withdrawsWhatIsNotStoredYet() {
        HeldApproval held = desk.hold(Held.by("agent"));
        CompletionStage<Void> withdrawn = desk.withdraw(held.id());
        executor.run();

        assertThat(done(withdrawn)).isTrue();
        assertThat(decision(held)).contains(new Withdrawn());
        assertThat(state(held.id())).isEqualTo(ApprovalState.WITHDRAWN);
    }

    @Test
    void withdrawsWhatIsApprovedAndNotUsed() {
        HeldApproval held = hold();
        desk.approve(held.id(), DANA, "agreed");

        desk.withdraw(held.id());
        executor.run();

        assertThat(state(held.id())).isEqualTo(ApprovalState.WITHDRAWN);
        assertThat(used(held.id())).isFalse();
    }

    @Test
    void leavesADenialWhereTheClientLeavesAfterIt() {
        HeldApproval held = hold();
        desk.deny(held.id(), DANA, "no");

        desk.withdraw(held.id());
        executor.run();

        assertThat(state(held.id())).isEqualTo(ApprovalState.DENIED);
    }

    @Test
    void isUsedOnce() {
        HeldApproval held = hold();
        assertThat(used(held.id())).isFalse();
        desk.approve(held.id(), DANA, "agreed");

        assertThat(used(held.id())).isTrue();
        assertThat(used(held.id())).isFalse();
        assertThat(state(held.id())).isEqualTo(ApprovalState.USED);
    }

    @Test
    void failsTheWaitWhereTheStoreCannotKeepIt() {
        store.toBroken(true);
        HeldApproval held = hold();

        assertThat(held.stored().toCompletableFuture()).isCompletedExceptionally();
        assertThat(held.decision().toCompletableFuture()).isCompletedExceptionally();
        assertThat(executor.alarmsSet()).isZero();
    }

    @Test
    void failsTheWaitWhereTheStoreIsAwayAtItsEnd() {
        HeldApproval held = hold();
        store.toBroken(true);

        executor.advance(Held.TIMEOUT);
        assertThat(held.decision().toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void endsTheWaitOfAClientThatLeavesWhileTheStoreIsAway() {
        HeldApproval held = hold();
        store.toBroken(true);

        CompletionStage<Void> withdrawn = desk.withdraw(held.id());
        executor.run();
        assertThat(done(withdrawn)).isTrue();
        assertThat(decision(held)).contains(new Withdrawn());
    }

    @Test
    void withdrawsWhatAnEarlierLifeOfTheNodeLeft() {
        Tenure earlier = new Tenure("node-1", UUID.randomUUID());
        Tenure other = new Tenure("node-2", UUID.randomUUID());
        UUID left = put(earlier);
        UUID elsewhere = put(other);
        HeldApproval mine = hold();

        desk.tidy();

        assertThat(state(left)).isEqualTo(ApprovalState.WITHDRAWN);
        assertThat(state(elsewhere)).isEqualTo(ApprovalState.PENDING);
        assertThat(state(mine.id())).isEqualTo(ApprovalState.PENDING);
    }

    @Test
    void tellsWhatAPersonDecidedOnAnotherNode() {
        HeldApproval approved = hold();
        HeldApproval denied = hold();
        HeldApproval pending = hold();
        another(clock).approve(approved.id(), DANA, "agreed");
        another(clock).deny(denied.id(), DANA, "no");

        desk.listen();
        assertThat(decision(approved)).contains(new Approved(approved.id(), "dana", "agreed"));
        assertThat(decision(denied)).contains(new Denied("dana", "no"));
        assertThat(decision(pending)).isEmpty();
    }

    @Test
    void asksNothingWhereNothingWaits() {
        store.toBroken(true);
        desk.listen();
    }

    @Test
    void aNodeThatWasGivenTheSameNameTakesNothingAwayAgainAndAgain() {
        ApprovalDesk namesake = new ApprovalDesk(store, executor, clock, new Tenure("node-1", UUID.randomUUID()));
        namesake.tidy();
        HeldApproval held = hold();

        namesake.tidy();
        assertThat(state(held.id())).isEqualTo(ApprovalState.PENDING);
    }

    @Test
    void tellsTheClientWhatItsNamesakeWithdrewAtItsStart() {
        HeldApproval held = hold();
        new ApprovalDesk(store, executor, clock, new Tenure("node-1", UUID.randomUUID())).tidy();

        desk.listen();
        assertThat(decision(held)).contains(new Withdrawn());
    }

    @Test
    void withdrawsWhatWasApprovedAndIsNeverUsed() {
        UUID left = put(new Tenure("node-2", UUID.randomUUID()));
        desk.approve(left, DANA, "agreed");
        clock.advance(Held.TIMEOUT);
        desk.tidy();
        assertThat(state(left)).as("it may be about to run").isEqualTo(ApprovalState.APPROVED);

        clock.advance(Duration.ofMinutes(6));
        desk.tidy();
        assertThat(state(left)).isEqualTo(ApprovalState.WITHDRAWN);
    }

    @Test
    void aNodeWhoseClockIsAheadEndsNothingOfOthers() {
        HeldApproval held = hold();
        StoreClock ahead = new StoreClock(Clock.offset(clock, Duration.ofMinutes(20)));
        ahead.set(clock);

        another(ahead).tidy();
        assertThat(state(held.id())).isEqualTo(ApprovalState.PENDING);
        assertThat(another(ahead).approve(held.id(), DANA, "agreed")).isInstanceOf(Done.class);
    }

    @Test
    void isOverForEverybodyOnceItIsForWhoWaits() {
        StoreClock slow = new StoreClock(clock);
        HeldApproval held = another(slow).hold(Held.by("agent"));
        executor.run();
        slow.set(Clock.offset(clock, Duration.ofSeconds(-30)));
        executor.advance(Held.TIMEOUT);

        assertThat(decision(held)).contains(new Expired());
        assertThat(another(slow).approve(held.id(), DANA, "agreed")).isInstanceOf(AlreadyDecided.class);
    }

    private ApprovalDesk another(Clock itsClock) {
        return new ApprovalDesk(store, executor, itsClock, new Tenure("node-2", UUID.randomUUID()));
    }

    @Test
    void expiresWhatADeadNodeLeft() {
        UUID left = put(new Tenure("node-2", UUID.randomUUID()));
        clock.advance(Held.TIMEOUT);

        desk.tidy();
        assertThat(state(left)).isEqualTo(ApprovalState.EXPIRED);
    }

    @RepeatedTest(20)
    void isDecidedOnceByMany() throws Exception {
        HeldApproval held = hold();
        List<Callable<Outcome>> people = IntStream.range(0, 8)
                .<Callable<Outcome>>mapToObj(i -> () -> {
                    Approver person = new Approver("person-" + i, Set.of("oncall"));
                    return i % 2 == 0 ? desk.approve(held.id(), person, "yes") : desk.deny(held.id(), person, "no");
                })
                .toList();

        List<Outcome> outcomes = atOnce(people);

        assertThat(outcomes).filteredOn(Done.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(AlreadyDecided.class::isInstance).hasSize(7);
        assertThat(decision(held)).isEqualTo(store.find(held.id()).orElseThrow().decision());
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private HeldApproval hold() {
        return hold("migration-agent");
    }

    private HeldApproval hold(String requester) {
        HeldApproval held = desk.hold(Held.by(requester));
        executor.run();
        return held;
    }

    private UUID put(Tenure holder) {
        Approval approval = Approval.pending(UUID.randomUUID(), Held.by("agent"), holder, clock.instant());
        store.add(approval);
        return approval.id();
    }

    private ApprovalState state(UUID id) {
        return store.find(id).orElseThrow().state();
    }

    private boolean used(UUID id) {
        CompletableFuture<Boolean> used = desk.use(id).toCompletableFuture();
        executor.run();
        return used.join();
    }

    private static boolean done(CompletionStage<?> stage) {
        return stage.toCompletableFuture().isDone();
    }

    private static Optional<Decision> decision(HeldApproval held) {
        return Optional.ofNullable(held.decision().toCompletableFuture().getNow(null));
    }
}
