package org.sallyport.identity;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A verified caller.
 *
 * @param name    unique over all issuers, as the bundle's {@code identity} template makes it
 * @param groups  the caller's groups, as the bundle's {@code groups} makes them
 * @param claims  the token's claims, for conditions; never logged or stored
 * @param expires when the token ends
 */
public record Identity(String name, Set<String> groups, Map<String, Object> claims, Instant expires) {

    public Identity {
        groups = Set.copyOf(groups);
        claims = Map.copyOf(claims);
    }

    @Override
    public String toString() {
        return "Identity[" + name + "]";
    }
}
