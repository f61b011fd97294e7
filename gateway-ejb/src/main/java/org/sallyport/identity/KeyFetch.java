package org.sallyport.identity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gets an issuer's keys: over HTTPS, following nobody elsewhere, waiting and reading no more than it must. */
final class KeyFetch {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** A new one for each fetch: fetches are rare, and the operator may change whom the server trusts. */
    private static HttpClient client() {
        return HttpClient.newBuilder()
                .sslContext(ServerTrust.context())
                .connectTimeout(PATIENCE)
                .followRedirects(Redirect.NEVER)
                .build();
    }

    JWKSet keys(TrustedIssuer issuer) throws IOException {
        URI location = issuer.jwks().isPresent() ? issuer.jwks().get() : discover(issuer);
        try {
            return JWKSet.parse(get(location));
        } catch (ParseException e) {
            throw new IOException("no JWK set at " + location, e);
        }
    }

    /** OpenID Connect Discovery 1.0, section 4. */
    private URI discover(TrustedIssuer issuer) throws IOException {
        URI base = URI.create(issuer.issuer());
        URI document = URI.create(issuer.issuer().replaceAll("/+$", "") + "/.well-known/openid-configuration");
        try {
            Map<String, Object> metadata = JSONObjectUtils.parse(get(document));
            if (!issuer.issuer().equals(JSONObjectUtils.getString(metadata, "issuer"))) {
                throw new IOException("another issuer answers at " + document);
            }
            URI keys = JSONObjectUtils.getURI(metadata, "jwks_uri");
            if (keys == null || (isLoopback(keys) && !isLoopback(base))) {
                throw new IOException("no usable jwks_uri at " + document);
            }
            return keys;
        } catch (ParseException e) {
            throw new IOException("no provider metadata at " + document, e);
        }
    }

    private String get(URI location) throws IOException {
        if (!"https".equals(location.getScheme()) && !("http".equals(location.getScheme()) && isLoopback(location))) {
            throw new IOException("keys come over https only, not from " + location);
        }
        HttpRequest request = HttpRequest.newBuilder(location)
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .build();
        HttpResponse<byte[]> response = await(client().sendAsync(request, answer -> new BoundedBody()));
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode() + " from " + location);
        }
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** The request's own time-out ends with the headers; a body that trickles must end too. */
    private static <T> T await(CompletableFuture<T> answer) throws IOException {
        try {
            return answer.get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("no answer: " + e.getCause(), e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer in time", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** By its literal name: what a resolver says of another name may be a lie. */
    private static boolean isLoopback(URI location) {
        String host = location.getHost();
        return host != null
                && (host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}"));
    }
}
