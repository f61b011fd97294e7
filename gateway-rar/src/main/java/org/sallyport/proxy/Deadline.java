package org.sallyport.proxy;

import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Fails a channel that is not done in time, however much it was read from; whoever is done removes it. */
final class Deadline extends ChannelHandlerAdapter {
    private final Duration patience;
    private @Nullable Future<?> end;

    Deadline(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        end = context.executor()
                .schedule(
                        () -> context.fireExceptionCaught(new IOException("no login within " + patience)),
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (end != null) {
            end.cancel(false);
        }
    }
}
