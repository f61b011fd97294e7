package org.sallyport.identity;

import java.net.URI;
import java.util.Optional;

/**
 * Whose tokens are believed, and what they make of a caller.
 *
 * @param issuer   the exact {@code iss}
 * @param audience must be among the token's {@code aud}
 * @param jwks     where its keys are; found by OpenID Connect discovery under {@code issuer} where absent
 * @param identity makes the caller's name
 * @param groups   makes the caller's groups
 */
public record TrustedIssuer(
        String issuer, String audience, Optional<URI> jwks, NameTemplate identity, GroupSource groups) {}
