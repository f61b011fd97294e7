package org.sallyport.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A server that costs nothing and holds nothing: it lets everybody in by SCRAM and answers these Queries.
 *
 * <pre>
 * rows N SIZE   N rows of one field of SIZE bytes each
 * copy          takes CopyData to its end
 * deaf          begins copy-in, and reads nothing more until {@link #hear()}
 * anything else no rows
 * </pre>
 */
final class PressureServer implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;

    /** Largest Query that is looked at. */
    private static final int MAX_COLLECTED = 16 * 1024;

    /** Bytes of result rows that the gateway has taken, of all connections. */
    final AtomicLong sent = new AtomicLong();

    /** Bytes of the payloads of Queries and CopyData that have come, of all connections. */
    final AtomicLong received = new AtomicLong();

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("pressure-server"), NioIoHandler.newFactory());
    private final Channel accepting;
    private volatile @Nullable Channel deaf;

    /** What it reports at login as {@code standard_conforming_strings}. */
    volatile String conforming = "on";

    /** What it reports of it again together with its first ReadyForQuery; nothing where that is empty. */
    volatile String conformingThen = "";

    PressureServer() {
        accepting = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Conversation());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) accepting.localAddress()).getPort();
    }

    /** From now on the deaf connection is read again. */
    void hear() {
        Channel channel = deaf;
        if (channel != null) {
            channel.config().setAutoRead(true);
        }
    }

    @Override
    public void close() {
        accepting.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Conversation extends ByteToMessageDecoder {
        private final ScramVerifier scram = new ScramVerifier();
        private boolean begun;
        private long skipping;
        private long rowsLeft;
        private long rowSize;
        private long rowBytesLeft;

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            if (skipping > 0) {
                int step = (int) Math.min(skipping, in.readableBytes());
                in.skipBytes(step);
                received.addAndGet(step);
                skipping -= step;
                if (skipping == 0 && rowSize < 0) {
                    rowSize = 0;
                    done(context, "SELECT 0");
                }
            } else if (!begun) {
                begin(context, in);
            } else if (in.readableBytes() >= 5) {
                message(context, in);
            }
        }

        private void begin(ChannelHandlerContext context, ByteBuf in) {
            if (in.readableBytes() >= 4 && in.readableBytes() >= in.getInt(in.readerIndex())) {
                begun = true;
                in.skipBytes(in.getInt(in.readerIndex()));
                send(context, 'R', "\0\0\0\12SCRAM-SHA-256\0\0");
            }
        }

        private void message(ChannelHandlerContext context, ByteBuf in) {
            char type = (char) in.getByte(in.readerIndex());
            int payload = in.getInt(in.readerIndex() + 1) - 4;
            boolean large = type == 'Q' && payload > MAX_COLLECTED;
            if (type == 'd' || large) {
                in.skipBytes(5);
                skipping = payload;
                rowSize = large ? -1 : 0;
            } else if (in.readableBytes() >= 5 + payload) {
                in.skipBytes(5);
                String text = in.readCharSequence(payload, StandardCharsets.ISO_8859_1)
                        .toString();
                answer(context, type, text);
            }
        }

        private void answer(ChannelHandlerContext context, char type, String text) {
            switch (type) {
                case 'p' -> login(context, text);
                case 'Q' -> query(context, text.substring(0, text.length() - 1));
                case 'c' -> done(context, "COPY 1");
                case 'X' -> context.close();
                default -> throw new IllegalStateException("not expected here: " + type);
            }
        }

        private void login(ChannelHandlerContext context, String response) {
            if (!scram.isBegun()) {
                send(context, 'R', "\0\0\0\13" + scram.first(response));
                return;
            }
            send(context, 'R', "\0\0\0\14" + scram.last(response));
            send(context, 'R', "\0\0\0\0");
            send(context, 'S', "server_version\00015.0\0");
            send(context, 'S', "client_encoding\0UTF8\0");
            send(context, 'S', "standard_conforming_strings\0" + conforming + "\0");
            send(context, 'K', "\0\0\0\1\0\0\0\2");
            ByteBuf ready = message('Z', "I");
            if (!conformingThen.isEmpty()) {
                ready.writeBytes(message('S', "standard_conforming_strings\0" + conformingThen + "\0"));
            }
            context.writeAndFlush(ready);
        }

        private void query(ChannelHandlerContext context, String sql) {
            received.addAndGet(sql.length() + 1L);
            String[] words = sql.split(" ", -1);
            switch (words[0]) {
                case "rows" -> {
                    rowsLeft = Long.parseLong(words[1]);
                    rowSize = Long.parseLong(words[2]);
                    send(context, 'T', "\0\1c\0\0\0\0\0\0\0\0\0\0\31\377\377\377\377\377\377\0\0");
                    rows(context);
                }
                case "copy" -> send(context, 'G', "\0\0\1\0\0");
                case "deaf" -> {
                    context.channel().config().setAutoRead(false);
                    deaf = context.channel();
                    send(context, 'G', "\0\0\1\0\0");
                }
                default -> done(context, "SELECT 0");
            }
        }

        /** As much as the gateway takes now; {@link #channelWritabilityChanged} goes on. */
        private void rows(ChannelHandlerContext context) {
            while (rowsLeft + rowBytesLeft > 0 && context.channel().isWritable()) {
                ByteBuf chunk = Unpooled.buffer(CHUNK, CHUNK);
                while (rowsLeft + rowBytesLeft > 0 && chunk.isWritable(11)) {
                    fill(chunk);
                }
                int length = chunk.readableBytes();
                context.writeAndFlush(chunk).addListener(written -> sent.addAndGet(length));
            }
            if (rowSize > 0 && rowsLeft + rowBytesLeft == 0) {
                rowSize = 0;
                done(context, "SELECT 1");
            }
        }

        private void fill(ByteBuf chunk) {
            if (rowBytesLeft == 0) {
                rowsLeft--;
                rowBytesLeft = rowSize;
                chunk.writeByte('D')
                        .writeInt((int) (10 + rowSize))
                        .writeShort(1)
                        .writeInt((int) rowSize);
            }
            int step = (int) Math.min(rowBytesLeft, chunk.writableBytes());
            chunk.writeZero(step);
            rowBytesLeft -= step;
        }

        /** The decoder's own would read on where automatic reading is off. */
        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.fireChannelReadComplete();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            rows(context);
        }

        private void done(ChannelHandlerContext context, String tag) {
            send(context, 'C', tag + "\0");
            send(context, 'Z', "I");
        }

        private void send(ChannelHandlerContext context, char type, String payload) {
            context.writeAndFlush(message(type, payload));
        }

        private static ByteBuf message(char type, String payload) {
            byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
            return Unpooled.buffer().writeByte(type).writeInt(4 + bytes.length).writeBytes(bytes);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
