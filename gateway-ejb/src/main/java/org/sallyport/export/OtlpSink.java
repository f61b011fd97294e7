package org.sallyport.export;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A collector of OpenTelemetry, over OTLP/HTTP with JSON: a batch is taken where the answer is 2xx. */
final class OtlpSink implements Sink {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI address;
    private final Supplier<SSLContext> trust;
    private @Nullable HttpClient client;

    /** @param trust asked anew after each failure: the operator may change whom the server trusts */
    OtlpSink(URI address, Supplier<SSLContext> trust) {
        this.address = address;
        this.trust = trust;
    }

    @Override
    public void send(List<Event> events) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Otlp.body(events)))
                .build();
        HttpClient open = client;
        if (open == null) {
            open = connect();
            client = open;
        }
        int status = 0;
        try {
            status = await(open.sendAsync(request, HttpResponse.BodyHandlers.discarding()))
                    .statusCode();
        } finally {
            if (status / 100 != 2) {
                client = null;
            }
        }
        if (status / 100 != 2) {
            throw new IOException("status " + status);
        }
    }

    private HttpClient connect() {
        return HttpClient.newBuilder()
                .sslContext(trust.get())
                .connectTimeout(PATIENCE)
                .followRedirects(Redirect.NEVER)
                .build();
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
        return "otlp:" + address.getScheme() + "://" + address.getHost() + ":" + address.getPort();
    }
}
