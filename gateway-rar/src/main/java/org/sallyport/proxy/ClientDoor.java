package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.ConnectionAttempt;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.Secret;
import org.sallyport.contract.SessionId;
import org.sallyport.wire.Backend;
import org.sallyport.wire.ProtocolException;
import org.sallyport.wire.StartupPacket;

/**
 * A client from its first byte to its token: TLS, the startup packet, the password message; {@link Admitting} goes on from
 * there.
 *
 * <pre>
 *             .--SSLRequest, GSSENCRequest--.      any failure --> closed with an error, or silently as PostgreSQL does
 *             v                             |      the deadline --> the same
 * STARTUP ----'--StartupMessage--> TOKEN --PasswordMessage--> ADMISSION --> session
 *    '--CancelRequest--> closed
 * </pre>
 */
final class ClientDoor extends ByteToMessageDecoder {
    /** Largest token, in bytes; the manual's limit for passwords is far larger than any token. */
    private static final int MAX_TOKEN_BYTES = 16 * 1024;

    /** A longer message is read to its end up to here: closing before that may reset the connection, and the error is lost. */
    private static final int MAX_READ_BYTES = 64 * 1024;

    /** The newest protocol is 3.2; the gateway speaks it by itself, whatever the server speaks. */
    private static final int NEWEST_MINOR = 2;

    private static final Refusal TOO_LATE = Refusal.of("57014", "canceling authentication due to timeout");

    private enum Phase {
        STARTUP,
        TOKEN,
        ADMISSION,
        OVER
    }

    private final Listener listener;
    private final Lobby.Place place;
    private final Encryption encryption;
    private final SessionId id = SessionId.random();
    private final PendingSession handle = new PendingSession();
    private Phase phase = Phase.STARTUP;
    private int minor;
    private StartupParameters parameters = new StartupParameters(List.of());
    private @Nullable Future<?> deadline;

