package org.sallyport.proxy;

import com.ongres.scram.common.exception.ScramException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Logger;
import javax.security.auth.login.FailedLoginException;
import org.sallyport.contract.Server.SessionAttributes;
import org.sallyport.contract.Target;
import org.sallyport.wire.ErrorFields;
import org.sallyport.wire.FrameReader;
import org.sallyport.wire.Frontend;
import org.sallyport.wire.NegotiateProtocolVersion;
import org.sallyport.wire.ParameterStatus;
import org.sallyport.wire.ProtocolException;
import org.sallyport.wire.StartupPacket.StartupMessage;

/**
 * Logs the gateway in on an open connection, and sees whether the session will do.
 *
 * <p>The result completes on the channel's event loop; the handler has then left the pipeline. An {@link IOException} says
 * that another host might do better.
 */
final class ServerLogin extends ChannelInboundHandlerAdapter implements FrameReader.Sink {
    /** Largest message of a login; PostgreSQL's are far below. */
    private static final int MAX_LOGIN_MESSAGE = 64 * 1024;

    /** All that a server may say at login: its settings are a few hundred bytes, and are kept. */
    private static final int MAX_LOGIN_BYTES = 1024 * 1024;

    /** cannot_connect_now: the server starts, stops, or is a standby that takes nobody. */
    private static final String CANNOT_CONNECT_NOW = "57P03";

    /** feature_not_supported, protocol_violation: the answers to a version that is not known. */
    private static final Set<String> UNKNOWN_PROTOCOL = Set.of("0A000", "08P01");

    private static final Logger LOG = Logger.getLogger(ServerLogin.class.getName());

    private final ServerAddress address;
    private final Target target;
    private final Channel channel;
    private final CompletableFuture<ServerConnection> result = new CompletableFuture<>();
    private final FrameReader reader = new FrameReader(this, MAX_LOGIN_MESSAGE);
    private final ServerAuthentication authentication;
    private final WriteCheck writeCheck = new WriteCheck();
    private final List<ByteBuf> statuses = new ArrayList<>();
    private int process;
    private byte[] secret = new byte[0];
    private int said;
    private boolean letIn;

    private ServerLogin(ServerAddress address, Target target, Channel channel) {
        this.address = address;
        this.target = target;
        this.channel = channel;
        this.authentication = new ServerAuthentication(channel, target, this::fail);
    }

    /** Connects and logs in. */
    static CompletableFuture<ServerConnection> login(ServerAddress address, Target target, StartupMessage startup) {
        return address.open().thenCompose(channel -> {
            var login = new ServerLogin(address, target, channel);
            channel.pipeline().addLast(login);
            login.send(Frontend.startup(channel.alloc(), startup));
            return login.result;
        });
    }

    /** What was asked for was not understood: an old pooler stands before the server. */
    static final class UnknownProtocol extends FailedLoginException {
        private static final long serialVersionUID = 1L;

        UnknownProtocol(String message) {
            super(message);
        }
    }

    private void fail(Throwable cause) {
        if (result.completeExceptionally(cause)) {
            statuses.forEach(ByteBuf::release);
            statuses.clear();
        }
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        said += bytes.readableBytes();
        if (said > MAX_LOGIN_BYTES) {
            bytes.release();
            fail(new ProtocolException("the server says more at login than any server does"));
            return;
        }
        try {
            reader.read(bytes);
        } catch (RuntimeException e) {
            fail(e);
        }
        // What came with the last message is of the login too: it may tell of a setting.
        if (letIn && !result.isDone()) {
            done();
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
            if (!result.isDone()) {
                message(type, frame, payload);
            }
        } catch (ScramException | IOException | GeneralSecurityException | IndexOutOfBoundsException e) {
            fail(e);
        } finally {
            frame.release();
        }
    }

    private void message(byte type, ByteBuf frame, ByteBuf payload)
            throws ScramException, IOException, GeneralSecurityException {
        switch (type) {
            case 'R' -> authentication.request(payload);
            case 'S' -> status(frame, ParameterStatus.decode(payload));
            case 'K' -> key(payload);
            case 'Z' -> ready();
            case 'D' -> writeCheck.row(payload);
            case 'E' -> refused(ErrorFields.decode(payload));
            case 'v' -> negotiated(NegotiateProtocolVersion.decode(payload));
            case 'N' -> LOG.fine("the server sent a notice at login");
            case 'T', 'C' -> {}
            default -> throw new ProtocolException("unexpected message at login");
        }
    }

    /** Servers before PostgreSQL 18 speak 3.0 only, which differs in nothing that the gateway uses but the key's length. */
    private static void negotiated(NegotiateProtocolVersion answer) {
        if (answer.major() != 3 || answer.minor() > 2 || !answer.unknown().isEmpty()) {
            throw new ProtocolException("the server speaks no version of the protocol that was asked for");
        }
    }

    private void status(ByteBuf frame, ParameterStatus status) {
        statuses.add(frame.retain());
        writeCheck.reported(status);
    }

    private void key(ByteBuf payload) {
        process = payload.readInt();
        secret = new byte[payload.readableBytes()];
        payload.readBytes(secret);
    }

    /** The server's own words stay there: they may name what neither the client nor the log must know. */
    private void refused(ErrorFields error) throws IOException, FailedLoginException {
        if (authentication.isOver() && RefusedSetting.isMeantBy(error)) {
            fail(new RefusedSetting(error));
            return;
        }
        String message = "the server refused the login, SQLSTATE " + error.sqlState();
        if (error.sqlState().equals(CANNOT_CONNECT_NOW)) {
            throw new IOException(message);
        }
        if (!authentication.isBegun() && UNKNOWN_PROTOCOL.contains(error.sqlState())) {
            throw new UnknownProtocol(message);
        }
        throw new FailedLoginException(message);
    }

    private void ready() throws IOException {
        if (!authentication.isOver()) {
            throw new ProtocolException("the server is ready before it has let the gateway in");
        }
        if (target.server().attributes() == SessionAttributes.ANY) {
            letIn = true;
        } else if (!writeCheck.isDecided()) {
            send(Frontend.query(channel.alloc(), WriteCheck.QUESTION));
        } else if (writeCheck.readOnly()) {
            send(Frontend.terminate(channel.alloc()));
            throw new IOException("the session is read-only");
        } else {
            letIn = true;
        }
    }

    private void done() {
        channel.config().setAutoRead(false);
        channel.pipeline().remove(this);
        channel.pipeline().remove(Deadline.class);
        var connection = new ServerConnection(channel, List.copyOf(statuses), () -> address.cancel(process, secret));
        if (!result.complete(connection)) {
            connection.discard();
        }
    }

    private void send(ByteBuf message) {
        channel.writeAndFlush(message, channel.voidPromise());
    }
}
