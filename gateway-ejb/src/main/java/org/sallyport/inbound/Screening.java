package org.sallyport.inbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sallyport.catalog.Catalog;
import org.sallyport.contract.Detector;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.ResultShape;
import org.sallyport.masking.Labelling;
import org.sallyport.meaning.Meaning;
import org.sallyport.policy.Access;
import org.sallyport.policy.PolicyBundle;
import org.sallyport.policy.Trace;
import org.sallyport.sql.Reading;
import org.sallyport.sql.Statement;

/** Has the columns of results that carry no label looked at for what should carry one. Thread-safe. */
final class Screening {
    private static final int CACHED = 256;

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
        return judgement.ruled(judgement.ruling().screened(), judgement.plan());
    }

    /** Whether the statement may have a result with values of somebody's. */
    private static boolean mayShow(Brief brief, Statement statement) {
        Optional<Meaning> meaning = brief.meant().of(statement);
        Reading reading = statement.reading();
        boolean without = reading instanceof Reading.Transaction
                || reading instanceof Reading.Harmless
                || reading instanceof Reading.Setting
                || reading instanceof Reading.Deallocation
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