    /** @param place given up once the client has a seat */
    ClientDoor(Listener listener, Lobby.Place place) {
        this.listener = listener;
        this.place = place;
        this.encryption = new Encryption(this, listener.tls());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        long millis = listener.settings().limits().authenticationTime().toMillis();
        deadline = context.executor().schedule(() -> late(context), millis, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private void late(ChannelHandlerContext context) {
        if (phase == Phase.STARTUP) {
            hangUp(context);
        } else {
            refuse(context, TOO_LATE);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        switch (phase) {
            case STARTUP -> startup(context, in);
            case TOKEN -> token(context, in);
            case ADMISSION -> requireSilence(in);
            case OVER -> in.skipBytes(in.readableBytes());
        }
    }

    /** PostgreSQL's clients wait for the end of authentication; what comes before it is kept, within a bound. */
    private static void requireSilence(ByteBuf in) {
        if (in.readableBytes() > MAX_TOKEN_BYTES) {
            throw new ProtocolException("too much data before the end of authentication");
        }
    }

    private void startup(ChannelHandlerContext context, ByteBuf in) {
        if (in.readableBytes() < 4) {
            return;
        }
        int length = in.getInt(in.readerIndex());
        if (length < 8 || length > StartupPacket.MAX_LENGTH) {
            hangUp(context); // another protocol's client most likely, which would not read PostgreSQL's errors
            return;
        }
        if (in.readableBytes() < length) {
            return;
        }
        StartupPacket packet =
                encryption.once(StartupPacket.decode(in.readSlice(length).skipBytes(4)));
        if (packet instanceof StartupPacket.SslRequest) {
            encryption.tls(context, in);
        } else if (packet instanceof StartupPacket.GssEncRequest) {
            encryption.gss(context, in);
        } else if (packet instanceof StartupPacket.CancelRequest cancel) {
            listener.cancelKeys().cancel(cancel.process(), cancel.secret());
            hangUp(context);
        } else if (packet instanceof StartupPacket.OtherProtocol other) {
            refuse(
                    context,
                    Refusal.of(
                            "0A000",
                            "unsupported frontend protocol %d.%d: server supports 3.0 to 3.%d"
                                    .formatted(other.major(), other.minor(), NEWEST_MINOR)));
        } else if (packet instanceof StartupPacket.StartupMessage startup) {
            begin(context, startup);
        }
    }

    private void begin(ChannelHandlerContext context, StartupPacket.StartupMessage startup) {
        minor = Math.min(startup.minor(), NEWEST_MINOR);
        parameters = new StartupParameters(startup.parameters());
        List<String> unknown = parameters.protocolOptions();
        if (startup.minor() > NEWEST_MINOR || !unknown.isEmpty()) {
            context.write(Backend.negotiateProtocolVersion(context.alloc(), minor, unknown), context.voidPromise());
        }
        Refusal refusal = objection(context.channel());
        if (refusal != null) {
            refuse(context, refusal);
            return;
        }
        phase = Phase.TOKEN;
        context.writeAndFlush(Backend.authenticationCleartextPassword(context.alloc()), context.voidPromise());
    }

    private @Nullable Refusal objection(Channel client) {
        if (!encryption.on() && !(listener.settings().loopbackPlain() && onLoopback(client))) {
            return Refusal.of(
                    "28000",
                    "connections without TLS are refused",
                    "The password is a token and must not cross the network in the clear.",
                    "Connect with sslmode=require, or better verify-full.");
        }
        if (parameters.user().isEmpty()) {
            return Refusal.of("28000", "no PostgreSQL user name specified in startup packet");
        }
        return parameters.objection();
    }

    private static boolean onLoopback(Channel client) {
        return client.remoteAddress() instanceof InetSocketAddress address
                && address.getAddress().isLoopbackAddress();
    }

    /** {@code 'p' | Int32 length | String password}. */
    private void token(ChannelHandlerContext context, ByteBuf in) {
        if (in.readableBytes() < 5) {
            return;
        }
        int length = in.getInt(in.readerIndex() + 1);
        if (in.getByte(in.readerIndex()) != 'p' || length < 5) {
            throw new ProtocolException("expected password response");
        }
        boolean whole = in.readableBytes() > length;
        if (length - 5 > MAX_TOKEN_BYTES && (whole || length > MAX_READ_BYTES)) {
            refuse(context, Refusal.of("28000", "the token is longer than " + MAX_TOKEN_BYTES + " bytes"));
            return;
        }
        if (!whole) {
            return;
        }
        in.skipBytes(5);
        phase = Phase.ADMISSION;
        admit(context, secret(in, length - 4));
    }

    /** Takes the password out of the buffer and wipes it there. */
    private static Secret secret(ByteBuf in, int length) {
        int at = in.readerIndex();
        boolean terminated = in.getByte(at + length - 1) == 0;
        char[] characters = new char[length - 1];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = (char) (in.getByte(at + i) & 0xff); // a token is ASCII; anything else will not verify
        }
        in.setZero(at, length);
        in.skipBytes(length);
        if (!terminated) {
            throw new ProtocolException("invalid password packet size");
        }
        return new Secret(characters);
    }

    private void admit(ChannelHandlerContext context, Secret token) {
        var attempt = new ConnectionAttempt(
                id,
                (InetSocketAddress) context.channel().remoteAddress(),
                encryption.on(),
                parameters.user(),
                parameters.database(),
                parameters.byName(),
                token,
                handle);
        new Admitting(listener, this, context).admit(attempt);
    }

    Encryption encryption() {
        return encryption;
    }

    StartupParameters parameters() {
        return parameters;
    }

    /** The minor version of the protocol that is spoken with the client. */
    int minor() {
        return minor;
    }

    /** Whether the client has left, was refused, or came too late. */
    boolean isOver(ChannelHandlerContext context) {
        return phase == Phase.OVER || !context.channel().isActive();
    }

    /** The client is known and has a seat. */
    void seated() {
        place.leave();
    }

    /** The session is there: what arrives from now on is the relay's. */
    void open(ChannelHandlerContext context, Session session) {
        phase = Phase.OVER;
        handle.join(session);
        context.pipeline().remove(this);
    }

    /** Ends without a word, as PostgreSQL does where there is nobody to tell. */
    private void hangUp(ChannelHandlerContext context) {
        phase = Phase.OVER;
        context.close();
    }

    void refuse(ChannelHandlerContext context, Refusal refusal) {
        if (phase != Phase.OVER) {
            phase = Phase.OVER;
            LastWords.say(context.channel(), Errors.fatal(context.alloc(), refusal));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Throwable reason = cause instanceof DecoderException ? cause.getCause() : cause;
        if (reason instanceof ProtocolException violation) {
            refuse(context, Refusal.of("08P01", violation.violation()));
        } else {
            hangUp(context);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (phase != Phase.ADMISSION) {
            phase = Phase.OVER;
        }
        super.channelInactive(context);
    }
}
