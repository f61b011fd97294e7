package org.sallyport.inbound;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.Detector;
import org.sallyport.contract.Displaced;
import org.sallyport.contract.Parameter;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.Verdict;
import org.sallyport.contract.Visibility;
import org.sallyport.inbound.Docket.Finding;
import org.sallyport.masking.ResultPlan;
import org.sallyport.policy.Condition;
import org.sallyport.policy.Refusals;
import org.sallyport.policy.Ruling;
import org.sallyport.record.StatementRecord.Held;
import org.sallyport.sql.SqlReader;

/**
 * A judgement and the catalog it rests on.
 *
 * @param sql the text that was judged: the client's, or for a FunctionCall the call in SQL
 * @param own whether the catalog is what its session sees, with what its transaction has done
 */
record Judged(Judgement judgement, Catalog catalog, String sql, boolean own) {

    static Judged of(Judge judge, Matter matter, Catalog catalog, Meant meant) {
        Session session = matter.session();
        String sql = text(matter.attempt(), catalog);
        Judge.Text text = matter.text().saying(sql);
        return new Judged(
                judge.judge(session.access(), session.connection(), catalog, text, meant), catalog, sql, false);
    }

    /** As the session sees it. */
    static Judged of(Judge judge, Matter matter, Making.View view) {
        Judged judged = of(judge, matter, view.catalog(), view.meant());
        return new Judged(judged.judgement(), judged.catalog(), judged.sql(), true);
    }

    /** At this time no role is given. */
    static Judged outOfTime(String sql, Catalog catalog) {
        Ruling.Deny deny = Refusals.deny(
                Ruling.Ground.POLICY,
                "when",
                "permission denied at this time",
                "no role of the policy is given to this identity now.",
                "Try again when one is.");
        Judgement judgement = new Judgement(
                deny, SqlReader.kinds(sql).orElse(List.of()), List.of(), false, false, SearchPath.Effect.KEPT);
        return new Judged(judgement, catalog, sql, false);
    }

    /** As the client gave them; those that it left open at the end are left out. */
    static List<Integer> parameterTypes(StatementAttempt attempt) {
        List<Parameter> parameters = attempt.parameters();
        int given = parameters.size();
        while (given > 0 && parameters.get(given - 1).typeOid() == 0) {
            given--;
        }
        return given == 0
                ? List.of()
                : parameters.subList(0, given).stream().map(Parameter::typeOid).toList();
    }

    private static String text(StatementAttempt attempt, Catalog catalog) {
        if (attempt.phase() != StatementAttempt.Phase.FUNCTION_CALL) {
            return attempt.sql();
        }
        String arguments = IntStream.rangeClosed(1, attempt.parameters().size())
                .mapToObj(number -> "$" + number)
                .collect(Collectors.joining(", "));
        return "SELECT " + function(attempt.sql(), catalog) + "(" + arguments + ")";
    }

    /** Where nobody knows it, a name that no function has. */
    private static String function(String oid, Catalog catalog) {
        return catalog.function(Integer.parseUnsignedInt(oid))
                .map(function -> quoted(function.schema()) + "." + quoted(function.name()))
                .orElse(quoted(Condition.Calls.UNKNOWN + oid));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    Footing footing() {
        return Footing.of(judgement, catalog);
    }

    Finding finding(Optional<Held> held) {
        return finding(judgement.ruling().rule(), held);
    }

    /** @param rule what decides in place of the judgement's own */
    Finding finding(String rule, Optional<Held> held) {
        return new Finding(
                sql, judgement.kinds(), rule, held, judgement.touched(), judgement.writesMasked(), judgement.told());
    }

    /** What it does to the statements that SQL has prepared. */
    PreparingStep preparing() {
        return PreparingStep.of(judgement.kinds(), sql);
    }

    /**
     * @param recorded   bytes of its results that go on record
     * @param screened   what is hidden in the server's errors and notices
     * @param statements whose names may stand for something else then
     */
    Verdict.Permit permit(long recorded, List<Detector> screened, Displaced.Names statements) {
        return new Verdict.Permit(
                visibility(),
                judgement.kinds().contains("COPY FROM"),
                judgement.plan().flatMap(ResultPlan::copy),
                judgement.cursor().displaced().withStatements(statements),
                recorded,
                screened,
                Optional.empty());
    }

    /** Of its results once it runs. */
    Visibility visibility() {
        Ruling ruling = judgement.ruling();
        if (ruling instanceof Ruling.Permit permit) {
            return permit.visibility();
        }
        if (ruling instanceof Ruling.Warn warn) {
            return warn.visibility();
        }
        if (ruling instanceof Ruling.Hold hold) {
            return hold.visibility();
        }
        throw new IllegalStateException("a denied statement has no results");
    }
}
