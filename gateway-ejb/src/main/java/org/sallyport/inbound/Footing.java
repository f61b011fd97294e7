package org.sallyport.inbound;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;

/**
 * What an approval rests on: an equal footing later means that the statement still reaches what the approver was shown.
 *
 * @param kinds     of its statements
 * @param names     the relations that it names
 * @param relations what they stand for, and everything behind those, by OID
 */
record Footing(List<String> kinds, Set<String> names, Map<Integer, Relation> relations) {

    static Footing of(Judgement judgement, Catalog catalog) {
        Map<Integer, Relation> relations = new TreeMap<>();
        judgement.relations().forEach(name -> relation(catalog, name).ifPresent(r -> reach(catalog, r, relations)));
        return new Footing(judgement.kinds(), new TreeSet<>(judgement.relations()), relations);
    }

    private static Optional<Relation> relation(Catalog catalog, String name) {
        return catalog.relations().stream()
                .filter(relation -> relation.qualifiedName().equals(name))
                .findFirst();
    }

    private static void reach(Catalog catalog, Relation relation, Map<Integer, Relation> reached) {
        if (reached.putIfAbsent(relation.oid(), relation) == null) {
            relation.bases().forEach(oid -> catalog.relation(oid).ifPresent(r -> reach(catalog, r, reached)));
            relation.kin().forEach(oid -> catalog.relation(oid).ifPresent(r -> reach(catalog, r, reached)));
        }
    }
}
