package org.sallyport.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
 * @param byGrant      it is there only for whom somebody has given it for a time
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
        boolean unrestricted,
        Optional<ByGrant> byGrant) {

    public Role {
        groups = Set.copyOf(groups);
        connections = Set.copyOf(connections);
        may = List.copyOf(may);
        unmask = List.copyOf(unmask);
        uses = Map.copyOf(uses);
    }

    /** One that needs no grant. */
    public Role(
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
        this(
                name,
                groups,
                connections,
                when,
                may,
                unmask,
                onApproval,
                uses,
                catalog,
                shadow,
                unrestricted,
                Optional.empty());
    }

    /** Whether it is about somebody in these groups on the connection, at one time or another. */
    boolean concerns(Circumstances circumstances) {
        return connections.contains(circumstances.connection())
                && groups.stream().anyMatch(circumstances.identity().groups()::contains);
    }

    /** It as it is given: itself, or once for each grant of it. A condition of which it cannot be said whether it holds does not. */
    Stream<Role> given(Circumstances circumstances) {
        boolean held = concerns(circumstances)
                && when.map(condition -> condition.holds(circumstances.values()).orElse(false))
                        .orElse(true);
        if (!held) {
            return Stream.empty();
        }
        return byGrant.map(needed -> circumstances.granted().stream()
                        .filter(grant -> grant.role().equals(name) && needed.isFrom(grant))
                        .map(grant -> granted(needed.with(grant), grant)))
                .orElseGet(() -> Stream.of(this));
    }

    private Role granted(ByGrant given, Granted grant) {
        if (grant.labels().isEmpty()) {
            return new Role(
                    grant.name(),
                    groups,
                    connections,
                    when,
                    may,
                    unmask,
                    onApproval,
                    uses,
                    catalog,
                    shadow,
                    unrestricted,
                    Optional.of(given));
        }
        return new Role(
                grant.name(),
                groups,
                connections,
                when,
                List.of(),
                grant.labels().stream().filter(this::sees).toList(),
                Optional.empty(),
                Map.of(),
                false,
                false,
                false,
                Optional.of(given));
    }

    /** The grant by which somebody has it. */
    Optional<Granted> grant() {
        return byGrant.flatMap(ByGrant::given);
    }

    /** Its name without the grant's, by which other rules of the bundle speak of it. */
    String nameInBundle() {
        return grant().map(Granted::role).orElse(name);
    }

    /** Whether it is given for some labels that it sees, and nothing else. */
    boolean isOfLabelsOnly() {
        return grant().filter(given -> !given.labels().isEmpty()).isPresent();
    }

    /** Whether values of the label are shown as they are. */
    public boolean sees(String label) {
        return unmask.stream().anyMatch(pattern -> Wildcard.matches(pattern, label));
    }

    Role withoutUnmask() {
        return new Role(
                name,
                groups,
                connections,
                when,
                may,
                List.of(),
                onApproval,
                uses,
                catalog,
                shadow,
                unrestricted,
                byGrant);
    }

    Role withoutCalls() {
        List<Permission> rest = may.stream()
                .filter(permission -> permission.right() != Right.CALL)
                .toList();
        return new Role(
                name,
                groups,
                connections,
                when,
                rest,
                unmask,
                onApproval,
                uses,
                catalog,
                shadow,
                unrestricted,
                byGrant);
    }
}
