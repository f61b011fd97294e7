package org.sallyport.inbound;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.Relation;
import org.sallyport.policy.Extent;

/**
 * What an approval rests on: an equal footing later means that the statement still reaches what the approver was shown.
 *
 * @param kinds     of its statements
 * @param names     the relations that it names
 * @param relations what they stand for, and everything behind those, by OID
 * @param opaque    whether it reaches what nobody can know
 */
record Footing(List<String> kinds, Set<String> names, Map<Integer, Relation> relations, boolean opaque) {

    static Footing of(Judgement judgement, Catalog catalog) {
        List<Relation> named = judgement.relations().stream()
                .flatMap(name -> relation(catalog, name).stream())
                .toList();
        Extent extent = Extent.of(named, judgement.kinds(), catalog);
        Map<Integer, Relation> relations = new TreeMap<>();
        extent.relations().forEach(oid -> catalog.relation(oid).ifPresent(found -> relations.put(oid, found)));
        return new Footing(judgement.kinds(), new TreeSet<>(judgement.relations()), relations, extent.opaque());
    }

    private static Optional<Relation> relation(Catalog catalog, String name) {
        return catalog.relations().stream()
                .filter(relation -> relation.qualifiedName().equals(name))
                .findFirst();
    }
}
