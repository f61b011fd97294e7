package org.sallyport.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.sallyport.contract.Admission;
import org.sallyport.contract.GatewayListener;
import org.sallyport.contract.ListenerState;
import org.sallyport.contract.SessionId;

/** A bound port: accepts clients until it is closed, and then ends every session. Thread-safe. */
public final class Listener implements AutoCloseable {
    /** How long a closing listener waits for its sessions' last messages. */
    private static final int DRAIN_SECONDS = 5;

    private static final Logger LOG = Logger.getLogger(Listener.class.getName());

    private final ListenerSettings settings;
    private final GatewayListener application;
    private final Transport transport = Transport.best();
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), transport.handlers());
    private final SslContext tls;
    private final CancelKeys cancelKeys = new CancelKeys();
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final Seats seats;
    private final Lobby lobby;
    private final Room room;
    private final Channel accepting;

    private Listener(ListenerSettings settings, GatewayListener application, Room room) throws IOException {
        this.settings = settings;
        this.application = application;
        this.room = room;
        this.seats = new Seats(settings.limits().sessions(), settings.limits().sessionsPerIdentity());
        this.lobby =
                new Lobby(settings.limits().unauthenticated(), settings.limits().unauthenticatedPerAddress());
        this.tls = Tls.towardsClients(settings.keyStore());
        this.accepting = accept();
    }

    /**
     * Binds the port and starts accepting.
     *
     * @throws IOException where the port is taken or the key store unusable; nothing is left behind
     */
    public static Listener bind(ListenerSettings settings, GatewayListener application) throws IOException {
        return bind(settings, application, Room.ofThisProcess(settings.limits().messageBytes()));
    }

    static Listener bind(ListenerSettings settings, GatewayListener application, Room room) throws IOException {
        var listener = new Listener(settings, application, room);
        ListenerState.bound(listener.address());
        LOG.info(() -> "listening for PostgreSQL clients address=" + listener.address());
        return listener;
    }

    private Channel accept() throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(transport.listening())
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        receive((SocketChannel) client);
                    }
                })
                .bind(settings.host(), settings.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new IOException(bound.cause().getMessage(), bound.cause());
        }
        return bound.channel();
    }

    /** One too many is closed unread: it costs next to nothing, and says nothing. */
    private void receive(SocketChannel client) {
        InetSocketAddress address = client.remoteAddress(); // null where the client has left already
        Optional<Lobby.Place> place = address == null ? Optional.empty() : lobby.enter(address.getAddress());
        if (place.isEmpty()) {
            client.close();
            return;
        }
        client.closeFuture().addListener(closed -> place.get().leave());
        var door = new ClientDoor(this, place.get());
        client.pipeline().addLast(new FirstByte(door.encryption()), door);
    }

    /** The address in use, with the port that was taken. */
    public InetSocketAddress address() {
        return (InetSocketAddress) accepting.localAddress();
    }

    ListenerSettings settings() {
        return settings;
    }

    GatewayListener application() {
        return application;
    }

    SslContext tls() {
        return tls;
    }

    CancelKeys cancelKeys() {
        return cancelKeys;
    }

    Seats seats() {
        return seats;
    }

    /** Connects to servers on the client's own event loop. */
    Bootstrap towardsServer(Channel client) {
        return transport.towardsServer(client.eventLoop());
    }

    Session session(SessionId id, Admission.Admitted admitted, Channel client, ServerConnection server) {
        var session = new Session(
                id, application, admitted, client, server, settings.limits().messageBytes(), room, sessions::remove);
        sessions.add(session);
        return session;
    }

    /** Stops accepting, ends every session with an error its client sees, and waits for that briefly. */
    @Override
    public void close() {
        ListenerState.unbound(address());
        accepting.close().awaitUninterruptibly();
        List<Session> live = List.copyOf(sessions);
        live.forEach(Session::shutdown);
        // A loop that shuts down closes its channels before it sends what they still hold.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_SECONDS);
        live.forEach(session -> session.client()
                .closeFuture()
                .awaitUninterruptibly(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
        loops.shutdownGracefully(0, DRAIN_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(DRAIN_SECONDS + 1, TimeUnit.SECONDS);
    }
}
