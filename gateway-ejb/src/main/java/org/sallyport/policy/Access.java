package org.sallyport.policy;

import java.util.List;
import java.util.Optional;
import org.sallyport.catalog.Relation;

/**
 * What one identity may do on one connection: the roles that match it, taken together.
 *
 * <p>Equal accesses decide equally under one bundle, so it serves as a cache key.
 *
 * @param roles in the bundle's order; never empty
 */
public record Access(String connection, List<Role> roles) {

    public Access {
        roles = List.copyOf(roles);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("an access comes from at least one role");
        }
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
        return unrestricted()
                || roles.stream().flatMap(role -> role.unmask().stream()).anyMatch(p -> Wildcard.matches(p, label));
    }

    /** The same without the functions that roles name: what is in them, nobody here has read. */
    public Access withoutCalls() {
        return new Access(connection, roles.stream().map(Role::withoutCalls).toList());
    }

    /** The first role that gives the right on all of it. */
    public Optional<Role> grantor(Right right, String command, String schema, String name) {
        return roles.stream()
                .filter(role -> role.may().stream()
                        .anyMatch(may -> may.covers(right, command, schema, name)
                                && may.on().isWhole()))
                .findFirst();
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
