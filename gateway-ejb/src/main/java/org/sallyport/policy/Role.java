package org.sallyport.policy;

import java.util.List;
import java.util.Set;

/**
 * What callers of some groups may do on some connections.
 *
 * @param read         relations whose rows may be read
 * @param change       relations whose rows may be changed
 * @param define       relations that may be created, altered and dropped
 * @param unmask       patterns of the labels seen in the clear
 * @param catalog      what describes the database may be read
 * @param unrestricted everything is permitted and nothing masked; guardrails still hold
 */
public record Role(
        String name,
        Set<String> groups,
        Set<String> connections,
        List<RelationPattern> read,
        List<RelationPattern> change,
        List<RelationPattern> define,
        List<String> unmask,
        boolean catalog,
        boolean unrestricted) {

    public Role {
        groups = Set.copyOf(groups);
        connections = Set.copyOf(connections);
        read = List.copyOf(read);
        change = List.copyOf(change);
        define = List.copyOf(define);
        unmask = List.copyOf(unmask);
    }
}
