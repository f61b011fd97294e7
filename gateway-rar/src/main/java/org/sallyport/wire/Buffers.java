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
        if (length == 0) {
            buffer.skipBytes(1);
            return "";
        }
        byte[] bytes = new byte[length];
        buffer.readBytes(bytes).skipBytes(1);
        return decode(bytes);
    }

    /** Nearly all SQL is ASCII, and then needs no decoder. */
    private static String decode(byte[] bytes) {
        if (isAscii(bytes)) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        try {
            CharBuffer text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return text.toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolException("invalid byte sequence for encoding \"UTF8\"");
        }
    }

    private static boolean isAscii(byte[] bytes) {
        int all = 0;
        for (byte one : bytes) {
            all |= one;
        }
        return all >= 0;
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
