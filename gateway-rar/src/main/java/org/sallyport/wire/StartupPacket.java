package org.sallyport.wire;

import io.netty.buffer.ByteBuf;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a client may send before it is authenticated: {@code Int32 length | Int32 code | ...}, without a type. */
public sealed interface StartupPacket {
    /** As PostgreSQL's MAX_STARTUP_PACKET_LENGTH. */
    int MAX_LENGTH = 10_000;

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

    /** Begins a session. */
    record StartupMessage(int major, int minor, Map<String, String> parameters) implements StartupPacket {
        public StartupMessage {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
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
            default -> startup(code, body);
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

    private static StartupPacket startup(int code, ByteBuf body) {
        Map<String, String> parameters = new LinkedHashMap<>();
        while (true) {
            String name = Buffers.readString(body);
            if (name.isEmpty()) {
                Buffers.require(!body.isReadable(), "invalid startup packet layout: expected terminator as last byte");
                return new StartupMessage(code >>> 16, code & 0xffff, parameters);
            }
            parameters.put(name, Buffers.readString(body));
        }
    }
}
