package org.sallyport.catalog;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What PostgreSQL goes to by itself where it reads or changes a relation. Immutable. Somebody's functions are those that are not
 * PostgreSQL's own: what is in them, nobody here has read.
 *
 * @param policies  the relations that row-level security asks, by the one that it guards
 * @param defaults  those that defaults name, by the relation or domain whose they are: sequences, as a rule
 * @param keys      foreign keys
 * @param ruled     relations with rules that are not a view's query
 * @param triggered those whose triggers call somebody's functions
 * @param reading   the functions that whoever reads a relation calls: of its view's query, policies, indexes and partitions
 * @param changing  those that whoever changes it calls: of defaults, generated columns, checks, rules and conditions of triggers
 * @param types     those, arrays and rows among them, that call somebody's functions where a value becomes one of theirs
 */
public record Ties(
        Map<Integer, Set<Integer>> policies,
        Map<Integer, Set<Integer>> defaults,
        Set<ForeignKey> keys,
        Set<Integer> ruled,
        Set<Integer> triggered,
        Map<Integer, Set<Integer>> reading,
        Map<Integer, Set<Integer>> changing,
        Set<Integer> types) {

    public static final Ties NONE =
            new Ties(Map.of(), Map.of(), Set.of(), Set.of(), Set.of(), Map.of(), Map.of(), Set.of());

    public Ties {
        policies = Map.copyOf(policies);
        defaults = Map.copyOf(defaults);
        keys = Set.copyOf(keys);
        ruled = Set.copyOf(ruled);
        triggered = Set.copyOf(triggered);
        reading = Map.copyOf(reading);
        changing = Map.copyOf(changing);
        types = Set.copyOf(types);
    }

    /**
     * Rows of one relation refer to rows of another.
     *
     * @param deletes whether the server deletes or updates rows {@code from} there where it deletes rows {@code to} which they refer
     * @param updates the same of what it updates
     */
    public record ForeignKey(int from, int to, boolean deletes, boolean updates) {

        /** @param structures by relation */
        static Set<ForeignKey> of(Map<Integer, Structure> structures) {
            Set<ForeignKey> keys = new HashSet<>();
            structures.forEach((oid, structure) -> structure.constraints().stream()
                    .filter(constraint -> constraint.kind() == Structure.Kind.FOREIGN)
                    .forEach(key -> keys.add(new ForeignKey(
                            oid,
                            key.referred(),
                            key.onDelete() != Structure.Action.NOTHING,
                            key.onUpdate() != Structure.Action.NOTHING))));
            return keys;
        }
    }
}
