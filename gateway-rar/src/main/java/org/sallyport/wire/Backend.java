package org.sallyport.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Map;

/** Encodes the messages that the gateway itself sends to a client. Each method returns a new buffer that the caller owns. */
public final class Backend {
    private Backend() {}

    /** {@code 'R' | Int32 8 | Int32 3}. */
    public static ByteBuf authenticationCleartextPassword(ByteBufAllocator allocator) {
        return authentication(allocator, 3);
    }

    /** {@code 'R' | Int32 8 | Int32 0}. */
    public static ByteBuf authenticationOk(ByteBufAllocator allocator) {
        return authentication(allocator, 0);
    }

    private static ByteBuf authentication(ByteBufAllocator allocator, int kind) {
        return allocator.buffer(9).writeByte('R').writeInt(8).writeInt(kind);
    }

    /** {@code 'K' | Int32 length | Int32 process | secret}. */
    public static ByteBuf backendKeyData(ByteBufAllocator allocator, int process, byte[] secret) {
        return allocator
                .buffer(9 + secret.length)
                .writeByte('K')
                .writeInt(8 + secret.length)
                .writeInt(process)
                .writeBytes(secret);
    }

    /** {@code 'Z' | Int32 5 | Byte1 status}, one of {@code I}, {@code T}, {@code E}. */
    public static ByteBuf readyForQuery(ByteBufAllocator allocator, char status) {
        return allocator.buffer(6).writeByte('Z').writeInt(5).writeByte(status);
    }

    /** {@code 'v' | Int32 length | Int32 newest minor version | Int32 n | String option * n}. */
    public static ByteBuf negotiateProtocolVersion(ByteBufAllocator allocator, int minor, Iterable<String> unknown) {
        ByteBuf message = begin(allocator, 'v').writeInt(0x30000 | minor);
        int countAt = message.writerIndex();
        message.writeInt(0);
        int count = 0;
        for (String option : unknown) {
            Buffers.writeString(message, option);
            count++;
        }
        message.setInt(countAt, count);
        return end(message);
    }

    /** {@code 'E' | Int32 length | (Byte1 code | String value)* | Byte1 0}. */
    public static ByteBuf errorResponse(ByteBufAllocator allocator, Map<Character, String> fields) {
        return fields(begin(allocator, 'E'), fields);
    }

    /** {@code 'N' | Int32 length | (Byte1 code | String value)* | Byte1 0}. */
    public static ByteBuf noticeResponse(ByteBufAllocator allocator, Map<Character, String> fields) {
        return fields(begin(allocator, 'N'), fields);
    }

    private static ByteBuf fields(ByteBuf message, Map<Character, String> fields) {
        fields.forEach((code, value) -> {
            message.writeByte(code);
            Buffers.writeString(message, value.replace('\0', ' '));
        });
        return end(message.writeByte(0));
    }

    private static ByteBuf begin(ByteBufAllocator allocator, char type) {
        return allocator.buffer(256).writeByte(type).writeInt(0);
    }

    private static ByteBuf end(ByteBuf message) {
        return message.setInt(1, message.writerIndex() - 1);
    }
}
