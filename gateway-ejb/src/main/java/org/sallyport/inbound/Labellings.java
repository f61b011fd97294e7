package org.sallyport.inbound;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sallyport.catalog.Catalog;
import org.sallyport.masking.Labelling;
import org.sallyport.policy.Access;
import org.sallyport.policy.Label;
import org.sallyport.policy.Role;

/** Which columns are hidden from whom, kept for as long as the catalog stays. Thread-safe. */
final class Labellings {
    private static final int CACHED = 256;

    private final List<Label> labels;
    private final Recent<Seen, Labelling> kept = new Recent<>(CACHED);

    Labellings(List<Label> labels) {
        this.labels = List.copyOf(labels);
    }

    /** The columns that the identity must not see. */
    Labelling of(Access access, Catalog catalog) {
        return kept.get(
                seen(access, catalog, Optional.empty()), () -> Labelling.of(labels, access, catalog), made -> true);
    }

    /** Those among them that would stay hidden if there were no other labels than these. */
    Labelling among(Set<String> names, Access access, Catalog catalog) {
        return kept.get(
                seen(access, catalog, Optional.of(names)),
                () -> Labelling.of(
                        labels.stream()
                                .filter(label -> names.contains(label.name()))
                                .toList(),
                        access,
                        catalog),
                made -> true);
    }

    private static Seen seen(Access access, Catalog catalog, Optional<Set<String>> names) {
        return new Seen(access.connection(), access.roles(), catalog.version(), names);
    }

    private record Seen(String connection, List<Role> roles, long catalog, Optional<Set<String>> names) {}
}
