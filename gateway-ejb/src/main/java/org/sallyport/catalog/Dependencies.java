package org.sallyport.catalog;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What depends on what, as PostgreSQL goes by it where something is dropped. Immutable.
 *
 * @param dependents  by what they depend on; an object also depends on that of which it is a part
 * @param parts       constraints, defaults, rules, triggers, indexes and the like, with the relation or domain of each
 * @param schemas     by name
 * @param homes       of what is neither a relation nor a function, nor a type: the schema that it is in
 * @param children    partitions and heirs, by the parent
 * @param foreignKeys the relations whose foreign keys refer to one, by that
 * @param ties        what reading and changing rows goes by
 */
public record Dependencies(
        Map<CatalogObject, Set<CatalogObject>> dependents,
        Map<CatalogObject, CatalogObject> parts,
        Map<String, CatalogObject> schemas,
        Map<CatalogObject, String> homes,
        Map<Integer, Set<Integer>> children,
        Map<Integer, Set<Integer>> foreignKeys,
        Ties ties) {

    /** Where nothing depends on anything. */
    public static final Dependencies NONE =
            new Dependencies(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    /** Without what rows are tied to. */
    public Dependencies(
            Map<CatalogObject, Set<CatalogObject>> dependents,
            Map<CatalogObject, CatalogObject> parts,
            Map<String, CatalogObject> schemas,
            Map<CatalogObject, String> homes,
            Map<Integer, Set<Integer>> children,
            Map<Integer, Set<Integer>> foreignKeys) {
        this(dependents, parts, schemas, homes, children, foreignKeys, Ties.NONE);
    }

    public Dependencies {
        dependents = Map.copyOf(dependents);
        parts = Map.copyOf(parts);
        schemas = Map.copyOf(schemas);
        homes = Map.copyOf(homes);
        children = Map.copyOf(children);
        foreignKeys = Map.copyOf(foreignKeys);
    }

    public Optional<CatalogObject> schema(String name) {
        return Optional.ofNullable(schemas.get(name));
    }

    /** The partitions and heirs of relations, and theirs in turn. */
    public Set<Integer> descendants(Collection<Integer> relations) {
        return closure(relations, children);
    }

    /** The relations, but for indexes and owned sequences the tables of those. */
    public Set<Integer> wholes(Collection<Integer> relations) {
        return relations.stream()
                .map(CatalogObject::relation)
                .map(relation -> parts.getOrDefault(relation, relation).oid())
                .collect(Collectors.toSet());
    }

    /** The indexes and sequences of relations. */
    public Set<Integer> own(Set<Integer> relations) {
        return parts.entrySet().stream()
                .filter(part -> part.getKey().catalog() == CatalogObject.RELATIONS
                        && part.getValue().catalog() == CatalogObject.RELATIONS
                        && relations.contains(part.getValue().oid()))
                .map(part -> part.getKey().oid())
                .collect(Collectors.toSet());
    }

    /** What {@code TRUNCATE … CASCADE} empties besides the relations and their descendants. */
    public Set<Integer> referring(Collection<Integer> relations) {
        Set<Integer> all = new HashSet<>(relations);
        all.addAll(descendants(relations));
        return closure(all, foreignKeys);
    }

    /** What {@code DROP … CASCADE} of the objects drops or changes besides them. */
    public Reach ofDropping(Collection<CatalogObject> dropped) {
        Set<CatalogObject> gone = new HashSet<>(dropped);
        Deque<CatalogObject> open = new ArrayDeque<>(gone);
        Set<CatalogObject> others = new HashSet<>();
        while (!open.isEmpty()) {
            for (CatalogObject dependent : dependents.getOrDefault(open.remove(), Set.of())) {
                if (gone.add(dependent)) {
                    open.add(dependent);
                    others.add(dependent);
                }
            }
        }
        return reach(others, dropped);
    }

    private Reach reach(Set<CatalogObject> others, Collection<CatalogObject> dropped) {
        Set<Integer> relations = new HashSet<>();
        Set<Integer> functions = new HashSet<>();
        Set<Integer> types = new HashSet<>();
        Set<String> reached = new HashSet<>();
        boolean opaque = false;
        for (CatalogObject object : others) {
            CatalogObject whole = parts.getOrDefault(object, object);
            String home = homes.get(whole);
            switch (whole.catalog()) {
                case CatalogObject.RELATIONS -> relations.add(whole.oid());
                case CatalogObject.FUNCTIONS -> functions.add(whole.oid());
                case CatalogObject.TYPES -> types.add(whole.oid());
                default -> {
                    opaque |= home == null;
                    if (home != null) {
                        reached.add(home);
                    }
                }
            }
        }
        for (CatalogObject object : dropped) {
            switch (object.catalog()) {
                case CatalogObject.RELATIONS -> relations.remove(object.oid());
                case CatalogObject.TYPES -> types.remove(object.oid());
                default -> {
                    // nothing is a part of it
                }
            }
        }
        return new Reach(relations, functions, types, reached, opaque);
    }

    private static Set<Integer> closure(Collection<Integer> from, Map<Integer, Set<Integer>> edges) {
        Set<Integer> reached = new HashSet<>();
        Deque<Integer> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            for (int next : edges.getOrDefault(open.remove(), Set.of())) {
                if (reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached;
    }
}
