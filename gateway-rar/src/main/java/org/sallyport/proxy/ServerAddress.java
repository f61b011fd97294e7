package org.sallyport.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;
import org.sallyport.contract.Server;
import org.sallyport.wire.Frontend;
import org.sallyport.wire.ProtocolException;

/**
 * One address of a server's host and how its TLS is checked: opens connections that are ready for the first PostgreSQL
 * message.
 *
 * @param bootstrap with the transport and the session's event loop
 * @param address   resolved
 * @param security  whose TLS mode and certificates hold
 * @param patience  how long an attempt may last, up to the end of its login
 */
record ServerAddress(
        Bootstrap bootstrap, Server.Host host, InetSocketAddress address, Server.Security security, Duration patience) {
    /** How long a server may take to hear a cancel request; the session's next statement waits for it. */
    private static final int CANCEL_SECONDS = 5;

    private static final Logger LOG = Logger.getLogger(ServerAddress.class.getName());

    /**
     * Completes on the event loop: with an open channel, or exceptionally with nothing left open. The channel still has its
     * {@link Deadline}.
     */
    CompletableFuture<Channel> open() {
        var ready = new CompletableFuture<Channel>();
        bootstrap
                .clone()
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Deadline(patience), new Opening(ServerAddress.this, ready));
                    }
                })
                .connect(address)
                .addListener((ChannelFutureListener) connected -> {
                    if (!connected.isSuccess()) {
                        ready.completeExceptionally(connected.cause());
                    }
                });
        return ready;
    }

    /**
     * Asks the server to cancel what runs in the session with this key, on a connection of its own. Completes when the server
     * has closed that, which it does once it has sent the signal; or, with a warning in the log, when it could not be asked.
     */
    CompletableFuture<Void> cancel(int process, byte[] secret) {
        var heard = new CompletableFuture<Void>();
        open().whenComplete((channel, failure) -> {
            if (failure == null) {
                channel.closeFuture().addListener(closed -> heard.complete(null));
                channel.eventLoop().schedule(() -> channel.close(), CANCEL_SECONDS, TimeUnit.SECONDS);
                channel.writeAndFlush(Frontend.cancelRequest(channel.alloc(), process, secret), channel.voidPromise());
            } else {
                LOG.log(Level.WARNING, "cancel request not delivered host={0} cause={1}", new Object[] {
                    this, Logged.of(failure)
                });
                heard.complete(null);
            }
        });
        return heard;
    }

    @Override
    public String toString() {
        return host + " (" + address.getAddress().getHostAddress() + ")";
    }

    /** {@code Int32 8 | Int32 80877103}, answered by one byte: {@code S} or {@code N}. */
    private static final class Opening extends ChannelInboundHandlerAdapter {
        private final ServerAddress server;
        private final CompletableFuture<Channel> ready;

        Opening(ServerAddress server, CompletableFuture<Channel> ready) {
            this.server = server;
            this.ready = ready;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (server.security().tls() == Server.TlsMode.DISABLE) {
                context.pipeline().remove(this);
                ready.complete(context.channel());
            } else {
                context.writeAndFlush(Frontend.sslRequest(context.alloc()), context.voidPromise());
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws SSLException {
            ByteBuf answer = (ByteBuf) message;
            try {
                if (answer.readableBytes() != 1) {
                    // Bytes behind the answer came before the encryption: somebody in between put them there.
                    throw new ProtocolException("unencrypted data after the answer to SSLRequest");
                }
                if (answer.readByte() != 'S') {
                    throw new ProtocolException("the server does not offer TLS");
                }
            } finally {
                answer.release();
            }
            encrypt(context);
        }

        private void encrypt(ChannelHandlerContext context) throws SSLException {
            Server.Host host = server.host();
            SslHandler tls = Tls.towardsServer(server.security()).newHandler(context.alloc(), host.name(), host.port());
            Channel channel = context.channel();
            context.pipeline().addFirst(tls);
            tls.handshakeFuture().addListener(done -> {
                if (done.isSuccess()) {
                    channel.pipeline().remove(this);
                    ready.complete(channel);
                } else {
                    fail(context, done.cause());
                }
            });
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            fail(context, new IOException("the server closed the connection"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            fail(context, cause);
        }

        private void fail(ChannelHandlerContext context, Throwable cause) {
            ready.completeExceptionally(cause);
            context.close();
        }
    }
}
