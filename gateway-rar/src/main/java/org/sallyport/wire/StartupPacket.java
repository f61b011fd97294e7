package org.sallyport.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** What a client may send before it is authenticated: {@code Int32 length | Int32 code | ...}, without a type. */
public sealed interface StartupPacket {
    /** As PostgreSQL's MAX_STARTUP_PACKET_LENGTH, which does not count the length itself. */
    int MAX_LENGTH = 10_004;

    String LAYOUT = "invalid startup packet layout: expected terminator as last byte";

    int SSL_REQUEST = 80877103;
    int GSSENC_REQUEST = 80877104;
    int CANCEL_REQUEST = 80877102;

    /** Asks for TLS. */
    record SslRequest() implements StartupPacket {}

    /** Asks for GSSAPI encryption. */
    record GssEncRequest() implements StartupPacket {}

    /** Asks to cancel what runs in the session with this key: {@code Int32 process | secret}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    record CancelRequest(int process, byte[] secret) implements StartupPacket {}

    /** Begins a session of protocol 3. */
    record StartupMessage(int minor, List<Parameter> parameters) implements StartupPacket {
        public StartupMessage {
            parameters = List.copyOf(parameters);
        }
    }

    /** A start-up parameter as it was sent; a name may come more than once. */
    record Parameter(String name, String value) {}

    /** Asks for another protocol than 3. */
    record OtherProtocol(int major, int minor) implements StartupPacket {
        public static OtherProtocol of(int code) {
            return new OtherProtocol(code >>> 16, code & 0xffff);
        }
    }

    /** Decodes one packet; {@code body} is what follows its length. */
    static StartupPacket decode(ByteBuf body) {
        Buffers.requireBytes(body, 4);
        int code = body.readInt();
        return switch (code) {
            case SSL_REQUEST -> empty(body, new SslRequest());
            case GSSENC_REQUEST -> empty(body, new GssEncRequest());
            case CANCEL_REQUEST -> cancel(body);
            default -> code >>> 16 == 3 ? startup(code & 0xffff, body) : OtherProtocol.of(code);
        };
    }

    private static StartupPacket empty(ByteBuf body, StartupPacket packet) {
        Buffers.require(!body.isReadable(), "invalid length of startup packet");
        return packet;
    }

    private static StartupPacket cancel(ByteBuf body) {
        // 3.0 has keys of 4 bytes, 3.2 of up to 256.
        Buffers.require(body.readableBytes() >= 8 && body.readableBytes() <= 260, "invalid length of cancel request");
        int process = body.readInt();
        byte[] secret = new byte[body.readableBytes()];
        body.readBytes(secret);
        return new CancelRequest(process, secret);
    }

    /** {@code (String name | String value)* | Byte1 0}. */
    private static StartupPacket startup(int minor, ByteBuf body) {
        List<Parameter> parameters = new ArrayList<>();
        while (true) {
            String name = string(body);
            if (name.isEmpty() && !body.isReadable()) {
                return new StartupMessage(minor, parameters);
            }
            Buffers.require(!name.isEmpty() && body.isReadable(), LAYOUT);
            parameters.add(new Parameter(name, string(body)));
        }
    }

    private static String string(ByteBuf body) {
        Buffers.require(body.bytesBefore((byte) 0) >= 0, LAYOUT);
        return Buffers.readString(body);
    }
}
