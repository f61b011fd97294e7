package org.sallyport.meaning;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.sallyport.meaning.Flow.Source;

/** The columns from which a value comes: as one of them is, or computed from them. */
record Origin(Set<Source> same, Set<Source> derived) {
    /** Of what no column has a part in. */
    static final Origin NONE = new Origin(Set.of(), Set.of());

    static Origin same(Source source) {
        return new Origin(Set.of(source), Set.of());
    }

    static Origin derived(Source source) {
        return new Origin(Set.of(), Set.of(source));
    }

    /** Of what is made of all of them. */
    static Origin computed(Collection<Origin> origins) {
        Origin all = NONE;
        for (Origin origin : origins) {
            all = all.or(origin);
        }
        return all.computed();
    }

    /** Of what is sometimes the one and sometimes the other. */
    Origin or(Origin other) {
        return other.isNone()
                ? this
                : isNone() ? other : new Origin(both(same, other.same), both(derived, other.derived));
    }

    Origin computed() {
        return same.isEmpty() ? this : new Origin(Set.of(), all());
    }

    boolean isNone() {
        return same.isEmpty() && derived.isEmpty();
    }

    Set<Source> all() {
        return derived.isEmpty() ? same : both(same, derived);
    }

    private static Set<Source> both(Set<Source> one, Set<Source> other) {
        Set<Source> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }
}
