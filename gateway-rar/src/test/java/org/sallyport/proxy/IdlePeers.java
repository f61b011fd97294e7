package org.sallyport.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The clients and the server of idle sessions, in a process of their own, so that the memory of the other one is the
 * gateway's alone.
 *
 * <p>It prints the server's port, reads the listener's port from its input, logs its clients in, each with one statement,
 * prints {@code ready}, and ends with its input.
 */
final class IdlePeers {
    /** Logins at once: each costs both sides a key derivation. */
    private static final int AT_ONCE = 32;

    private IdlePeers() {}

    /** Arguments: how many clients, and whether over TLS. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int count = Integer.parseInt(arguments[0]);
        SslContext tls = Boolean.parseBoolean(arguments[1]) ? trustingEverybody() : null;
        try (PressureServer server = new PressureServer()) {
            System.out.println(server.port());
            var input = new Scanner(System.in, StandardCharsets.US_ASCII);
            int port = input.nextInt();
            EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
            var ready = new CountDownLatch(count);
            var free = new Semaphore(AT_ONCE);
            for (int i = 0; i < count; i++) {
                free.acquire();
                new Bootstrap()
                        .group(loop)
                        .channel(NioSocketChannel.class)
                        .handler(new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                channel.pipeline().addLast(new IdleClient(tls, () -> {
                                    free.release();
                                    ready.countDown();
                                }));
                            }
                        })
                        .connect("127.0.0.1", port);
            }
            ready.await();
            System.out.println("ready");
            System.in.readAllBytes();
            loop.shutdownGracefully();
        }
    }

    private static SslContext trustingEverybody() throws SSLException {
        return SslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm("")
                .build();
    }

    /** Logs in, runs one statement and stays. */
    private static final class IdleClient extends SimpleChannelInboundHandler<ByteBuf> {
        private final @Nullable SslContext tls;
        private final Runnable whenIdle;
        private int step;

        IdleClient(@Nullable SslContext tls, Runnable whenIdle) {
            this.tls = tls;
            this.whenIdle = whenIdle;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (tls == null) {
                startup(context);
            } else {
                context.writeAndFlush(Unpooled.buffer().writeInt(8).writeInt(80877103));
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf in) {
            if (tls != null && step == 0 && in.readableBytes() == 1) {
                context.pipeline().addFirst(tls.newHandler(context.alloc()));
                startup(context);
                return;
            }
            boolean ready = in.getByte(in.writerIndex() - 6) == 'Z';
            if (step == 0) {
                step = 1;
                send(context, 'p', ScriptedApplication.TOKEN);
            } else if (ready && step == 1) {
                step = 2;
                send(context, 'Q', "SELECT abalance FROM pgbench_accounts WHERE aid = 1");
            } else if (ready && step == 2) {
                step = 3;
                whenIdle.run();
            }
        }

        private static void startup(ChannelHandlerContext context) {
            byte[] parameters =
                    "user\0agent\0database\0shop\0application_name\0idle\0\0".getBytes(StandardCharsets.US_ASCII);
            context.writeAndFlush(Unpooled.buffer()
                    .writeInt(8 + parameters.length)
                    .writeInt(3 << 16)
                    .writeBytes(parameters));
        }

        private static void send(ChannelHandlerContext context, char type, String text) {
            context.writeAndFlush(Unpooled.buffer()
                    .writeByte(type)
                    .writeInt(5 + text.length())
                    .writeBytes(text.getBytes(StandardCharsets.US_ASCII))
                    .writeByte(0));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            cause.printStackTrace();
            System.exit(1);
        }
    }
}
