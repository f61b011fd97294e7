package org.sallyport.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.ResultShape;
import org.sallyport.policy.Refusals;
import org.sallyport.policy.Ruling;

/** Plans the masks of a result by where RowDescription says that its columns come from. */
public final class MaskPlanner {

    private MaskPlanner() {}

    public static MaskingPlan plan(Labelling labelling, Catalog catalog, ResultShape result) {
        List<Mask> masks = new ArrayList<>();
        for (ResultShape.Column column : result.columns()) {
            Optional<Mask> mask = mask(labelling, catalog, column);
            if (mask.isEmpty()) {
                return refuse();
            }
            masks.add(mask.get());
        }
        return new MaskingPlan.Show(masks);
    }

    /** Empty if nobody can say where the column comes from. */
    private static Optional<Mask> mask(Labelling labelling, Catalog catalog, ResultShape.Column column) {
        if (column.tableOid() == 0 || column.attribute() == 0) {
            return Optional.empty();
        }
        Optional<Relation> relation = catalog.relation(column.tableOid());
        if (relation.isEmpty() || labelling.isView(relation.get())) {
            return Optional.empty();
        }
        if (column.attribute() < 0) {
            return Optional.of(new Mask.Clear());
        }
        return relation.get()
                .column(column.attribute())
                .map(source -> labelling
                        .mask(relation.get(), source.attribute())
                        .map(mask -> fitting(mask, column.typeOid()))
                        .orElse(new Mask.Clear()));
    }

    /** The mask, or what stands for it where values have another type than it is made for. */
    static Mask fitting(Mask mask, int typeOid) {
        return mask.suits(typeOid) ? mask : new Mask.Nothing();
    }

    private static MaskingPlan refuse() {
        return new MaskingPlan.Refuse(Refusals.deny(
                        Ruling.Ground.LAW,
                        "masking",
                        "permission denied: result column of unknown origin",
                        "a statement that touches labelled columns may show plain columns only.",
                        "Select the columns as they are.")
                .refusal());
    }
}
