package org.sallyport.checkpoint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Somebody else's service: each checkpoint is sent there by POST, as JSON, and is kept where the answer is 2xx. */
final class WebhookAnchor implements Anchor {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI address;
    private final Supplier<SSLContext> trust;

    /** @param trust asked anew each time: the operator may change whom the server trusts */
    WebhookAnchor(URI address, Supplier<SSLContext> trust) {
        this.address = address;
        this.trust = trust;
    }

    @Override
    public void keep(Checkpoint checkpoint) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(AnchorLine.of(checkpoint)))
                .build();
        HttpClient client = HttpClient.newBuilder()
                .sslContext(trust.get())
                .connectTimeout(PATIENCE)
                .followRedirects(Redirect.NEVER)
                .build();
        int status = await(client.sendAsync(request, HttpResponse.BodyHandlers.discarding()))
                .statusCode();
        if (status / 100 != 2) {
            throw new IOException("status " + status);
        }
    }

    /** The request's own time-out ends with the headers; a body that trickles must end too. */
    private static <T> T await(CompletableFuture<T> answer) throws IOException {
        try {
            return answer.get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer: " + e, e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Not the path: it may be a secret. */
    @Override
    public String name() {
        return address.getScheme() + "://" + address.getAuthority();
    }
}
