package org.sallyport.identity;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where an issuer's tokens say which groups a caller is in. */
public sealed interface GroupSource {

    /** More than any directory puts into a token; keeps sessions and records bounded. */
    int MOST_GROUPS = 500;

    /** The groups, none where the claims are absent; empty where they are there and cannot be read. */
    Optional<Set<String>> of(Map<String, Object> claims);

    /** A claim that holds a list of groups, or one text with groups between spaces. */
    record Claim(String name) implements GroupSource {
        @Override
        public Optional<Set<String>> of(Map<String, Object> claims) {
            Object value = claims.get(name);
            if (value == null) {
                return Optional.of(Set.of());
            }
            if (value instanceof String text) {
                return checked(
                        text.isBlank() ? List.of() : Arrays.asList(text.strip().split(" +")));
            }
            return value instanceof List<?> list ? checked(list) : Optional.empty();
        }

        private static Optional<Set<String>> checked(List<?> values) {
            Set<String> groups = new LinkedHashSet<>();
            for (Object value : values) {
                if (!(value instanceof String group) || !NameTemplate.isPlain(group)) {
                    return Optional.empty();
                }
                groups.add(group);
            }
            return Optional.of(groups).filter(all -> all.size() <= MOST_GROUPS);
        }
    }

    /** Templates, each filled into one group; one whose claims are absent gives none. */
    record Templates(List<NameTemplate> templates) implements GroupSource {
        public Templates {
            templates = List.copyOf(templates);
        }

        @Override
        public Optional<Set<String>> of(Map<String, Object> claims) {
            Set<String> groups = new LinkedHashSet<>();
            templates.forEach(template -> template.fill(claims).ifPresent(groups::add));
            return Optional.of(groups);
        }
    }
}
