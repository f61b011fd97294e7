package org.sallyport.meaning;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.sallyport.meaning.Flow.Source;

/**
 * The columns from which a value comes.
 *
 * @param same    as one of them is
 * @param derived computed from them
 * @param decided those among the derived ones whose values decide more about it than they do by their length and by being NULL: whether it
 *                is NULL, or how large it is
 * @param mixed   whether it is in some rows what no column has a part in
 */
record Origin(Set<Source> same, Set<Source> derived, Set<Source> decided, boolean mixed) {
    /** Of what no column has a part in. */
    static final Origin NONE = new Origin(Set.of(), Set.of(), Set.of(), false);

    static Origin same(Source source) {
        return new Origin(Set.of(source), Set.of(), Set.of(), false);
    }

    static Origin derived(Source source) {
        return new Origin(Set.of(), Set.of(source), Set.of(), false);
    }

    /** Of what is made of all of them. */
    static Origin computed(Collection<Origin> origins) {
        Origin all = NONE;
        for (Origin origin : origins) {
            all = all.or(origin);
        }
        return all.computed();
    }

    /** Of what is in each row one of them. */
    static Origin either(Collection<Origin> origins) {
        Origin all = NONE;
        for (Origin origin : origins) {
            all = all.or(origin);
        }
        boolean mixed = all.mixed || (!all.isNone() && origins.stream().anyMatch(Origin::isNone));
        return new Origin(all.same, all.derived, all.decided, mixed);
    }

    /** Of what is sometimes the one and sometimes the other. */
    Origin or(Origin other) {
        return other.isNone()
                ? this
                : isNone()
                        ? other
                        : new Origin(
                                both(same, other.same),
                                both(derived, other.derived),
                                both(decided, other.decided),
                                mixed || other.mixed);
    }

    Origin computed() {
        return same.isEmpty() ? this : new Origin(Set.of(), all(), decided, mixed);
    }

    /** Of what may be anything for any value of them. */
    Origin deciding() {
        return new Origin(Set.of(), all(), all(), mixed);
    }

    /** Of that part of it which is computed. */
    Origin computedOnly() {
        return new Origin(Set.of(), derived, decided, mixed);
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
