package org.sallyport.policy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sallyport.catalog.Relation;
import org.sallyport.meaning.Flow.Use;

/**
 * What one identity may do on one connection: the roles that match it, taken together.
 *
 * <p>Equal accesses decide equally under one bundle, so it serves as a cache key.
 *
 * @param roles  in the bundle's order; never empty
 * @param shadow whether nothing is refused on the policy's account, only put on record as what would have been
 * @param asker  what guardrails' conditions see of whom it is for, and nothing else of it, so that a judgement serves all who are alike
 */
public record Access(String connection, List<Role> roles, boolean shadow, Map<String, Object> asker) {

    public Access {
        roles = List.copyOf(roles);
        asker = Map.copyOf(asker);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("an access comes from at least one role");
        }
    }

    /** One about whose holder no guardrail asks. */
    public Access(String connection, List<Role> roles, boolean shadow) {
        this(connection, roles, shadow, Map.of());
    }

    public boolean unrestricted() {
        // Asked for each statement.
        for (Role role : roles) {
            if (role.unrestricted()) {
                return true;
            }
        }
        return false;
    }

    /** The roles' names, as refusals and the record name them. */
    public String name() {
        return roles.size() == 1
                ? roles.get(0).name()
                : String.join("+", roles.stream().map(Role::name).toList());
    }

    /** The first role that may read what describes the database. */
    public Optional<Role> describer() {
        return roles.stream().filter(Role::catalog).findFirst();
    }

    /** Whether values of the label are shown as they are. */
    public boolean sees(String label) {
        return unrestricted() || roles.stream().anyMatch(role -> role.sees(label));
    }

    /** All grants that it rests on. */
    public List<Granted> grants() {
        return roles.stream().flatMap(role -> role.grant().stream()).toList();
    }

    /**
     * The grants that a statement rests on which touches these labels: of a whole role always, of some labels where it touches one that
     * is not seen without.
     */
    public List<Granted> grantsBehind(Collection<String> labels) {
        if (!restsOnGrants()) {
            return List.of();
        }
        return roles.stream()
                .filter(role -> !role.isOfLabelsOnly()
                        || labels.stream().anyMatch(label -> role.sees(label) && !seesWithoutGrant(label)))
                .flatMap(role -> role.grant().stream())
                .toList();
    }

    private boolean restsOnGrants() {
        // Asked for each statement.
        for (Role role : roles) {
            if (role.grant().isPresent()) {
                return true;
            }
        }
        return false;
    }

    private boolean seesWithoutGrant(String label) {
        return roles.stream().anyMatch(role -> role.grant().isEmpty() && role.sees(label));
    }

    /** How columns with the label may shape results although their values are not shown. */
    public Set<Use> uses(String label) {
        return roles.stream()
                .flatMap(role -> role.uses().entrySet().stream())
                .filter(uses -> Wildcard.matches(uses.getKey(), label))
                .flatMap(uses -> uses.getValue().stream())
                .collect(Collectors.toSet());
    }

    /** What the first role says by which whoever has it may ask to see all of these labels in the clear. */
    public Optional<UnmaskOnApproval> onApproval(Collection<String> labels) {
        return roles.stream()
                .flatMap(role -> role.onApproval().stream())
                .filter(asking -> asking.covers(labels))
                .findFirst();
    }

    /** The same for somebody who sees no label. */
    public Access withoutUnmask() {
        return new Access(connection, roles.stream().map(Role::withoutUnmask).toList(), shadow, asker);
    }

    /** The same where what would be refused is. */
    public Access withoutShadow() {
        return new Access(connection, roles, false, asker);
    }

    /** The same without the functions that roles name: what is in them, nobody here has read. */
    public Access withoutCalls() {
        return new Access(connection, roles.stream().map(Role::withoutCalls).toList(), shadow, asker);
    }

    /** The right to all relations that have rows of somebody's or describe them, and to nothing else. */
    public Access withEveryRelation() {
        RelationPattern every = new RelationPattern("*", "*", Set.of());
        List<Permission> may = Stream.of(Right.READ, Right.CHANGE, Right.DEFINE)
                .map(right -> new Permission(right, every, Set.of()))
                .toList();
        Role role = new Role(
                name(),
                Set.of(),
                Set.of(),
                Optional.empty(),
                may,
                List.of(),
                Optional.empty(),
                Map.of(),
                true,
                true,
                false);
        return new Access(connection, List.of(role), shadow, asker);
    }

    /** The first role that gives the right on all of it. */
    public Optional<Role> grantor(Right right, String command, String schema, String name) {
        return roles.stream()
                .filter(role -> role.may().stream()
                        .anyMatch(
                                may -> (may.covers(right, command, schema, name) || may.coversOwn(right, schema, name))
                                        && may.on().isWhole()))
                .findFirst();
    }

    /** The first role that gives the right on all that a schema holds or will hold. */
    Optional<Role> grantorOfSchema(Right right, String command, String schema) {
        return roles.stream()
                .filter(role -> role.may().stream().anyMatch(may -> may.coversSchema(right, command, schema)))
                .findFirst();
    }

    /** Whether statements of some kind may define it. */
    boolean mayDefine(String schema, String name) {
        return may(Right.DEFINE, schema, name);
    }

    /** Whether statements of some kind may change some of it. */
    boolean mayChange(String schema, String name) {
        return may(Right.CHANGE, schema, name);
    }

    private boolean may(Right right, String schema, String name) {
        return roles.stream()
                .flatMap(role -> role.may().stream())
                .anyMatch(may -> may.coversForSome(right, schema, name));
    }

    /** The first role that gives the right on the column, or on any where none is named. */
    Optional<Role> grantor(Right right, String command, Relation relation, Optional<String> column) {
        return roles.stream()
                .filter(role -> role.may().stream()
                        .anyMatch(may -> may.covers(right, command, relation.schema(), relation.name())
                                && (may.on().isWhole()
                                        || column.map(may.on().columns()::contains)
                                                .orElse(true))))
                .findFirst();
    }
}
