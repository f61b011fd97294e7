package org.sallyport.wire;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The protocol's primitive types (manual, "Message Data Types") where Netty's buffers have no method for them. */
final class Buffers {
    private Buffers() {}

    /** String: bytes up to a NUL. The text must be UTF-8, the only client encoding the gateway speaks. */
    static String readString(ByteBuf buffer) {
        int length = buffer.bytesBefore((byte) 0);
        if (length < 0) {
            throw new ProtocolException("invalid string in message");
        }
        String text = decode(buffer.nioBuffer(buffer.readerIndex(), length));
        buffer.skipBytes(length + 1);
        return text;
    }

    private static String decode(ByteBuffer bytes) {
        try {
            CharBuffer text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes);
            return text.toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolException("invalid byte sequence for encoding \"UTF8\"");
        }
    }

    static void writeString(ByteBuf buffer, String text) {
        buffer.writeCharSequence(text, StandardCharsets.UTF_8);
        buffer.writeByte(0);
    }

    static void require(boolean holds, String violation) {
        if (!holds) {
            throw new ProtocolException(violation);
        }
    }

    static void requireBytes(ByteBuf buffer, long count) {
        require(count >= 0 && count <= buffer.readableBytes(), "insufficient data left in message");
    }

    static void requireEnd(ByteBuf buffer) {
        require(!buffer.isReadable(), "invalid message format");
    }
}
