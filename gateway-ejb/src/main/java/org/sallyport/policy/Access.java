package org.sallyport.policy;

import java.util.List;
import java.util.Optional;

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

    /** The first role that gives the right on the relation. */
    public Optional<Role> grantor(Right right, String schema, String table) {
        return roles.stream()
                .filter(role -> patterns(role, right).stream().anyMatch(p -> matches(p, right, schema, table)))
                .findFirst();
    }

    /** System catalogs are never changed, and read only where a pattern spells their schema out. */
    private static boolean matches(RelationPattern pattern, Right right, String schema, String table) {
        boolean system = schema.equals("information_schema") || schema.startsWith("pg_");
        if (system && (right != Right.READ || !pattern.schema().equals(schema))) {
            return false;
        }
        return pattern.matches(schema, table);
    }

    private static List<RelationPattern> patterns(Role role, Right right) {
        return switch (right) {
            case READ -> role.read();
            case CHANGE -> role.change();
            case DEFINE -> role.define();
        };
    }
}
