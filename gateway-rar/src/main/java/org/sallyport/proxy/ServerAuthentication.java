package org.sallyport.proxy;

import com.ongres.scram.common.exception.ScramException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Server.AuthenticationMethod;
import org.sallyport.contract.Server.ChannelBinding;
import org.sallyport.contract.Server.Security;
import org.sallyport.contract.Target;
import org.sallyport.wire.Frontend;
import org.sallyport.wire.ProtocolException;

/**
 * Answers a server that asks who is there, once and only by a method that the policy names.
 *
 * <p>A server that lets everybody in is refused: it may not be the one that is meant.
 */
final class ServerAuthentication {
    private final Channel channel;
    private final Target target;
    private final Security security;
    private final Consumer<Throwable> failed;
    private @Nullable ServerScram scram;
    private boolean asked;
    private boolean challenged;
    private boolean answered;
    private boolean over;

    /** @param failed told on the event loop what went wrong after {@link #request} had returned */
    ServerAuthentication(Channel channel, Target target, Consumer<Throwable> failed) {
        this.channel = channel;
        this.target = target;
        this.security = target.server().security();
        this.failed = failed;
    }

    /** Whether the server has asked for anything. */
    boolean isBegun() {
        return asked;
    }

    /** Whether the server has let the gateway in, and in the right way. */
    boolean isOver() {
        return over;
    }

    /** {@code Int32 kind | ...}: the payload of one of the server's Authentication messages. */
    void request(ByteBuf payload) throws ScramException, SSLException, GeneralSecurityException {
        switch (payload.readInt()) {
            case 0 -> accepted();
            case 3 -> password(AuthenticationMethod.PASSWORD, PasswordAnswer.clear(target.password()));
            case 5 -> md5(payload);
            case 10 -> begin(payload);
            case 11 -> answer(payload.toString(StandardCharsets.UTF_8));
            case 12 -> verify(payload.toString(StandardCharsets.UTF_8));
            default -> throw new ProtocolException("the server asks for a method that the gateway does not know");
        }
    }

    private void accepted() {
        if (!answered) {
            throw new ProtocolException("the server did not ask for the password");
        }
        over = true;
    }

    private void allow(AuthenticationMethod method) {
        if (!security.methods().contains(method)) {
            throw new ProtocolException("the server asks for %s, which `require_auth` does not name"
                    .formatted(method.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        }
        if (asked) {
            throw new ProtocolException("the server asks twice");
        }
        asked = true;
    }

    private void md5(ByteBuf payload) throws GeneralSecurityException {
        byte[] salt = new byte[4];
        payload.readBytes(salt);
        password(AuthenticationMethod.MD5, PasswordAnswer.md5(target.user(), target.password(), salt));
    }

    private void password(AuthenticationMethod method, byte[] answer) {
        try {
            allow(method);
            if (security.channelBinding() == ChannelBinding.REQUIRE) {
                throw new ProtocolException("the policy requires channel binding, which only SCRAM-SHA-256-PLUS has");
            }
            ByteBuf message = Frontend.password(channel.alloc(), answer);
            answered = true;
            channel.writeAndFlush(message.retain()).addListener(sent -> {
                message.setZero(0, message.capacity());
                message.release();
            });
        } finally {
            Arrays.fill(answer, (byte) 0);
        }
    }

    private void begin(ByteBuf mechanisms) throws SSLException {
        allow(AuthenticationMethod.SCRAM_SHA_256);
        ChannelBinding mode = security.channelBinding();
        byte[] binding = mode == ChannelBinding.DISABLE ? null : EndPointBinding.of(channel);
        List<String> offered =
                List.of(mechanisms.toString(StandardCharsets.UTF_8).split("\0"));
        scram = new ServerScram(offered, target.password(), mode, binding);
        send(Frontend.saslInitialResponse(channel.alloc(), scram.mechanism(), scram.first()));
    }

    /** Once: each answer is a second's work. */
    private void answer(String serverFirst) {
        if (challenged) {
            throw new ProtocolException("the server asks twice");
        }
        ServerScram begun = scram();
        challenged = true;
        begun.answer(serverFirst)
                .whenComplete((message, failure) -> channel.eventLoop().execute(() -> {
                    if (failure == null) {
                        send(Frontend.saslResponse(channel.alloc(), message));
                    } else {
                        failed.accept(failure);
                    }
                }));
    }

    private void verify(String serverFinal) throws ScramException {
        scram().verify(serverFinal);
        answered = true;
    }

    private ServerScram scram() {
        if (scram == null) {
            throw new ProtocolException("the server answers a SCRAM exchange that was not begun");
        }
        return scram;
    }

    private void send(ByteBuf message) {
        channel.writeAndFlush(message, channel.voidPromise());
    }
}
