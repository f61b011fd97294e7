package org.sallyport.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sallyport.contract.Secret;
import org.sallyport.contract.Server;
import org.sallyport.contract.Server.AuthenticationMethod;
import org.sallyport.contract.Server.ChannelBinding;
import org.sallyport.contract.Server.Security;
import org.sallyport.contract.Server.SessionAttributes;
import org.sallyport.contract.Server.TlsMode;
import org.sallyport.contract.Target;
import org.sallyport.wire.ProtocolException;

class ServerAuthenticationTest {
    private final Sent sent = new Sent();
    private final EmbeddedChannel channel = new EmbeddedChannel(sent);
    private final ServerAuthentication authentication = new ServerAuthentication(
            channel,
            new Target(
                    new Server(
                            List.of(),
                            SessionAttributes.ANY,
                            "postgres",
                            new Security(
                                    TlsMode.VERIFY_FULL,
                                    Optional.empty(),
                                    ChannelBinding.PREFER,
                                    EnumSet.allOf(AuthenticationMethod.class))),
                    "gateway",
                    new Secret("sesame".toCharArray())),
            failure -> {
                throw new AssertionError(failure);
            });

    /** Keeps what is written as the network would, and looks at it before and after it has left. */
    private static final class Sent extends ChannelOutboundHandlerAdapter {
        private ByteBuf message = Unpooled.EMPTY_BUFFER;
        private String text = "";

        @Override
        public void write(ChannelHandlerContext context, Object written, ChannelPromise promise) {
            message = ((ByteBuf) written).retain();
            text = message.toString(StandardCharsets.ISO_8859_1);
            context.write(written, promise);
        }
    }

    private void ask(int kind, int... more) throws Exception {
        ByteBuf payload = Unpooled.buffer().writeInt(kind);
        for (int integer : more) {
            payload.writeInt(integer);
        }
        authentication.request(payload);
    }

    @AfterEach
    void releaseWhatWasSent() {
        channel.releaseOutbound();
    }

    @Test
    void wipesThePasswordOnceItIsSent() throws Exception {
        ask(3);

        assertThat(sent.text).isEqualTo("p\0\0\0\13sesame\0");
        assertThat(sent.message.forEachByte(0, sent.message.capacity(), value -> value == 0))
                .as("the first byte that is not zero")
                .isEqualTo(-1);
        sent.message.release();
    }

    @Test
    void hashesAsTheManualSays() throws Exception {
        // "md5" + md5(md5("sesame" + "gateway") + salt), by md5sum
        ask(5, 0x01020304);

        assertThat(sent.text).isEqualTo("p\0\0\0\50md5f6b837af7996c098d88aee62127962ce\0");
        sent.message.release();
    }

    @Test
    void answersOnce() throws Exception {
        ask(5, 0x01020304);
        sent.message.release();

        assertThatThrownBy(() -> ask(3)).isInstanceOf(ProtocolException.class).hasMessageContaining("asks twice");
        ask(0);
        assertThat(authentication.isOver()).isTrue();
    }

    @Test
    void answersOneChallenge() throws Exception {
        authentication.request(Unpooled.buffer().writeInt(10).writeBytes("SCRAM-SHA-256\0\0".getBytes(US_ASCII)));
        sent.message.release();
        ByteBuf challenge = Unpooled.buffer().writeInt(11).writeBytes("r=any,s=c2FsdA==,i=1000000".getBytes(US_ASCII));
        authentication.request(challenge.duplicate());

        assertThatThrownBy(() -> authentication.request(challenge.duplicate()))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("asks twice");
    }

    @Test
    void knowsNoOtherMethods() {
        for (int kind : new int[] {1, 2, 4, 6, 7, 8, 9, 13}) {
            assertThatThrownBy(() -> ask(kind)).isInstanceOf(ProtocolException.class);
        }
        for (int kind : new int[] {11, 12}) {
            assertThatThrownBy(() -> ask(kind))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("not begun");
        }
    }
}
