package org.sallyport.inbound;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sallyport.approval.ApprovalDesk;
import org.sallyport.approval.Decision;
import org.sallyport.approval.HeldApproval;
import org.sallyport.approval.HeldStatement;
import org.sallyport.approval.HeldStatement.Words;
import org.sallyport.contract.Notice;
import org.sallyport.contract.Refusal;
import org.sallyport.policy.Guardrail;
import org.sallyport.policy.Ruling;
import org.sallyport.record.StatementRecord.Held;
import org.sallyport.record.Transcript;

/**
 * Holds statements until a person has decided, and judges them again before it lets them go: the objects they reach must
 * still be those that the person was shown.
 *
 * <p>Thread-safe; does not block.
 */
final class WaitingRoom {
    /** Of one identity: who floods people with what they shall approve hides what others wait for, or is approved out of weariness. */
    private static final int MOST_HELD = 10;

    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();
    private final ApprovalDesk desk;
    private final Judge judge;
    private final Judgements judgements;
    private final CatalogLoads catalogs;
    private final Docket docket;
    private final String address;
    private final Clock clock;

    /** @param address where people find the API and the console */
    WaitingRoom(
            ApprovalDesk desk,
            Judge judge,
            Judgements judgements,
            CatalogLoads catalogs,
            Docket docket,
            String address,
            Clock clock) {
        this.desk = desk;
        this.judge = judge;
        this.judgements = judgements;
        this.catalogs = catalogs;
        this.docket = docket;
        this.address = address.replaceAll("/+$", "");
        this.clock = clock;
    }

    /**
     * How a wait ended.
     *
     * @param judged  as judged at the release
     * @param refusal absent where it may run, once
     */
    record Release(Held held, Judged judged, Optional<Refusal> refusal) {}

    /** Why a person could not see what the statement would do. */
    Optional<Refusal> objectionToHolding(Matter matter) {
        if (matter.session().hasOpenDefinitions()) {
            return Optional.of(Refusals.HIDDEN_DEFINITIONS);
        }
        if (waiting.getOrDefault(matter.session().identity().name(), 0) >= MOST_HELD) {
            return Optional.of(Refusals.MANY_HELD);
        }
        if (!Transcript.isWhole(matter.text().sql())) {
            return Optional.of(Refusals.UNREADABLE_TEXT);
        }
        return Transcript.isWhole(matter.attempt().parameters())
                ? Optional.empty()
                : Optional.of(Refusals.UNREADABLE_PARAMETERS);
    }

    CompletionStage<Release> hold(Matter matter, Judged judged, Ruling.Hold hold) {
        HeldApproval held = desk.hold(statement(matter, judged, hold.guardrail()));
        count(matter.session().identity().name(), held);
        matter.answer().whenComplete((verdict, left) -> {
            if (matter.answer().isCancelled()) {
                desk.withdraw(held.id());
            }
        });
        held.stored().thenRun(() -> matter.session().handle().notice(notice(held.id(), hold.guardrail())));
        return held.decision().thenCompose(decision -> {
            Held decided = decided(held.id(), decision);
            Optional<Refusal> refusal = refusal(decision, hold.guardrail().name());
            return refusal.isPresent()
                    ? CompletableFuture.completedFuture(new Release(decided, judged, refusal))
                    : release(matter, judged, decided);
        });
    }

    private void count(String identity, HeldApproval held) {
        waiting.merge(identity, 1, Integer::sum);
        held.decision()
                .whenComplete((decision, failure) ->
                        waiting.computeIfPresent(identity, (same, count) -> count == 1 ? null : count - 1));
    }

    private static Held decided(UUID approval, Decision decision) {
        if (decision instanceof Decision.Approved approved) {
            return new Held(approval, Optional.of(approved.by()), Optional.of(approved.reason()));
        }
        return decision instanceof Decision.Denied denied
                ? new Held(approval, Optional.of(denied.by()), Optional.of(denied.reason()))
                : new Held(approval);
    }

