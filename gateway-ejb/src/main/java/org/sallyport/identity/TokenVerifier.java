package org.sallyport.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Secret;
import org.sallyport.identity.Verification.Refused;
import org.sallyport.identity.Verification.Verified;

/**
 * Checks a JWT (RFC 7519, RFC 8725) and says whom it names. Thread-safe; blocks for a few seconds at most where keys have
 * to be fetched.
 */
public final class TokenVerifier {

    /** What PostgreSQL clients send as a password without truncating it; no provider issues more. */
    static final int LARGEST_TOKEN = 16 * 1024;

    /** Clocks that run apart; for {@code nbf} and {@code iat} only, an expired token is expired. */
    static final Duration SKEW = Duration.ofSeconds(30);

    /** Asymmetric signatures only: with HMAC whoever can check a token can make one. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    /** RFC 9068 and RFC 7519; other types (logout tokens, key proofs) are signed for other purposes. */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    private final List<TrustedIssuer> issuers;
    private final Map<TrustedIssuer, IssuerKeys> keys = new HashMap<>();
    private final Clock clock;

    public TokenVerifier(List<TrustedIssuer> issuers, Clock clock) {
        this(issuers, new KeyFetch(), clock);
    }

    TokenVerifier(List<TrustedIssuer> issuers, KeyFetch fetch, Clock clock) {
        this.issuers = List.copyOf(issuers);
        this.clock = clock;
        issuers.forEach(issuer -> keys.put(issuer, new IssuerKeys(issuer, fetch, clock)));
    }

    public Verification verify(Secret token) {
        char[] characters = token.reveal();
        if (characters.length == 0) {
            return new Refused(TokenFault.MISSING);
        }
        if (characters.length > LARGEST_TOKEN) {
            return new Refused(TokenFault.TOO_LARGE);
        }
        try {
            JWT jwt = JWTParser.parse(new String(characters));
            return jwt instanceof SignedJWT signed ? verify(signed) : new Refused(TokenFault.ALGORITHM);
        } catch (ParseException | RuntimeException unreadable) {
            // Not logged: the parser's messages quote what it read.
            return new Refused(TokenFault.UNREADABLE);
        }
    }

    private Verification verify(SignedJWT token) throws ParseException {
        JWTClaimsSet claims = token.getJWTClaimsSet();
        if (claims == null) {
            return new Refused(TokenFault.UNREADABLE);
        }
        Optional<TokenFault> fault = headerFault(token.getHeader());
        if (fault.isPresent()) {
            return new Refused(fault.get());
        }
        List<TrustedIssuer> candidates = issuers.stream()
                .filter(issuer -> issuer.issuer().equals(claims.getIssuer()))
                .toList();
        if (candidates.isEmpty()) {
            return new Refused(TokenFault.ISSUER);
        }
        // One issuer may be listed once for each audience.
        TrustedIssuer issuer = candidates.stream()
                .filter(candidate -> claims.getAudience().contains(candidate.audience()))
                .findFirst()
                .orElse(candidates.get(0));
        return signatureFault(token, issuer)
                .or(() -> claimsFault(claims, issuer))
                .<Verification>map(Refused::new)
                .orElseGet(() -> name(claims, issuer));
    }

    private static Optional<TokenFault> headerFault(JWSHeader header) {
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            return Optional.of(TokenFault.ALGORITHM);
        }
        boolean typeAccepted = header.getType() == null
                || TYPES.contains(header.getType().toString().toLowerCase(Locale.ROOT));
        // A nested token, an extension that must be understood, an unencoded payload: none is needed here.
        boolean plain = header.getContentType() == null
                && header.getCriticalParams() == null
                && header.isBase64URLEncodePayload();
        return typeAccepted && plain ? Optional.empty() : Optional.of(TokenFault.TYPE);
    }

    private Optional<TokenFault> signatureFault(SignedJWT token, TrustedIssuer issuer) {
        Optional<List<JWK>> matching =
                Optional.ofNullable(keys.get(issuer)).orElseThrow().matching(token.getHeader());
        if (matching.isEmpty()) {
            return Optional.of(TokenFault.UNREACHABLE);
        }
        boolean valid = matching.get().stream().anyMatch(key -> isSignedBy(key, token));
        return valid ? Optional.empty() : Optional.of(TokenFault.SIGNATURE);
    }

    private static boolean isSignedBy(JWK key, SignedJWT token) {
        try {
            return key instanceof AsymmetricJWK pair
                    && token.verify(
                            new DefaultJWSVerifierFactory().createJWSVerifier(token.getHeader(), pair.toPublicKey()));
        } catch (JOSEException unsuitable) {
            return false;
        }
    }

    private Optional<TokenFault> claimsFault(JWTClaimsSet claims, TrustedIssuer issuer) {
        Instant now = clock.instant();
        if (!claims.getAudience().contains(issuer.audience())) {
            return Optional.of(TokenFault.AUDIENCE);
        }
        if (claims.getExpirationTime() == null) {
            return Optional.of(TokenFault.NO_EXPIRY);
        }
        if (!now.isBefore(claims.getExpirationTime().toInstant())) {
            return Optional.of(TokenFault.EXPIRED);
        }
        if (isAhead(claims.getNotBeforeTime(), now) || isAhead(claims.getIssueTime(), now)) {
            return Optional.of(TokenFault.NOT_YET_VALID);
        }
        // Bound to a key (RFC 7800) that a password cannot prove: stolen, it would pass here.
        return claims.getClaim("cnf") == null ? Optional.empty() : Optional.of(TokenFault.TYPE);
    }

    private static boolean isAhead(@Nullable Date time, Instant now) {
        return time != null && time.toInstant().isAfter(now.plus(SKEW));
    }

    private static Verification name(JWTClaimsSet claims, TrustedIssuer issuer) {
        Map<String, Object> present = new HashMap<>(claims.getClaims());
        present.values().removeIf(value -> value == null);
        Optional<String> name = issuer.identity().fill(present);
        Optional<Set<String>> groups = issuer.groups().of(present);
        if (name.isEmpty() || groups.isEmpty()) {
            return new Refused(TokenFault.CLAIMS);
        }
        Instant expires = claims.getExpirationTime().toInstant();
        return new Verified(new Identity(name.get(), groups.get(), present, expires));
    }
}
