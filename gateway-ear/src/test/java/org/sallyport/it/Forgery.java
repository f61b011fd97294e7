package org.sallyport.it;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.BiFunction;

/** Tokens that must not let anyone in, each a good one but for one fault. */
enum Forgery {
    EXPIRED(
            "token expired",
            (issuer, claims) -> issuer.sign(
                    claims.issueTime(ago(120)).expirationTime(ago(60)).build())),
    NOT_YET_VALID(
            "token not yet valid",
            (issuer, claims) -> issuer.sign(claims.notBeforeTime(ago(-200)).build())),
    WRONG_AUDIENCE(
            "token audience not accepted",
            (issuer, claims) -> issuer.sign(claims.audience("another-service").build())),
    NO_AUDIENCE(
            "token audience not accepted",
            (issuer, claims) -> issuer.sign(claims.audience((String) null).build())),
    NO_EXPIRY(
            "token without expiry not accepted",
            (issuer, claims) -> issuer.sign(claims.expirationTime(null).build())),
    WRONG_ISSUER(
            "token issuer not trusted",
            (issuer, claims) ->
                    issuer.sign(claims.issuer("https://login.example.com").build())),
    UNSIGNED("token signature algorithm not accepted", (issuer, claims) -> issuer.unsigned(claims.build())),
    PUBLIC_KEY_AS_SECRET(
            "token signature algorithm not accepted",
            (issuer, claims) -> issuer.signWithPublicKeyAsSecret(claims.build())),
    FOREIGN_KEY("token signature not valid", (issuer, claims) -> issuer.signWithForeignKey(claims.build())),
    TAMPERED(
            "token signature not valid",
            (issuer, claims) -> withClaimsOf(
                    issuer.sign(claims.build()),
                    issuer.sign(claims.claim("groups", "operators").build()))),
    GARBAGE("token cannot be read", (issuer, claims) -> "eyJub3QiOiJhIHRva2VuIn0.x.y"),
    A_PASSWORD("token cannot be read", (issuer, claims) -> "correct horse battery staple"),
    OVERSIZED(
            "token",
            (issuer, claims) ->
                    issuer.sign(claims.claim("padding", "x".repeat(17 * 1024)).build()));

    private final String reason;
    private final BiFunction<TestIssuer, JWTClaimsSet.Builder, String> maker;

    Forgery(String reason, BiFunction<TestIssuer, JWTClaimsSet.Builder, String> maker) {
        this.reason = reason;
        this.maker = maker;
    }

    /** What the refusal says. */
    String reason() {
        return reason;
    }

    String token(TestIssuer issuer, String subject) {
        return maker.apply(issuer, issuer.claims(subject, "reporting-agents"));
    }

    private static Date ago(int seconds) {
        return Date.from(Instant.now().minus(Duration.ofSeconds(seconds)));
    }

    /** The payload of one token under the signature of another. */
    private static String withClaimsOf(String signed, String other) {
        String[] parts = signed.split("\\.", -1);
        return parts[0] + "." + other.split("\\.", -1)[1] + "." + parts[2];
    }
}
