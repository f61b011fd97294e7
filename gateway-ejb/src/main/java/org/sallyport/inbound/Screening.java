package org.sallyport.inbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.Detector;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.ResultShape;
import org.sallyport.contract.Visibility;
import org.sallyport.masking.LabelledReading;
import org.sallyport.masking.Labelling;
import org.sallyport.masking.ResultPlan;
import org.sallyport.meaning.Meaning;
import org.sallyport.policy.Access;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.policy.Refusals;
import org.sallyport.policy.Ruling;
import org.sallyport.policy.Trace;
import org.sallyport.sql.Reading;
import org.sallyport.sql.Statement;

/** Has the columns of results that carry no label looked at for what should carry one. Thread-safe. */
final class Screening {
    private static final int CACHED = 256;

    private static final Ruling.Deny NOT_LOOKED_AT = Refusals.deny(
            Ruling.Ground.LAW,
            "detection",
            "permission denied: COPY data cannot be looked at",
            "it is looked at in the formats text, csv and binary only, in UTF-8, in text with no other NULL than such as '\\N', of tables"
                    + " that are known, and as the only statement of its query.",
            "Select the rows, or COPY them by themselves with the usual options.");

    /** What a function is called with by a message of its own has no column that could be looked at. */
    static final Ruling.Deny FUNCTION_CALL = Refusals.deny(
            Ruling.Ground.LAW,
            "detection",
            "permission denied: the result of a FunctionCall cannot be looked at",
            "it has no columns in which something could be hidden.",
            "Call the function in a SELECT.");

    private final PolicyBundle bundle;
    private final Labellings labellings;
    private final Recent<Access, List<Detector>> detectors = new Recent<>(CACHED);

    Screening(PolicyBundle bundle, Labellings labellings) {
        this.bundle = bundle;
        this.labellings = labellings;
    }

    private List<Detector> detectors(Access access) {
        return bundle.detection().isEmpty()
                ? List.of()
                : detectors.get(access, () -> bundle.detectors(access), made -> true);
    }

    /** The judgement of a text whose results are looked at, where it has any. */
    Judgement of(Judgement judgement, Access access, Brief brief, Trace trace) {
        List<Detector> looked = detectors(access);
        if (looked.isEmpty() || brief.script().statements().stream().noneMatch(each -> mayShow(brief, each))) {
            return judgement;
        }
        trace.note(
                "detection",
                "looks in results for "
                        + String.join(
                                ", ",
                                looked.stream()
                                        .map(each -> each.sought().label())
                                        .toList()));
        return hides(looked) && brief.script().statements().stream().anyMatch(LabelledReading::copies)
                ? copied(judgement, access, brief)
                : judgement.ruled(judgement.ruling().within(Visibility.SCREENED), judgement.plan());
    }

    /** What is looked for in results, and to be hidden there. */
    List<Detector> hiding(Access access) {
        return detectors(access).stream().filter(Detector::hides).toList();
    }

    private static boolean hides(List<Detector> looked) {
        return looked.stream().anyMatch(Detector::hides);
    }

    /** COPY data has no description, and is looked at as that of labelled tables is masked. */
    private Judgement copied(Judgement judgement, Access access, Brief brief) {
        boolean planned = judgement.plan().flatMap(ResultPlan::copy).isPresent();
        if (planned || judgement.ruling() instanceof Ruling.Deny) {
            return judgement;
        }
        List<Statement> statements = brief.script().statements();
        Optional<ResultPlan> plan = statements.size() > 1
                ? Optional.empty()
                : new LabelledReading(labellings.of(access, brief.catalog()), brief.catalog())
                        .copied(statements.get(0), brief.meant().of(statements.get(0)));
        return plan.isPresent()
                ? judgement.ruled(judgement.ruling().within(Visibility.SHAPED), plan)
                : judgement.ruled(NOT_LOOKED_AT, Optional.empty());
    }

    /** Whether the statement may have a result with values of somebody's. */
    private static boolean mayShow(Brief brief, Statement statement) {
        Optional<Meaning> meaning = brief.meant().of(statement);
        Reading reading = statement.reading();
        boolean without = reading instanceof Reading.Transaction
                || reading instanceof Reading.Harmless
                || reading instanceof Reading.Setting
                || reading instanceof Reading.Deallocation
                || reading instanceof Reading.Close
                || reading instanceof Reading.Definition
                || reading instanceof Reading.CopyIn
                || reading instanceof Reading.Truncation
                || reading instanceof Reading.Lock;
        return meaning.map(told -> !told.columns().isEmpty()).orElse(!without);
    }

    /** The plan with all that is shown as it is, and has no label, looked at. */
    MaskingPlan over(MaskingPlan plan, Access access, Catalog catalog, ResultShape result) {
        List<Detector> looked = detectors(access);
        if (looked.isEmpty() || !(plan instanceof MaskingPlan.Show show)) {
            return plan;
        }
        Labelling labelled = labellings.of(access.withoutUnmask(), catalog);
        Mask screened = new Mask.Screened(looked);
        List<Mask> masks = new ArrayList<>();
        for (int i = 0; i < show.masks().size(); i++) {
            ResultShape.Column column = result.columns().get(i);
            Mask mask = show.masks().get(i);
            boolean open = mask instanceof Mask.Clear
                    && screened.suits(column.typeOid())
                    && !labelled.isLabelled(column.tableOid(), column.attribute());
            masks.add(open ? screened : mask);
        }
        return new MaskingPlan.Show(masks);
    }
}
