package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
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
 * STARTUP --SSLRequest--> STARTUP (encrypted) --StartupMessage--> TOKEN --PasswordMessage--> ADMISSION --> session
 *    '--CancelRequest--> closed        any failure, or the deadline --> closed with an error
 * </pre>
 */
final class ClientDoor extends ByteToMessageDecoder {
    /** Largest token, in bytes; the manual's limit for passwords is far larger than any token. */
    private static final int MAX_TOKEN_BYTES = 16 * 1024;

    /** A longer message is read to its end up to here: closing before that may reset the connection, and the error is lost. */
    private static final int MAX_READ_BYTES = 64 * 1024;

    private enum Phase {
        STARTUP,
        TOKEN,
        ADMISSION,
        OVER
    }

    private final Listener listener;
    private final SessionId id = SessionId.random();
    private final PendingSession handle = new PendingSession();
    private Phase phase = Phase.STARTUP;
    private boolean encrypted;
    private boolean askedTls;
    private boolean askedGss;
    private Map<String, String> parameters = Map.of();
    private final Lobby.Place place;

    /** @param place given up once the client is admitted */
    ClientDoor(Listener listener, Lobby.Place place) {
        this.listener = listener;
        this.place = place;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.executor()
                .schedule(
                        () -> {
                            if (phase != Phase.OVER) {
                                refuse(context, Refusal.of("57014", "canceling authentication due to timeout"));
                            }
                        },
                        listener.settings().limits().authenticationTime().toMillis(),
                        TimeUnit.MILLISECONDS);
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
            throw new ProtocolException("invalid length of startup packet");
        }
        if (in.readableBytes() < length) {
            return;
        }
        StartupPacket packet = StartupPacket.decode(in.readSlice(length).skipBytes(4));
        if (packet instanceof StartupPacket.SslRequest) {
            tls(context, in);
        } else if (packet instanceof StartupPacket.GssEncRequest) {
            gss(context, in);
        } else if (packet instanceof StartupPacket.CancelRequest cancel) {
            phase = Phase.OVER;
            listener.cancelKeys().cancel(cancel.process(), cancel.secret());
            context.close();
        } else if (packet instanceof StartupPacket.StartupMessage startup) {
            begin(context, startup);
        }
    }

    private void tls(ChannelHandlerContext context, ByteBuf in) {
        requireFirst(askedTls || encrypted, in);
        askedTls = true;
        encrypted = true;
        ByteBuf yes = context.alloc().buffer(1).writeByte('S');
        context.writeAndFlush(yes, context.voidPromise());
        context.pipeline().addFirst(listener.tls().newHandler(context.alloc()));
    }

    private void gss(ChannelHandlerContext context, ByteBuf in) {
        requireFirst(askedGss || encrypted, in);
        askedGss = true;
        context.writeAndFlush(context.alloc().buffer(1).writeByte('N'), context.voidPromise());
    }

    /** Bytes behind the request came unencrypted: somebody in between put them there (CVE-2021-23214). */
    private static void requireFirst(boolean asked, ByteBuf in) {
        if (asked || in.isReadable()) {
            throw new ProtocolException("received unencrypted data after SSL request");
        }
    }

    private void begin(ChannelHandlerContext context, StartupPacket.StartupMessage startup) {
        Refusal refusal = objection(context.channel(), startup);
        if (refusal != null) {
            refuse(context, refusal);
            return;
        }
        parameters = startup.parameters();
        List<String> options = parameters.keySet().stream()
                .filter(name -> name.startsWith("_pq_."))
                .toList();
        if (startup.minor() > 0 || !options.isEmpty()) {
            context.write(Backend.negotiateProtocolVersion(context.alloc(), 0, options), context.voidPromise());
        }
        phase = Phase.TOKEN;
        context.writeAndFlush(Backend.authenticationCleartextPassword(context.alloc()), context.voidPromise());
    }

    private @Nullable Refusal objection(Channel client, StartupPacket.StartupMessage startup) {
        if (startup.major() != 3) {
            return Refusal.of(
                    "0A000",
                    "unsupported frontend protocol %d.%d: server supports 3.0"
                            .formatted(startup.major(), startup.minor()));
        }
        if (!encrypted && !(listener.settings().loopbackPlain() && onLoopback(client))) {
            return Refusal.of(
                    "28000",
                    "connections without TLS are refused",
                    "The password is a token and must not cross the network in the clear.",
                    "Connect with sslmode=require, or better verify-full.");
        }
        if (startup.parameters().getOrDefault("user", "").isEmpty()) {
            return Refusal.of("28000", "no PostgreSQL user name specified in startup packet");
        }
        return StartupParameters.objection(startup.parameters());
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
                encrypted,
                parameters.getOrDefault("user", ""),
                parameters.getOrDefault("database", ""),
                parameters,
                token,
                handle);
        new Admitting(listener, this, context).admit(attempt);
    }

    /** Whether the client has left, was refused, or came too late. */
    boolean isOver(ChannelHandlerContext context) {
        return phase == Phase.OVER || !context.channel().isActive();
    }

    /** The session is there: what arrives from now on is the relay's. */
    void open(ChannelHandlerContext context, Session session) {
        phase = Phase.OVER;
        place.leave();
        handle.join(session);
        context.pipeline().remove(this);
    }

    void refuse(ChannelHandlerContext context, Refusal refusal) {
        if (phase != Phase.OVER) {
            phase = Phase.OVER;
            context.writeAndFlush(Errors.fatal(context.alloc(), refusal)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Throwable reason = cause instanceof DecoderException ? cause.getCause() : cause;
        if (reason instanceof ProtocolException violation) {
            refuse(context, Refusal.of("08P01", violation.violation()));
        } else {
            phase = Phase.OVER;
            context.close();
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
