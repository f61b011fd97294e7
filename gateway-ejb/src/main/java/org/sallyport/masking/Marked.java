package org.sallyport.masking;

import java.util.HashSet;
import java.util.Set;
import org.sallyport.contract.Mask;
import org.sallyport.meaning.Flow.Use;

/**
 * A labelled column, for somebody who must not see it.
 *
 * @param mask    what its values become
 * @param allowed what may be done with it besides showing it
 */
record Marked(Mask mask, Set<Use> allowed) {
    /** What is made of a masked value is hidden whole, and so is whether there is one. */
    static final Marked DERIVED = new Marked(new Mask.Redacted(), Set.of());

    Marked {
        allowed = Set.copyOf(allowed);
    }

    /** Of a column that carries the labels of both. */
    Marked with(Marked other) {
        Set<Use> both = new HashSet<>(allowed);
        both.retainAll(other.allowed);
        return new Marked(mask.equals(other.mask) ? mask : new Mask.Nothing(), both);
    }
}
