package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The gateway's own connection to a server, logged in and not yet read from.
 *
 * @param statuses  the ParameterStatus messages of the login, as they came; whoever takes the connection owns them
 * @param canceller asks the server to cancel what runs here, on a connection of its own
 */
record ServerConnection(Channel channel, List<ByteBuf> statuses, Supplier<CompletableFuture<Void>> canceller) {

    /** Completes once the server has heard, or cannot be reached. */
    CompletableFuture<Void> cancel() {
        return canceller.get();
    }

    /** For a connection that nobody wants any more. */
    void discard() {
        statuses.forEach(ByteBuf::release);
        channel.close();
    }
}
