package org.sallyport.benchmarks;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;

/**
 * The least that a gateway on Netty can do: walks the messages' types and lengths in both directions, counts them, and
 * forwards the very buffer that arrived. What the gateway costs above this is its own.
 */
public final class FramingRelay {
    private FramingRelay() {}

    /** Arguments: the port to listen on, the server's port, the number of event loops. */
    public static void main(String[] arguments) throws InterruptedException {
        int serverPort = Integer.parseInt(arguments[1]);
        EventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(Integer.parseInt(arguments[2]), EpollIoHandler.newFactory());
        new ServerBootstrap()
                .group(loops)
                .channel(EpollServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        join(client, serverPort);
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(arguments[0]))
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    private static void join(Channel client, int serverPort) {
        Bootstrap towardsServer = new Bootstrap()
                .group(client.eventLoop())
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel server) {
                        server.pipeline().addLast(new Side(client, new Walk(true)));
                    }
                });
        ChannelFuture connecting = towardsServer.connect("127.0.0.1", serverPort);
        Channel server = connecting.channel();
        connecting.addListener(connected -> {
            if (!connected.isSuccess()) {
                client.close();
                return;
            }
            client.pipeline().addLast(new Side(server, new Walk(false)));
            client.config().setAutoRead(true);
        });
    }

    /** One direction. */
    private static final class Side extends ChannelInboundHandlerAdapter {
        private final Channel other;
        private final Walk walk;

        Side(Channel other, Walk walk) {
            this.other = other;
            this.walk = walk;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            walk.over(bytes);
            other.write(bytes, other.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            other.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            other.config().setAutoRead(context.channel().isWritable());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            other.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** Finds where messages begin, however TCP split them. */
    private static final class Walk {
        private static final int HEADER = 5;

        private final long[] messages = new long[256];
        private boolean started;
        private long passing;
        private int headerBytes;
        private long header;

        /** @param started whether messages have types, as all but the client's first one have */
        Walk(boolean started) {
            this.started = started;
        }

        void over(ByteBuf bytes) {
            int at = bytes.readerIndex();
            int end = bytes.writerIndex();
            if (!started) {
                started = true;
                passing = bytes.getInt(at);
            }
            while (at < end) {
                if (passing > 0) {
                    int step = (int) Math.min(passing, end - at);
                    passing -= step;
                    at += step;
                } else if (headerBytes == 0 && end - at >= HEADER) {
                    messages[bytes.getByte(at) & 0xff]++;
                    passing = 1L + bytes.getInt(at + 1);
                } else {
                    header = header << 8 | bytes.getByte(at++) & 0xff;
                    if (++headerBytes == HEADER) {
                        messages[(int) (header >> 32) & 0xff]++;
                        passing = (int) header - 4L;
                        headerBytes = 0;
                    }
                }
            }
        }
    }
}
