package org.sallyport.inbound;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sallyport.catalog.Catalog;
import org.sallyport.catalog.CatalogObject;
import org.sallyport.catalog.Relation;
import org.sallyport.meaning.Meaning;
import org.sallyport.policy.Consequences;
import org.sallyport.policy.ResolvedName;
import org.sallyport.sql.ObjectName;
import org.sallyport.sql.Script;
import org.sallyport.sql.Statement;

/**
 * The relations that a script names, or that its CASCADE reaches.
 *
 * @param names   with their schemas, as far as they are known
 * @param oids    of those that the snapshot has, and of functions of somebody's that are called
 * @param unknown whether one that must exist, or a column that is read, is not in the snapshot
 */
record Touched(List<String> names, Set<Integer> oids, boolean unknown) {

    static Touched of(Script script, Meant meant, Catalog catalog) {
        Set<String> names = new TreeSet<>();
        Set<Integer> oids = new HashSet<>();
        boolean unknown = false;
        for (Statement statement : script.statements()) {
            for (ObjectName name : statement.reading().relations()) {
                ResolvedName resolved = ResolvedName.of(name, catalog);
                names.add(resolved.shown());
                resolved.relation().ifPresent(told -> oids.add(told.oid()));
                unknown |= resolved.relation().isEmpty();
            }
            if (Consequences.cascades(statement.reading())) {
                Consequences.of(statement.reading(), catalog)
                        .relations(catalog)
                        .forEach(reached -> names.add(reached.qualifiedName()));
            }
            meant.of(statement).map(Meaning::functions).orElse(Set.of()).stream()
                    .filter(function -> !CatalogObject.isBuiltIn(function))
                    .forEach(oids::add);
            for (Map.Entry<Integer, Meaning.Use> used :
                    meant.of(statement).map(Meaning::relations).orElse(Map.of()).entrySet()) {
                Optional<Relation> relation = catalog.relation(used.getKey());
                oids.add(used.getKey());
                relation.ifPresent(told -> names.add(told.qualifiedName()));
                unknown |= relation.filter(told -> told.knows(used.getValue().read()))
                        .isEmpty();
            }
        }
        return new Touched(List.copyOf(names), oids, unknown);
    }
}
