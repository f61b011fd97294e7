package org.sallyport.policy;

import java.util.List;
import java.util.Set;

/**
 * What callers of some groups may do on some connections.
 *
 * @param may          what it gives, in the bundle's order
 * @param unmask       patterns of the labels seen in the clear
 * @param catalog      what describes the database may be read
 * @param unrestricted everything is permitted and nothing masked; guardrails still hold
 */
public record Role(
        String name,
        Set<String> groups,
        Set<String> connections,
        List<Permission> may,
        List<String> unmask,
        boolean catalog,
        boolean unrestricted) {

    public Role {
        groups = Set.copyOf(groups);
        connections = Set.copyOf(connections);
        may = List.copyOf(may);
        unmask = List.copyOf(unmask);
    }

    Role withoutCalls() {
        List<Permission> rest = may.stream()
                .filter(permission -> permission.right() != Right.CALL)
                .toList();
        return new Role(name, groups, connections, rest, unmask, catalog, unrestricted);
    }
}
