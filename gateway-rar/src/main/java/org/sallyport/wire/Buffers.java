package org.sallyport.wire;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The protocol's primitive types (manual, "Message Data Types") where Netty's buffers have no method for them. */
final class Buffers {
    /** NAMEDATALEN - 1. */
    private static final int LONGEST_NAME = 63;

    private Buffers() {}

    /** A start-up string: bytes up to a NUL, in UTF-8. */
    static String readString(ByteBuf buffer) {
        try {
            return readString(buffer, ClientEncoding.UTF8);
        } catch (UndecodableText e) {
            throw new ProtocolException("invalid byte sequence for encoding \"UTF8\"");
        }
    }

    /** String: bytes up to a NUL. */
    static String readString(ByteBuf buffer, ClientEncoding encoding) {
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
        // Nearly all SQL is ASCII, in every encoding, and then needs no decoder.
        return isAscii(bytes)
                ? new String(bytes, StandardCharsets.ISO_8859_1)
                : encoding.decode(ByteBuffer.wrap(bytes));
    }

    /**
     * The name of a prepared statement or portal. The server looks at no more than 63 bytes of it, in its own encoding, and there one
     * character may stand for several of the client's: only of these names it is known which are the same to it.
     */
    static String readName(ByteBuf buffer, ClientEncoding encoding) {
        String name = readString(buffer, encoding);
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(character -> character >= 128)) {
            throw new UnusableName();
        }
        return name;
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
