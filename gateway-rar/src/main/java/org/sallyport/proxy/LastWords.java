package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Ends a client's connection with something said, soon also where the client does not listen: it would keep its seat for ever. */
final class LastWords {
    private static final int SECONDS = 5;

    private LastWords() {}

    /** Takes ownership of {@code words}. */
    static void say(Channel client, ByteBuf words) {
        client.writeAndFlush(words).addListener(ChannelFutureListener.CLOSE);
        Future<?> end = client.eventLoop().schedule(() -> client.close(), SECONDS, TimeUnit.SECONDS);
        client.closeFuture().addListener(closed -> end.cancel(false));
    }
}
