package org.sallyport.masking;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.catalog.Structure;
import org.sallyport.meaning.Flow.Source;
import org.sallyport.policy.Label;

/** The columns that carry a label as they refer, by a foreign key, to one that does; and those that refer to them in turn. */
final class KeyFollowers {
    private final Label label;
    private final String connection;
    private final Catalog catalog;

    /** All that carry it, also by themselves. */
    private final Set<Source> carrying = new HashSet<>();

    private KeyFollowers(Label label, String connection, Catalog catalog) {
        this.label = label;
        this.connection = connection;
        this.catalog = catalog;
    }

    /** Those that carry the label, by themselves or not; none where it follows no keys. */
    static Set<Source> of(Label label, String connection, Catalog catalog) {
        if (!label.followsKeys()) {
            return Set.of();
        }
        KeyFollowers followers = new KeyFollowers(label, connection, catalog);
        catalog.relations().forEach(followers::begin);
        boolean more = true;
        while (more) {
            more = false;
            for (Relation relation : catalog.relations()) {
                more |= followers.follow(relation);
            }
        }
        return Set.copyOf(followers.carrying);
    }

    private void begin(Relation relation) {
        for (Relation.Column column : relation.columns()) {
            boolean commented = relation.structure()
                    .labels()
                    .getOrDefault(column.attribute(), Set.of())
                    .contains(label.name());
            boolean named = label.columns().stream()
                    .anyMatch(c -> c.matches(connection, relation.schema(), relation.name(), column.name()));
            if (commented || named) {
                boolean unused = carry(relation, column.name());
            }
        }
    }

    private boolean follow(Relation relation) {
        boolean more = false;
        for (Structure.Constraint key : relation.structure().constraints()) {
            for (var reference : key.references().entrySet()) {
                if (carrying.contains(new Source(key.referred(), reference.getValue()))) {
                    more |= relation.column(reference.getKey())
                            .filter(column -> carry(relation, column.name()))
                            .isPresent();
                }
            }
        }
        return more;
    }

    /** With the columns of its name in parents, children and partitions; says whether that is news. */
    private boolean carry(Relation relation, String name) {
        boolean news = false;
        for (Relation kin : Stream.concat(
                        Stream.of(relation), relation.kin().stream().flatMap(oid -> catalog.relation(oid).stream()))
                .toList()) {
            for (Relation.Column column : kin.columns()) {
                news |= column.name().equals(name) && carrying.add(new Source(kin.oid(), column.attribute()));
            }
        }
        return news;
    }
}
