package org.sallyport.proxy;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramException;
import com.ongres.scram.common.exception.ScramParseException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Secret;
import org.sallyport.contract.Server.ChannelBinding;
import org.sallyport.wire.ProtocolException;

/**
 * The SCRAM-SHA-256 exchange of one login (RFC 5802, RFC 7677), bound to the server's certificate where that can be.
 *
 * <p>Over TLS a server that does not offer the binding is told that the gateway could have bound: it then notices if somebody
 * in between took its offer away.
 */
final class ServerScram {
    private static final String MECHANISM = "SCRAM-SHA-256";
    private static final String BOUND = "SCRAM-SHA-256-PLUS";

    /** A hundred times what is usual: about a second's work, where a server could ask for hours. */
    private static final int MAX_ITERATIONS = 1_000_000;

    private final ScramClient client;

    /**
     * @param offered the mechanisms that the server offers
     * @param mode    whether to bind
     * @param binding what to bind to; null without TLS
     */
    ServerScram(List<String> offered, Secret password, ChannelBinding mode, byte @Nullable [] binding) {
        boolean bind = mode != ChannelBinding.DISABLE && binding != null;
        if (mode != ChannelBinding.DISABLE && binding == null && offered.contains(BOUND)) {
            // PostgreSQL offers it over TLS only: somebody in between speaks TLS with the server and not with the
            // gateway.
            throw new ProtocolException("the server offers " + BOUND + " without TLS");
        }
        if (mode == ChannelBinding.REQUIRE && !(bind && offered.contains(BOUND))) {
            throw new ProtocolException("the server does not offer " + BOUND + ", which the policy requires");
        }
        List<String> mechanisms = offered.stream()
                .filter(name -> name.equals(MECHANISM) || (bind && name.equals(BOUND)))
                .toList();
        if (mechanisms.isEmpty()) {
            throw new ProtocolException("the server does not offer " + MECHANISM);
        }
        client = ScramClient.builder()
                .advertisedMechanisms(mechanisms)
                .username("*") // PostgreSQL takes the user of the startup packet
                .password(password.reveal())
                .channelBinding(bind ? EndPointBinding.TYPE : null, bind ? binding : null)
                .build();
    }

    String mechanism() {
        return client.getScramMechanism().getName();
    }

    String first() {
        return client.clientFirstMessage().toString();
    }

    /** The key derivation costs milliseconds, as many as the server likes: it runs off the event loop. */
    CompletableFuture<String> answer(String serverFirst) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                if (client.serverFirstMessage(serverFirst).getIterationCount() > MAX_ITERATIONS) {
                    throw new ScramParseException("too many iterations");
                }
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
