package org.sallyport.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.meaning.Flow.Use;

/**
 * What callers of some groups may do on some connections.
 *
 * @param when         only while this holds; empty for always
 * @param may          what it gives, in the bundle's order
 * @param unmask       patterns of the labels seen in the clear
 * @param onApproval   labels seen in the clear once a person has approved that; empty where there are none
 * @param uses         by pattern of labels, how columns with these labels may shape results although they are not seen
 * @param catalog      what describes the database may be read
 * @param shadow       what it does not give passes, and stands on record as what would have been refused
 * @param unrestricted everything is permitted and nothing masked; guardrails still hold
 */
public record Role(
        String name,
        Set<String> groups,
        Set<String> connections,
        Optional<When> when,
        List<Permission> may,
        List<String> unmask,
        Optional<UnmaskOnApproval> onApproval,
        Map<String, Set<Use>> uses,
        boolean catalog,
        boolean shadow,
        boolean unrestricted) {

    public Role {
        groups = Set.copyOf(groups);
        connections = Set.copyOf(connections);
        may = List.copyOf(may);
        unmask = List.copyOf(unmask);
        uses = Map.copyOf(uses);
    }

    /** Whether it is about somebody in these groups on the connection, at one time or another. */
    boolean concerns(Circumstances circumstances) {
        return connections.contains(circumstances.connection())
                && groups.stream().anyMatch(circumstances.identity().groups()::contains);
    }

    /** Whether it is given. A condition of which it cannot be said whether it holds does not. */
    boolean isGiven(Circumstances circumstances) {
        return concerns(circumstances)
                && when.map(condition -> condition.holds(circumstances.values()).orElse(false))
                        .orElse(true);
    }

    Role withoutUnmask() {
        return new Role(
                name, groups, connections, when, may, List.of(), onApproval, uses, catalog, shadow, unrestricted);
    }

    Role withoutCalls() {
        List<Permission> rest = may.stream()
                .filter(permission -> permission.right() != Right.CALL)
                .toList();
        return new Role(name, groups, connections, when, rest, unmask, onApproval, uses, catalog, shadow, unrestricted);
    }
}
