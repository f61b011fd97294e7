package org.sallyport.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.sallyport.contract.Secret;

/** A small identity provider on loopback: keys, discovery, and real signatures. */
final class IdentityProvider implements AutoCloseable {
    static final RSAKey KEY = rsa("first", 2048);

    private final HttpServer server;
    private final List<JWK> published = new ArrayList<>(List.of(KEY.toPublicJWK()));
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile boolean down;
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile String discoveredIssuer = "";
    private volatile String keysOverride = "";

    IdentityProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            hang();
            answer(exchange, keysOverride.isEmpty() ? new JWKSet(published).toString() : keysOverride);
        });
        server.createContext("/elsewhere", exchange -> {
            exchange.getResponseHeaders().add("Location", "/keys");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> answer(
                        exchange,
                        "{\"issuer\":\"" + (discoveredIssuer.isEmpty() ? url() : discoveredIssuer)
                                + "\",\"jwks_uri\":\"" + url() + "/keys\"}"));
        server.start();
    }

    static RSAKey rsa(String id, int size) {
        try {
            return new RSAKeyGenerator(size, true).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    URI keys() {
        return URI.create(url() + "/keys");
    }

    void publish(JWK... keys) {
        published.clear();
        for (JWK key : keys) {
            published.add(key.toPublicJWK());
        }
    }

    void goDown() {
        down = true;
    }

    /** From now on it lets whoever asks for keys wait, until the latch is counted down. */
    CountDownLatch hold() {
        held = new CountDownLatch(1);
        return held;
    }

    private void hang() {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void comeUp() {
        down = false;
    }

    void claimToBe(String issuer) {
        discoveredIssuer = issuer;
    }

    void answerKeysWith(String body) {
        keysOverride = body;
    }

    int fetches() {
        return fetches.get();
    }

    static Secret sign(JWTClaimsSet claims) {
        return sign(
                claims,
                KEY,
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(KEY.getKeyID()).build());
    }

    static Secret sign(JWTClaimsSet claims, RSAKey key) {
        return sign(
                claims,
                key,
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .type(JOSEObjectType.JWT)
                        .build());
    }

    static Secret sign(JWTClaimsSet claims, RSAKey key, JWSHeader header) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(key.toPrivateKey(), true));
            return secret(token.serialize());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static Secret secret(String text) {
        return new Secret(text.toCharArray());
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(down ? 503 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
