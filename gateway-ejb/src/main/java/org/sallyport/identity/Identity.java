package org.sallyport.identity;

import java.text.Normalizer;
import java.time.Instant;
import java.util.Locale;
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

    /**
     * Whether two names may be one person's: in whatever case they are written, and of whatever characters a letter is made. Two providers
     * may write one name in two ways, and nobody decides what they asked for themselves.
     */
    public static boolean isSame(String name, String other) {
        return fold(name).equals(fold(other));
    }

    private static String fold(String name) {
        String composed = Normalizer.normalize(name.strip(), Normalizer.Form.NFKC);
        // By way of the capitals, for some letters have those in common only.
        return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).strip();
    }

    @Override
    public String toString() {
        return "Identity[" + name + "]";
    }
}