    private CompletionStage<Release> release(Matter matter, Judged then, Held held) {
        UUID approval = held.approval();
        CompletionStage<Judged> again =
                catalogs.fresh(matter.session().connection()).thenCompose(catalog -> judgements.of(matter, catalog));
        CompletionStage<Release> released = again.thenCompose(now -> {
            Optional<Refusal> objection = objection(matter, then, now);
            if (objection.isPresent()) {
                // An approval that cannot be used any more shall not look as if it could.
                return desk.withdraw(approval).handle((done, failure) -> new Release(held, now, objection));
            }
            return desk.use(approval)
                    .thenApply(first -> new Release(held, now, first ? Optional.empty() : Optional.of(Refusals.SPENT)));
        });
        return released.exceptionallyCompose(failure ->
                desk.withdraw(approval).thenCompose(done -> CompletableFuture.failedFuture(Failures.cause(failure))));
    }

    private Optional<Refusal> objection(Matter matter, Judged then, Judged now) {
        if (matter.answer().isDone()) {
            return Optional.of(Refusals.WITHDRAWN);
        }
        if (matter.session().isExpired(clock.instant())) {
            return Optional.of(Refusals.EXPIRED);
        }
        if (now.judgement().ruling() instanceof Ruling.Deny deny) {
            return Optional.of(deny.refusal());
        }
        boolean otherRule = now.judgement().ruling() instanceof Ruling.Hold hold
                && !hold.rule().equals(then.judgement().ruling().rule());
        return otherRule || !now.footing().equals(then.footing())
                ? Optional.of(Refusals.CHANGED_SINCE)
                : Optional.empty();
    }

    private static Optional<Refusal> refusal(Decision decision, String guardrail) {
        if (decision instanceof Decision.Denied denied) {
            return Optional.of(Refusals.denied(guardrail, denied.by(), denied.reason()));
        }
        if (decision instanceof Decision.Expired) {
            return Optional.of(Refusals.NOT_APPROVED_IN_TIME);
        }
        return decision instanceof Decision.Approved ? Optional.empty() : Optional.of(Refusals.WITHDRAWN);
    }

    private HeldStatement statement(Matter matter, Judged judged, Guardrail guardrail) {
        Session session = matter.session();
        // Nobody knows yet whether it will run.
        Docket.Words kept = docket.kept(matter, judged.finding(Optional.empty()), true);
        return new HeldStatement(
                session.id(),
                session.identity().name(),
                session.identity().groups(),
                session.connection(),
                guardrail.name(),
                guardrail.reason(),
                guardrail.approvers().groups(),
                new Words(judged.sql(), shown(Transcript.of(matter.attempt().parameters()))),
                new Words(kept.sql(), shown(kept.parameters())),
                judged.judgement().kinds(),
                judged.judgement().relations(),
                judge.bundle().version(),
                guardrail.timeout());
    }

    private static List<String> shown(List<@Nullable String> parameters) {
        return parameters.stream().map(WaitingRoom::shown).toList();
    }

    /** NULL without quotes is SQL's; a text that reads so has quotes, and so has one that has some itself. */
    private static String shown(@Nullable String value) {
        if (value == null) {
            return "NULL";
        }
        return value.strip().equalsIgnoreCase("NULL") || value.startsWith("'") ? "'" + value + "'" : value;
    }

    private static String length(Duration timeout) {
        if (timeout.toSecondsPart() > 0) {
            return timeout.toSeconds() + " seconds";
        }
        return timeout.toMinutes() == 1 ? "1 minute" : timeout.toMinutes() + " minutes";
    }

    private Notice notice(UUID approval, Guardrail guardrail) {
        String groups = String.join(", ", guardrail.approvers().groups());
        return new Notice(
                "statement held for approval " + approval,
                Optional.of("Rule \"" + guardrail.name() + "\": "
                        + (guardrail.reason().isBlank() ? "a person must approve it." : guardrail.reason())),
                Optional.of("Waiting up to " + length(guardrail.timeout()) + " for " + groups + " at " + address
                        + "/console, or " + address + "/api/v1/approvals/" + approval
                        + " . Cancel the statement to withdraw it."));
    }
}
