package org.sallyport.policy;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.catalog.Structure.Action;
import org.sallyport.catalog.Structure.Constraint;
import org.sallyport.meaning.Meaning;
import org.sallyport.meaning.Meaning.Kind;

/** The tables whose rows get other values where others' change, by foreign keys: where that fails PostgreSQL shows such a row whole. */
final class CarriedChanges {
    private final Catalog catalog;
    private final Map<Integer, Set<Kind>> seen = new HashMap<>();
    private final Set<Relation> changed = new HashSet<>();

    private CarriedChanges(Catalog catalog) {
        this.catalog = catalog;
    }

    static Set<Relation> of(Meaning meaning, Catalog catalog) {
        CarriedChanges carried = new CarriedChanges(catalog);
        meaning.relations()
                .forEach((oid, use) -> use.changes().forEach((kind, columns) -> carried.carry(oid, kind, columns)));
        return carried.changed;
    }

    private void carry(int relation, Kind kind, Set<Integer> columns) {
        if (kind == Kind.INSERT
                || !seen.computeIfAbsent(relation, oid -> new HashSet<>()).add(kind)) {
            return;
        }
        for (Relation other : catalog.relations()) {
            keys(other, relation)
                    .filter(key -> kind == Kind.DELETE
                            || columns.contains(0)
                            || !Collections.disjoint(columns, key.referredColumns()))
                    .forEach(key -> follow(other, key, kind == Kind.DELETE ? key.onDelete() : key.onUpdate()));
        }
    }

    private static Stream<Constraint> keys(Relation from, int to) {
        return from.structure().constraints().stream().filter(key -> key.referred() == to);
    }

    private void follow(Relation other, Constraint key, Action action) {
        if (action == Action.DELETES) {
            carry(other.oid(), Kind.DELETE, Set.of(0));
        } else if (action == Action.CHANGES) {
            changed.add(other);
            carry(other.oid(), Kind.UPDATE, Set.of(0));
        }
    }
}
