package org.sallyport.contract;

import java.util.Collections;
import java.util.List;

/** What the client may see of one result. */
public sealed interface MaskingPlan {

    /** Apply {@code masks}, one for each column in order. */
    record Show(List<Mask> masks) implements MaskingPlan {
        public Show {
            masks = List.copyOf(masks);
        }

        /** All columns, so many, as they are. */
        public static Show clear(int columns) {
            return new Show(Collections.nCopies(columns, new Mask.Clear()));
        }
    }

    /** Nothing: the statement fails with this refusal before its first row leaves. */
    record Refuse(Refusal refusal) implements MaskingPlan {}
}
