package org.sallyport.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.identity.Identity;

/**
 * What conditions look at: who wants something, where, and when.
 *
 * @param granted what is granted to the identity there, at that time
 */
public record Circumstances(Identity identity, String connection, Instant now, List<Granted> granted) {

    public Circumstances {
        granted = List.copyOf(granted);
    }

    /** Without any grant. */
    public Circumstances(Identity identity, String connection, Instant now) {
        this(identity, connection, now, List.of());
    }

    /** Begins the name of a single claim. */
    static final String CLAIM = "claims.";

    /** By the names that conditions know. */
    Map<String, Object> values() {
        return Map.of(
                "identity", identity.name(),
                "groups", groups(),
                "claims", plain(identity.claims()),
                "connection", connection,
                "now", now);
    }

    /**
     * Those that stay as they are while a session lasts, and of them only what conditions look at.
     *
     * @param sights see {@link When#sights()}
     */
    Map<String, Object> lasting(Set<String> sights) {
        if (sights.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> values =
                new HashMap<>(Map.of("identity", identity.name(), "groups", groups(), "connection", connection));
        values.keySet().retainAll(sights);
        Map<String, Object> claims = plain(identity.claims());
        if (!sights.contains("claims")) {
            claims.keySet().removeIf(claim -> !sights.contains(CLAIM + claim));
        }
        values.put("claims", claims);
        return values;
    }

    /** In one order, so that equal groups are equal values. */
    private List<String> groups() {
        return identity.groups().stream().sorted().toList();
    }

    /** What CEL takes for a value; claims of other types are as if they were not there. */
    private static Map<String, Object> plain(Map<?, ?> claims) {
        Map<String, Object> plain = new LinkedHashMap<>();
        claims.forEach((name, value) -> plain(value).ifPresent(known -> plain.put(String.valueOf(name), known)));
        return plain;
    }

    private static Optional<Object> plain(Object value) {
        if (value instanceof Date date) {
            return Optional.of(Instant.ofEpochMilli(date.getTime()));
        }
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(((Number) value).longValue());
        }
        if (value instanceof Number number) {
            return Optional.of(number.doubleValue());
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            list.forEach(item -> plain(item).ifPresent(items::add));
            return Optional.of(items);
        }
        if (value instanceof Map<?, ?> map) {
            return Optional.of(plain(map));
        }
        return value instanceof String || value instanceof Boolean ? Optional.of(value) : Optional.empty();
    }
}
