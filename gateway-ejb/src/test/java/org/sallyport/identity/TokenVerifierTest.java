package org.sallyport.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.identity.IdentityProvider.KEY;
import static org.sallyport.identity.IdentityProvider.rsa;
import static org.sallyport.identity.IdentityProvider.secret;
import static org.sallyport.identity.IdentityProvider.sign;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.contract.Secret;
import org.sallyport.identity.Verification.Refused;
import org.sallyport.identity.Verification.Verified;

class TokenVerifierTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final AdjustableClock clock = new AdjustableClock(NOW);
    private IdentityProvider provider;
    private TokenVerifier verifier;

    @BeforeEach
    void start() throws IOException {
        provider = new IdentityProvider();
        verifier = verifierOf(Optional.of(provider.keys()));
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void namesTheCallerOfAGoodToken() {
        Verification verification = verifier.verify(
                sign(claims().claim("groups", List.of("reporting", "eu")).build()));

        assertThat(verification).isInstanceOfSatisfying(Verified.class, verified -> {
            assertThat(verified.identity().name()).isEqualTo("reporting-agent");
            assertThat(verified.identity().groups()).containsExactlyInAnyOrder("reporting", "eu");
            assertThat(verified.identity().expires()).isEqualTo(NOW.plusSeconds(300));
        });
    }

    @Test
    void splitsAGroupsClaimOfOneText() {
        assertThat(identity(claims().claim("groups", "reporting eu")).groups()).isEqualTo(Set.of("reporting", "eu"));
    }

    @Test
    void acceptsAnotherAudienceBesideItsOwn() {
        assertThat(verifier.verify(
                        sign(claims().audience(List.of("other", "sallyport")).build())))
                .isInstanceOf(Verified.class);
    }

    @Test
    void acceptsEllipticCurveSignatures() throws JOSEException {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        provider.publish(key);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build(), claims().build());
        token.sign(new ECDSASigner(key));

        assertThat(verifier.verify(secret(token.serialize()))).isInstanceOf(Verified.class);
    }

    @Test
    void findsKeysByDiscovery() {
        assertThat(verifierOf(Optional.empty()).verify(sign(claims().build()))).isInstanceOf(Verified.class);
    }

    @Test
    void refusesDiscoveryThatNamesAnotherIssuer() {
        provider.claimToBe("https://login.example.com");

        assertThat(fault(verifierOf(Optional.empty()), sign(claims().build()))).isEqualTo(TokenFault.UNREACHABLE);
    }

    @Test
    void refusesKeysOverPlainHttpFromElsewhere() {
        TokenVerifier plain = verifierOf(Optional.of(URI.create("http://keys.example.com/jwks")));

        assertThat(fault(plain, sign(claims().build()))).isEqualTo(TokenFault.UNREACHABLE);
    }

    @Test
    void followsNoRedirectToKeys() {
        TokenVerifier redirected = verifierOf(Optional.of(URI.create(provider.url() + "/elsewhere")));

        assertThat(fault(redirected, sign(claims().build()))).isEqualTo(TokenFault.UNREACHABLE);
        assertThat(provider.fetches()).isZero();
    }

    @Test
    void refusesAKeySetTooLarge() {
        provider.answerKeysWith("{\"keys\":[]," + "\"x\":\"" + "y".repeat(BoundedBody.LARGEST) + "\"}");

        assertThat(fault(sign(claims().build()))).isEqualTo(TokenFault.UNREACHABLE);
    }

    @Test
    void refusesAnExpiredToken() {
        Secret token = sign(claims().build());
        clock.advance(Duration.ofSeconds(300));

        assertThat(fault(token)).isEqualTo(TokenFault.EXPIRED);
    }

    @Test
    void refusesATokenWithoutExpiry() {
        assertThat(fault(sign(claims().expirationTime(null).build()))).isEqualTo(TokenFault.NO_EXPIRY);
    }

    @Test
    void refusesATokenOfTheFuture() {
        Date soon = Date.from(NOW.plus(TokenVerifier.SKEW).plusSeconds(1));

        assertThat(fault(sign(claims().notBeforeTime(soon).build()))).isEqualTo(TokenFault.NOT_YET_VALID);
        assertThat(fault(sign(claims().issueTime(soon).build()))).isEqualTo(TokenFault.NOT_YET_VALID);
    }

    @Test
    void bearsClocksThatRunApart() {
        Date soon = Date.from(NOW.plus(TokenVerifier.SKEW));

        assertThat(verifier.verify(
                        sign(claims().notBeforeTime(soon).issueTime(soon).build())))
                .isInstanceOf(Verified.class);
    }

    @Test
    void refusesAnotherAudience() {
        assertThat(fault(sign(claims().audience("other").build()))).isEqualTo(TokenFault.AUDIENCE);
    }

    @Test
    void refusesATokenWithoutAudience() {
        assertThat(fault(sign(claims().audience((String) null).build()))).isEqualTo(TokenFault.AUDIENCE);
    }

    @Test
    void refusesAnotherIssuer() {
        assertThat(fault(sign(claims().issuer("https://evil.example.com").build())))
                .isEqualTo(TokenFault.ISSUER);
        assertThat(fault(sign(claims().issuer(provider.url() + "/").build()))).isEqualTo(TokenFault.ISSUER);
        assertThat(fault(sign(claims().issuer(null).build()))).isEqualTo(TokenFault.ISSUER);
    }

    @Test
    void refusesAnUnsignedToken() {
        assertThat(fault(secret(new PlainJWT(claims().build()).serialize()))).isEqualTo(TokenFault.ALGORITHM);
    }

    @Test
    void refusesAStrippedSignature() {
        String token = new String(sign(claims().build()).reveal());

        assertThat(fault(secret(token.substring(0, token.lastIndexOf('.') + 1))))
                .isIn(TokenFault.SIGNATURE, TokenFault.UNREADABLE);
    }

    @Test
    void refusesTheIssuersPublicKeyAsSharedSecret() throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(KEY.getKeyID()).build(), claims().build());
        token.sign(new MACSigner(KEY.toRSAPublicKey().getEncoded()));

        assertThat(fault(secret(token.serialize()))).isEqualTo(TokenFault.ALGORITHM);
    }

    @Test
    void refusesAnotherKeyUnderAKnownId() {
        assertThat(fault(sign(claims().build(), rsa(KEY.getKeyID(), 2048)))).isEqualTo(TokenFault.SIGNATURE);
    }

    @Test
    void refusesAKeyThatTheTokenBringsItself() {
        RSAKey own = rsa("own", 2048);
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(own.toPublicJWK()).build();

        assertThat(fault(sign(claims().build(), own, header))).isEqualTo(TokenFault.SIGNATURE);
    }

    @Test
    void refusesAShortKey() {
        RSAKey weak = rsa("weak", 1024);
        provider.publish(weak);

        assertThat(fault(sign(claims().build(), weak))).isEqualTo(TokenFault.SIGNATURE);
    }

    @Test
    void refusesAChangedToken() {
        String[] parts = new String(sign(claims().build()).reveal()).split("\\.");
        String[] other = new String(sign(claims().subject("admin").build()).reveal()).split("\\.");

        assertThat(fault(secret(parts[0] + "." + other[1] + "." + parts[2]))).isEqualTo(TokenFault.SIGNATURE);
    }

    @Test
    void refusesTokensSignedForOtherPurposes() {
        JWSHeader logout = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("first")
                .type(new JOSEObjectType("logout+jwt"))
                .build();
        JWSHeader nested = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("first")
                .contentType("JWT")
                .build();
        JWSHeader critical = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("first")
                .criticalParams(Set.of("x"))
                .build();

        assertThat(List.of(logout, nested, critical))
                .allSatisfy(header ->
                        assertThat(fault(sign(claims().build(), KEY, header))).isEqualTo(TokenFault.TYPE));
    }

    @Test
    void refusesATokenBoundToAKey() {
        assertThat(fault(
                        sign(claims().claim("cnf", java.util.Map.of("jkt", "x")).build())))
                .isEqualTo(TokenFault.TYPE);
    }

    @Test
    void takesUpANewKeyWhenATokenNamesIt() {
        assertThat(verifier.verify(sign(claims().build()))).isInstanceOf(Verified.class);
        RSAKey second = rsa("second", 2048);
        provider.publish(second);
        clock.advance(IssuerKeys.PAUSE);

        assertThat(verifier.verify(sign(claims().build(), second))).isInstanceOf(Verified.class);
        assertThat(fault(sign(claims().build()))).isEqualTo(TokenFault.SIGNATURE);
    }

    @Test
    void asksForKeysAgainOnceTheClockWasSetBack() {
        assertThat(verifier.verify(sign(claims().build()))).isInstanceOf(Verified.class);
        RSAKey second = rsa("second", 2048);
        provider.publish(second);
        clock.advance(Duration.ofMinutes(-10));

        assertThat(fault(sign(fresh()))).isEqualTo(TokenFault.SIGNATURE);
        assertThat(provider.fetches()).isEqualTo(2);
    }

    @Test
    void letsNobodyMakeItFetchKeysAllTheTime() {
        RSAKey unknown = rsa("unknown", 2048);
        for (int i = 0; i < 10; i++) {
            assertThat(fault(sign(claims().build(), unknown))).isEqualTo(TokenFault.SIGNATURE);
        }

        assertThat(provider.fetches()).isEqualTo(1);
    }

    @Test
    void letsFewWaitForASlowProvider() throws Exception {
        assertThat(verifier.verify(sign(claims().build()))).isInstanceOf(Verified.class);
        CountDownLatch answers = provider.hold();
        clock.set(NOW.plusSeconds(10));
        Secret invented = sign(claims().build(), rsa("invented", 2048));
        ExecutorService threads = Executors.newFixedThreadPool(60);
        try {
            List<Future<TokenFault>> all = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                all.add(threads.submit(() -> fault(verifier, invented)));
            }
            // Were they all to wait, none would be done before the fetch is given up, and nobody would hear what is
            // known then.
            while (all.stream().filter(one -> !one.isDone()).count() >= 25) {
                Thread.sleep(10);
            }
            assertThat(verifier.verify(sign(claims().build())))
                    .as("somebody known meanwhile")
                    .isInstanceOf(Verified.class);
            answers.countDown();
            List<TokenFault> faults = new ArrayList<>();
            for (Future<TokenFault> one : all) {
                faults.add(one.get());
            }
            assertThat(faults).containsOnly(TokenFault.SIGNATURE, TokenFault.UNREACHABLE);
            assertThat(faults)
                    .filteredOn(fault -> fault == TokenFault.SIGNATURE)
                    .as("waited for the answer")
                    .hasSizeLessThan(25);
            assertThat(provider.fetches()).isEqualTo(2);
        } finally {
            answers.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void ridesOutAnOutageForABoundedTime() {
        assertThat(verifier.verify(sign(claims().build()))).isInstanceOf(Verified.class);
        provider.goDown();
        clock.advance(IssuerKeys.STALE.minusSeconds(1));
        assertThat(verifier.verify(sign(fresh()))).isInstanceOf(Verified.class);
        clock.advance(Duration.ofSeconds(1));

        assertThat(fault(sign(fresh()))).isEqualTo(TokenFault.UNREACHABLE);
    }

    @Test
    void recoversOnceTheProviderAnswers() {
        provider.goDown();
        assertThat(fault(sign(claims().build()))).isEqualTo(TokenFault.UNREACHABLE);
        provider.comeUp();
        clock.advance(IssuerKeys.PAUSE);

        assertThat(verifier.verify(sign(claims().build()))).isInstanceOf(Verified.class);
    }

    @Test
    void refusesWhatIsNoToken() {
        assertThat(fault(secret(""))).isEqualTo(TokenFault.MISSING);
        assertThat(fault(secret("secret"))).isEqualTo(TokenFault.UNREADABLE);
        assertThat(fault(secret("a.b.c"))).isEqualTo(TokenFault.UNREADABLE);
        assertThat(fault(secret("..".repeat(3)))).isEqualTo(TokenFault.UNREADABLE);
        assertThat(fault(secret("x".repeat(TokenVerifier.LARGEST_TOKEN + 1)))).isEqualTo(TokenFault.TOO_LARGE);
    }

    @Test
    void acceptsLargeTokens() {
        String filling = "x".repeat(11_000);

        assertThat(identity(claims().claim("filling", filling)).name()).isEqualTo("reporting-agent");
    }

    @Test
    void refusesNamesThatHideOrMislead() {
        for (String name : List.of("a\u0000b", "a b", "ci/agent", "a:b", "a\u200bb", "\u202eagent", "")) {
            assertThat(fault(sign(claims().subject(name).build()))).as(name).isEqualTo(TokenFault.CLAIMS);
        }
        assertThat(fault(sign(claims().subject(null).build()))).isEqualTo(TokenFault.CLAIMS);
    }

    @Test
    void refusesGroupsItCannotRead() {
        assertThat(fault(sign(claims().claim("groups", List.of("a", 7)).build())))
                .isEqualTo(TokenFault.CLAIMS);
        assertThat(fault(sign(claims().claim("groups", 7).build()))).isEqualTo(TokenFault.CLAIMS);
    }

    private TokenVerifier verifierOf(Optional<URI> keys) {
        TrustedIssuer issuer = new TrustedIssuer(
                provider.url(), "sallyport", keys, NameTemplate.of("{sub}"), new GroupSource.Claim("groups"));
        return new TokenVerifier(List.of(issuer), clock);
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(provider.url())
                .subject("reporting-agent")
                .audience("sallyport")
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(300)));
    }

    private JWTClaimsSet fresh() {
        return claims().expirationTime(Date.from(clock.instant().plusSeconds(300)))
                .build();
    }

    private Identity identity(JWTClaimsSet.Builder claims) {
        return ((Verified) verifier.verify(sign(claims.build()))).identity();
    }

    private TokenFault fault(Secret token) {
        return fault(verifier, token);
    }

    private static TokenFault fault(TokenVerifier verifier, Secret token) {
        return ((Refused) verifier.verify(token)).fault();
    }
}
