package org.sallyport.contract;

import java.util.List;

/** What the client may see of one result. */
public sealed interface MaskingPlan {

    /** Apply {@code masks}, one for each column in order. */
    record Show(List<Mask> masks) implements MaskingPlan {
        public Show {
            masks = List.copyOf(masks);
        }
    }

    /** Nothing: the statement fails with this refusal before its first row leaves. */
    record Refuse(Refusal refusal) implements MaskingPlan {}
}
