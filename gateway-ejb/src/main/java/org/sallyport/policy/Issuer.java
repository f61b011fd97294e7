package org.sallyport.policy;

import java.net.URI;
import java.util.Optional;

/**
 * A trusted issuer of tokens.
 *
 * @param issuer   the exact {@code iss}
 * @param audience must be among the token's {@code aud}
 * @param jwks     where its keys are; found by discovery under {@code issuer} where absent
 * @param identity template of the identity's name, such as {@code ci/{repository}}
 * @param groups   where the groups come from
 */
public record Issuer(String issuer, String audience, Optional<URI> jwks, String identity, GroupMapping groups) {}
