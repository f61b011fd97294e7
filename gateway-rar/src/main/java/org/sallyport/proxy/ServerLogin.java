package org.sallyport.proxy;

import com.ongres.scram.common.exception.ScramException;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.RefusalException;
import org.sallyport.contract.Target;
import org.sallyport.wire.ErrorFields;
import org.sallyport.wire.FrameReader;
import org.sallyport.wire.Frontend;
import org.sallyport.wire.ProtocolException;

/**
 * Logs the gateway in to a server, by SCRAM-SHA-256 only.
 *
 * <p>The result completes on the channel's event loop; the handler has then left the pipeline.
 */
final class ServerLogin extends ChannelInboundHandlerAdapter implements FrameReader.Sink {
    /** Largest message of a login; PostgreSQL's are far below. */
    private static final int MAX_LOGIN_MESSAGE = 64 * 1024;

    private static final Logger LOG = Logger.getLogger(ServerLogin.class.getName());

    private final ServerAddress address;
    private final Channel channel;
    private final CompletableFuture<ServerConnection> result;
    private final FrameReader reader = new FrameReader(this, MAX_LOGIN_MESSAGE);
    private final List<ByteBuf> statuses = new ArrayList<>();
    private @Nullable ServerScram scram;
    private boolean proved;
    private int process;
    private byte[] secret = new byte[0];

    private ServerLogin(ServerAddress address, Channel channel, CompletableFuture<ServerConnection> result) {
        this.address = address;
        this.channel = channel;
        this.result = result;
    }

    /**
     * Connects and logs in.
     *
     * @param bootstrap  with the transport and the client's event loop
     * @param parameters the start-up parameters to send beside user and database
     * @return completes exceptionally with a {@link RefusalException} fit for the client
     */
    static CompletableFuture<ServerConnection> login(
            Bootstrap bootstrap, Target target, Map<String, String> parameters) {
        var address = new ServerAddress(bootstrap, target);
        var result = new CompletableFuture<ServerConnection>();
        address.open().whenComplete((channel, failure) -> {
            if (failure != null) {
                result.completeExceptionally(unreachable(failure));
                return;
            }
            channel.pipeline().addLast(new ServerLogin(address, channel, result));
            Map<String, String> startup = new LinkedHashMap<>(parameters);
            startup.put("user", target.user());
            startup.put("database", target.database());
            channel.writeAndFlush(Frontend.startup(channel.alloc(), startup), channel.voidPromise());
        });
        return result;
    }

    private static RefusalException unreachable(Throwable cause) {
        return new RefusalException(
                Refusal.of(
                        "08001",
                        "the database cannot be reached",
                        "The gateway could not connect or log in to the database of this connection.",
                        "Try again later; the operator finds the cause in the gateway's log."),
                cause);
    }

    private void fail(Throwable cause) {
        if (result.completeExceptionally(cause instanceof RefusalException ? cause : unreachable(cause))) {
            statuses.forEach(ByteBuf::release);
            statuses.clear();
        }
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            reader.read((ByteBuf) message);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(new IOException("the server closed the connection at login"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        reader.close();
    }

    @Override
    public boolean wants(byte type, long payload) {
        return true;
    }

    @Override
    public void forward(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void message(byte type, ByteBuf frame) {
        ByteBuf payload = frame.slice(frame.readerIndex() + 5, frame.readableBytes() - 5);
        try {
            switch (type) {
                case 'R' -> authentication(payload);
                case 'S' -> statuses.add(frame.retain());
                case 'K' -> key(payload);
                case 'Z' -> ready();
                case 'E' -> refused(ErrorFields.decode(payload));
                case 'N' -> LOG.fine("the server sent a notice at login");
                default -> throw new ProtocolException("unexpected message at login");
            }
        } catch (ScramException | IndexOutOfBoundsException e) {
            fail(e);
        } finally {
            frame.release();
        }
    }

    private void authentication(ByteBuf payload) throws ScramException {
        switch (payload.readInt()) {
            case 0 -> requireProof();
            case 10 -> begin(payload);
            case 11 -> answer(payload.toString(StandardCharsets.UTF_8));
            case 12 -> {
                scram().verify(payload.toString(StandardCharsets.UTF_8));
                proved = true;
            }
            default -> throw new ProtocolException("the server asks for an authentication other than SCRAM-SHA-256");
        }
    }

    /** SCRAM proves the server as well: one that lets everybody in may not be the one that is meant. */
    private void requireProof() {
        if (!proved) {
            throw new ProtocolException("the server did not ask for SCRAM-SHA-256");
        }
    }

    private void begin(ByteBuf mechanisms) {
        if (!List.of(mechanisms.toString(StandardCharsets.UTF_8).split("\0", -1))
                .contains(ServerScram.MECHANISM)) {
            throw new ProtocolException("the server does not offer SCRAM-SHA-256");
        }
        scram = new ServerScram(address.target().password());
        send(Frontend.saslInitialResponse(channel.alloc(), ServerScram.MECHANISM, scram.first()));
    }

    private void answer(String serverFirst) {
        scram().answer(serverFirst)
                .whenComplete((message, failure) -> channel.eventLoop().execute(() -> {
                    if (failure == null) {
                        send(Frontend.saslResponse(channel.alloc(), message));
                    } else {
                        fail(failure);
                    }
                }));
    }

    private ServerScram scram() {
        if (scram == null) {
            throw new ProtocolException("the server answers a SCRAM exchange that was not begun");
        }
        return scram;
    }

    private void key(ByteBuf payload) {
        process = payload.readInt();
        secret = new byte[payload.readableBytes()];
        payload.readBytes(secret);
    }

    /** The server's own words stay in the log: they may name what the client must not know. */
    private void refused(ErrorFields error) {
        LOG.log(Level.WARNING, "login refused by the server sqlState={0} host={1}", new Object[] {
            error.sqlState(), address.target().host()
        });
        fail(new IOException("the server refused the login, SQLSTATE " + error.sqlState()));
    }

    private void ready() {
        requireProof();
        channel.config().setAutoRead(false);
        channel.pipeline().remove(this);
        var connection = new ServerConnection(channel, List.copyOf(statuses), () -> address.cancel(process, secret));
        if (!result.complete(connection)) {
            fail(new IOException("the client left"));
        }
    }

    private void send(ByteBuf message) {
        channel.writeAndFlush(message, channel.voidPromise());
    }
}
