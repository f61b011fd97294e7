package org.sallyport.inbound;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sallyport.masking.ResultPlan;
import org.sallyport.policy.Guardrail;
import org.sallyport.policy.ReadOnly;
import org.sallyport.policy.Ruling;
import org.sallyport.record.StatementRecord;

/**
 * What was decided about a statement, and on what facts.
 *
 * @param kinds       the kinds of its statements and of those inside them, such as {@code DELETE}
 * @param relations   the relations it names, as {@code schema.name} where they are known
 * @param touched     what goes on record of what it reaches, behind views too
 * @param oids        of those relations, and of functions of somebody's, as far as they are known
 * @param told        whether the server has said what each of its statements means
 * @param readOnly    whether it is known to write nothing
 * @param defines     whether it may change the catalog, so that snapshots are stale once it has run
 * @param unknown     whether it names a relation the snapshot does not have: worth one reload before it is final;
 *                    never for an unrestricted identity
 * @param path        what becomes of the path on which its session looks names up
 * @param takesPathBack whether it may end its transaction, and with it what was set there, and goes on behind that
 * @param relying     whether it is permitted only for what the snapshot says depends on what, so not behind definitions that
 *                    its transaction has not committed
 * @param plan        how its result is shown, where that was told by its meaning
 * @param cursor      what it does to the session's cursors, where some of their rows may have to be masked
 * @param showing     the parameters that name settings which it shows: their values decide, too
 * @param timed       the guardrails that might say something else at another time, so that it holds for this time only
 */
public record Judgement(
        Ruling ruling,
        List<String> kinds,
        List<String> relations,
        StatementRecord.Touched touched,
        Set<Integer> oids,
        boolean told,
        boolean readOnly,
        boolean defines,
        boolean unknown,
        SearchPath.Effect path,
        boolean takesPathBack,
        boolean relying,
        Optional<ResultPlan> plan,
        CursorStep cursor,
        Set<String> showing,
        List<Guardrail> timed) {

    public Judgement {
        kinds = List.copyOf(kinds);
        relations = List.copyOf(relations);
        oids = Set.copyOf(oids);
        showing = Set.copyOf(showing);
        timed = List.copyOf(timed);
    }

    /** One that relies on no snapshot and on no time, and whose result has no plan. */
    Judgement(
            Ruling ruling,
            List<String> kinds,
            List<String> relations,
            boolean defines,
            boolean unknown,
            SearchPath.Effect path) {
        this(
                ruling,
                kinds,
                relations,
                StatementRecord.Touched.NOTHING,
                Set.of(),
                false,
                ReadOnly.are(kinds),
                defines,
                unknown,
                path,
                false,
                false,
                Optional.empty(),
                new CursorStep.None(),
                Set.of(),
                List.of());
    }

    /** The same facts with another ruling, and the plan that goes with it. */
    Judgement ruled(Ruling other, Optional<ResultPlan> its) {
        return new Judgement(
                other,
                kinds,
                relations,
                touched,
                oids,
                told,
                readOnly,
                defines,
                unknown,
                path,
                takesPathBack,
                relying,
                its,
                cursor,
                showing,
                timed);
    }

    /**
     * The same with what goes on record.
     *
     * @param meant whether the server has said what each of its statements means
     * @param reads whether that shows that it writes nothing
     */
    Judgement touching(StatementRecord.Touched reached, boolean meant, boolean reads) {
        return new Judgement(
                ruling,
                kinds,
                relations,
                reached,
                oids,
                meant,
                reads,
                defines,
                unknown,
                path,
                takesPathBack,
                relying,
                plan,
                cursor,
                showing,
                timed);
    }

    /**
     * Whether it is a permit that neither a person nor a newer snapshot nor an open transaction could change, and after which all is
     * as before.
     */
    boolean isPlainPermit() {
        return ruling instanceof Ruling.Permit
                && !writesMasked()
                && !unknown
                && path == SearchPath.Effect.KEPT
                && !takesPathBack
                && !relying
                && showing.isEmpty();
    }

    /** The guardrail that holds it, or may not let it run at another time, and would not know it by its name. */
    Optional<String> stoppedByName() {
        return ruling instanceof Ruling.Hold hold
                ? Optional.of(hold.rule())
                : timed.stream()
                        .filter(guardrail -> guardrail.action() != Guardrail.Action.WARN)
                        .filter(Guardrail::tellsStatementsApart)
                        .map(Guardrail::name)
                        .findFirst();
    }

    /** Whether it writes into masked columns: then the values decide, too. */
    boolean writesMasked() {
        return plan.filter(ResultPlan::writes).isPresent();
    }
}
