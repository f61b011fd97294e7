package org.sallyport.inbound;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.Visibility;
import org.sallyport.inbound.Explanation.Decision;
import org.sallyport.inbound.Explanation.Step;
import org.sallyport.masking.ResultPlan;
import org.sallyport.meaning.Meanings;
import org.sallyport.policy.Access;
import org.sallyport.policy.Circumstances;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.policy.Ruling;

/** Says what would become of a text if somebody sent it. Nothing runs, and nothing is recorded. Thread-safe; does not block. */
public final class Explainer {
    private final PolicyBundle bundle;
    private final Inquiry inquiry;
    private final Function<String, CompletionStage<Catalog>> catalogs;

    /** @param catalogs the newest picture of a connection's database */
    public Explainer(PolicyBundle bundle, Meanings meanings, Function<String, CompletionStage<Catalog>> catalogs) {
        this.bundle = bundle;
        this.inquiry = new Inquiry(meanings);
        this.catalogs = catalogs;
    }

    /**
     * What would become of it.
     *
     * @param parameterTypes the OIDs of the types that the client gives, zero for open ones
     */
    public CompletionStage<Explanation> explain(Circumstances circumstances, String sql, List<Integer> parameterTypes) {
        Optional<Access> access = bundle.access(circumstances);
        if (access.isEmpty()) {
            return CompletableFuture.completedFuture(notLetIn(circumstances));
        }
        Judge judge = new Judge(bundle, Clock.fixed(circumstances.now(), ZoneOffset.UTC));
        Judge.Text text = new Judge.Text(sql, parameterTypes);
        return catalogs.apply(circumstances.connection())
                .thenCompose(catalog -> inquiry.of(new Pace(), circumstances.connection(), catalog.version(), text)
                        .thenApply(meant -> explain(judge, access.get(), catalog, text, meant)));
    }

    private static Explanation explain(Judge judge, Access access, Catalog catalog, Judge.Text text, Meant meant) {
        List<Step> steps = new ArrayList<>();
        Judgement judgement =
                judge.decide(access, catalog, text, meant, (rule, said) -> steps.add(new Step(rule, said)));
        Decision decision = decision(judgement);
        steps.add(new Step(decision.rule(), "decides: " + decision.verdict()));
        return new Explanation(
                judge.bundle().version(),
                access.roles().stream().map(role -> role.name()).toList(),
                access.shadow(),
                FactFinder.facts(text, meant, catalog),
                steps.stream().distinct().toList(),
                decision);
    }

    private Explanation notLetIn(Circumstances circumstances) {
        Refusal refusal = Refusals.noDatabase(List.of());
        Step step = new Step("default deny", "no role lets it in to " + circumstances.connection());
        return new Explanation(
                bundle.version(), List.of(), false, List.of(), List.of(step), denied("default deny", refusal));
    }

    private static Decision decision(Judgement judgement) {
        Ruling ruling = judgement.ruling();
        if (ruling instanceof Ruling.Deny deny) {
            return denied(deny.rule(), deny.refusal());
        }
        if (ruling instanceof Ruling.Hold hold) {
            boolean clear = judgement.plan().filter(ResultPlan::isClear).isPresent();
            return runs("hold", hold.rule(), clear ? Visibility.CLEAR : hold.visibility());
        }
        return ruling instanceof Ruling.Warn warn
                ? runs("warn", warn.rule(), warn.visibility())
                : runs("permit", ruling.rule(), ((Ruling.Permit) ruling).visibility());
    }

    private static Decision runs(String verdict, String rule, Visibility visibility) {
        String results = switch (visibility) {
            case CLEAR -> "clear";
            case SCREENED -> "screened";
            case SHAPED -> "masked";
        };
        return new Decision(verdict, rule, Optional.of(results), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Decision denied(String rule, Refusal refusal) {
        return new Decision(
                "deny", rule, Optional.empty(), Optional.of(refusal.message()), refusal.detail(), refusal.hint());
    }
}
