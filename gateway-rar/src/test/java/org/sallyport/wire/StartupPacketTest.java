package org.sallyport.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.wire.StartupPacket.OtherProtocol;
import org.sallyport.wire.StartupPacket.Parameter;
import org.sallyport.wire.StartupPacket.StartupMessage;

class StartupPacketTest {

    private static ByteBuf packet(int code, String body) {
        return Unpooled.buffer().writeInt(code).writeBytes(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsParametersAsTheyCome() {
        assertThat(StartupPacket.decode(packet(0x30002, "user\0a\0DateStyle\0ISO\0datestyle\0DMY\0user\0b\0x\0\0\0")))
                .isEqualTo(new StartupMessage(
                        2,
                        java.util.List.of(
                                new Parameter("user", "a"),
                                new Parameter("DateStyle", "ISO"),
                                new Parameter("datestyle", "DMY"),
                                new Parameter("user", "b"),
                                new Parameter("x", ""))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "user", "user\0", "user\0a", "user\0a\0", "user\0a\0\0x", "user\0a\0\0\0", "\0user\0a\0\0"})
    void refusesAPacketThatDoesNotEndWhereItSays(String body) {
        assertThatThrownBy(() -> StartupPacket.decode(packet(0x30000, body)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("invalid startup packet layout: expected terminator as last byte");
    }

    @Test
    void knowsOtherProtocolsByTheirNumberAlone() {
        assertThat(StartupPacket.decode(packet(0x20000, "\1\2\3"))).isEqualTo(new OtherProtocol(2, 0));
        assertThat(StartupPacket.decode(packet(0x40001, ""))).isEqualTo(new OtherProtocol(4, 1));
        assertThat(StartupPacket.decode(packet(80877105, ""))).isEqualTo(new OtherProtocol(1234, 5681));
        assertThat(StartupPacket.decode(packet(0x3ffff, "\0"))).isInstanceOf(StartupMessage.class);
    }

    @Test
    void refusesRequestsForEncryptionThatCarryMore() {
        assertThatThrownBy(() -> StartupPacket.decode(packet(StartupPacket.SSL_REQUEST, "x")))
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> StartupPacket.decode(packet(StartupPacket.GSSENC_REQUEST, "x")))
                .isInstanceOf(ProtocolException.class);
    }

    /** 3.2 allows secrets of up to 256 bytes. */
    @Test
    void takesCancelKeysOfEveryLengthThatTheProtocolHas() {
        for (int length : new int[] {4, 32, 256}) {
            assertThat(StartupPacket.decode(packet(StartupPacket.CANCEL_REQUEST, "\0\0\0\7" + "k".repeat(length))))
                    .isInstanceOfSatisfying(StartupPacket.CancelRequest.class, cancel -> {
                        assertThat(cancel.process()).isEqualTo(7);
                        assertThat(cancel.secret()).hasSize(length).containsOnly('k');
                    });
        }
        for (int length : new int[] {0, 3, 257}) {
            assertThatThrownBy(() ->
                            StartupPacket.decode(packet(StartupPacket.CANCEL_REQUEST, "\0\0\0\7" + "k".repeat(length))))
                    .isInstanceOf(ProtocolException.class);
        }
    }
}
