package org.sallyport.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import jdk.net.ExtendedSocketOptions;

/** The sockets of this machine: epoll where it loads, NIO elsewhere. */
record Transport(
        IoHandlerFactory handlers,
        Class<? extends ServerChannel> listening,
        Class<? extends SocketChannel> connecting,
        KeepAlive keepAlive) {

    /**
     * A server that vanished is noticed after a minute: {@code IDLE + COUNT * INTERVAL}. Left to the system it takes two hours,
     * for which its session, and the client waiting in it, would stay. What waits for an acknowledgement is the system's to give
     * up: {@code TCP_USER_TIMEOUT} would also end a COPY that the server leaves unread while it waits for a lock.
     */
    private static final int IDLE_SECONDS = 30;

    private static final int INTERVAL_SECONDS = 10;
    private static final int COUNT = 3;

    /** libpq's keepalives_idle, keepalives_interval and keepalives_count, as this transport names them. */
    record KeepAlive(ChannelOption<Integer> idle, ChannelOption<Integer> interval, ChannelOption<Integer> count) {}

    static Transport best() {
        return Epoll.isAvailable() ? epoll() : nio();
    }

    private static Transport epoll() {
        return new Transport(
                EpollIoHandler.newFactory(),
                EpollServerSocketChannel.class,
                EpollSocketChannel.class,
                new KeepAlive(
                        EpollChannelOption.TCP_KEEPIDLE,
                        EpollChannelOption.TCP_KEEPINTVL,
                        EpollChannelOption.TCP_KEEPCNT));
    }

    static Transport nio() {
        return new Transport(
                NioIoHandler.newFactory(),
                NioServerSocketChannel.class,
                NioSocketChannel.class,
                new KeepAlive(
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE),
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL),
                        NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT)));
    }

    /** Connects to servers on this event loop. */
    Bootstrap towardsServer(EventLoop loop) {
        return new Bootstrap()
                .group(loop)
                .channel(connecting)
                // A failed write must not take with it what the server has said last.
                .option(ChannelOption.AUTO_CLOSE, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(keepAlive.idle(), IDLE_SECONDS)
                .option(keepAlive.interval(), INTERVAL_SECONDS)
                .option(keepAlive.count(), COUNT);
    }
}
