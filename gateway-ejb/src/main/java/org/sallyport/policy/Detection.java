package org.sallyport.policy;

import java.util.List;
import java.util.Set;
import org.sallyport.contract.Sought;

/**
 * What is looked for in the values of columns without a label.
 *
 * @param connections where; all where it names none
 * @param roles       in results of whoever has one of them; of everybody restricted where it names none
 * @param hides       whether it is hidden where it is found, or only counted
 */
public record Detection(List<Sought> find, Set<String> connections, Set<String> roles, boolean hides) {

    public Detection {
        find = List.copyOf(find);
        connections = Set.copyOf(connections);
        roles = Set.copyOf(roles);
    }

    boolean concerns(Access access) {
        return (connections.isEmpty() || connections.contains(access.connection()))
                && (roles.isEmpty()
                        || access.roles().stream().map(Role::nameInBundle).anyMatch(roles::contains));
    }
}
