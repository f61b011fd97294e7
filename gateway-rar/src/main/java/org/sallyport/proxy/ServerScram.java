package org.sallyport.proxy;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.sallyport.contract.Secret;

/** The SCRAM-SHA-256 exchange of one login (RFC 5802, RFC 7677). */
final class ServerScram {
    static final String MECHANISM = "SCRAM-SHA-256";

    private final ScramClient client;

    ServerScram(Secret password) {
        client = ScramClient.builder()
                .advertisedMechanisms(List.of(MECHANISM))
                .username("*") // PostgreSQL takes the user of the startup packet
                .password(password.reveal().clone())
                .build();
    }

    String first() {
        return client.clientFirstMessage().toString();
    }

    /** The key derivation costs milliseconds, as many as the server likes: it runs off the event loop. */
    CompletableFuture<String> answer(String serverFirst) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                client.serverFirstMessage(serverFirst);
                return client.clientFinalMessage().toString();
            } catch (ScramException e) {
                throw new CompletionException(e);
            }
        });
    }

    /** @throws ScramException where the server does not prove that it knows the password */
    void verify(String serverFinal) throws ScramException {
        client.serverFinalMessage(serverFinal);
    }
}
