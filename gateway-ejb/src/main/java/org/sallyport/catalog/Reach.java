package org.sallyport.catalog;

import java.util.HashSet;
import java.util.Set;

/**
 * What else changes or goes where something is dropped or emptied.
 *
 * @param relations that go, or lose a column, a constraint, a default, an index, a rule, a trigger or a policy
 * @param functions that go
 * @param types     that go; not those of relations
 * @param schemas   that lose something of another sort, or go themselves
 * @param opaque    whether something is among it that has no schema, such as a cast or an extension
 */
public record Reach(
        Set<Integer> relations, Set<Integer> functions, Set<Integer> types, Set<String> schemas, boolean opaque) {

    public Reach {
        relations = Set.copyOf(relations);
        functions = Set.copyOf(functions);
        types = Set.copyOf(types);
        schemas = Set.copyOf(schemas);
    }

    /** With more relations. */
    public Reach with(Set<Integer> more) {
        Set<Integer> all = new HashSet<>(relations);
        all.addAll(more);
        return new Reach(all, functions, types, schemas, opaque);
    }
}
