package org.sallyport.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Encodes the messages that the gateway itself sends to a server. Each method returns a new buffer that the caller owns. */
public final class Frontend {
    private Frontend() {}

    /** {@code Int32 8 | Int32 80877103}. */
    public static ByteBuf sslRequest(ByteBufAllocator allocator) {
        return allocator.buffer(8).writeInt(8).writeInt(StartupPacket.SSL_REQUEST);
    }

    /** {@code Int32 length | Int32 80877102 | Int32 process | secret}. */
    public static ByteBuf cancelRequest(ByteBufAllocator allocator, int process, byte[] secret) {
        int length = 12 + secret.length;
        return allocator
                .buffer(length)
                .writeInt(length)
                .writeInt(StartupPacket.CANCEL_REQUEST)
                .writeInt(process)
                .writeBytes(secret);
    }

    /** {@code Int32 length | Int16 3 | Int16 minor | (String name | String value)* | Byte1 0}. */
    public static ByteBuf startup(ByteBufAllocator allocator, StartupPacket.StartupMessage startup) {
        ByteBuf packet = allocator.buffer(256).writeInt(0).writeShort(3).writeShort(startup.minor());
        for (StartupPacket.Parameter parameter : startup.parameters()) {
            Buffers.writeString(packet, parameter.name());
            Buffers.writeString(packet, parameter.value());
        }
        packet.writeByte(0);
        return packet.setInt(0, packet.writerIndex());
    }

    /** {@code 'p' | Int32 length | String password}, in a buffer that has never been copied. */
    public static ByteBuf password(ByteBufAllocator allocator, byte[] password) {
        ByteBuf message = allocator.buffer(6 + password.length).writeByte('p').writeInt(5 + password.length);
        return message.writeBytes(password).writeByte(0);
    }

    /** {@code 'p' | Int32 length | String mechanism | Int32 length | bytes}. */
    public static ByteBuf saslInitialResponse(ByteBufAllocator allocator, String mechanism, String response) {
        ByteBuf message = begin(allocator, 'p');
        Buffers.writeString(message, mechanism);
        byte[] bytes = response.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return end(message.writeInt(bytes.length).writeBytes(bytes));
    }

    /** {@code 'p' | Int32 length | bytes}. */
    public static ByteBuf saslResponse(ByteBufAllocator allocator, String response) {
        return end(begin(allocator, 'p').writeBytes(response.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    /** {@code 'Q' | Int32 length | String sql}. */
    public static ByteBuf query(ByteBufAllocator allocator, String sql) {
        ByteBuf message = begin(allocator, 'Q');
        Buffers.writeString(message, sql);
        return end(message);
    }

    /** {@code 'P' | Int32 length | String statement | String sql | Int16 0}: all parameter types left to the server. */
    public static ByteBuf parse(ByteBufAllocator allocator, String statement, String sql) {
        ByteBuf message = begin(allocator, 'P');
        Buffers.writeString(message, statement);
        Buffers.writeString(message, sql);
        return end(message.writeShort(0));
    }

    /** {@code 'B' | Int32 length | String portal | String statement | Int16 0 | Int16 0 | Int16 0}: no parameters, all results as text. */
    public static ByteBuf bind(ByteBufAllocator allocator, String portal, String statement) {
        ByteBuf message = begin(allocator, 'B');
        Buffers.writeString(message, portal);
        Buffers.writeString(message, statement);
        return end(message.writeZero(6));
    }

    /** {@code 'E' | Int32 length | String portal | Int32 0}: all rows. */
    public static ByteBuf execute(ByteBufAllocator allocator, String portal) {
        ByteBuf message = begin(allocator, 'E');
        Buffers.writeString(message, portal);
        return end(message.writeInt(0));
    }

    /** {@code 'D' | Int32 length | 'P' | String portal}. */
    public static ByteBuf describePortal(ByteBufAllocator allocator, String portal) {
        ByteBuf message = begin(allocator, 'D').writeByte('P');
        Buffers.writeString(message, portal);
        return end(message);
    }

    /** {@code 'D' | Int32 length | 'S' | String statement}. */
    public static ByteBuf describeStatement(ByteBufAllocator allocator, String statement) {
        ByteBuf message = begin(allocator, 'D').writeByte('S');
        Buffers.writeString(message, statement);
        return end(message);
    }

    /** {@code 'C' | Int32 length | 'S' | String statement}. */
    public static ByteBuf closeStatement(ByteBufAllocator allocator, String statement) {
        return close(allocator, 'S', statement);
    }

    /** {@code 'C' | Int32 length | 'P' | String portal}. */
    public static ByteBuf closePortal(ByteBufAllocator allocator, String portal) {
        return close(allocator, 'P', portal);
    }

    private static ByteBuf close(ByteBufAllocator allocator, char kind, String name) {
        ByteBuf message = begin(allocator, 'C').writeByte(kind);
        Buffers.writeString(message, name);
        return end(message);
    }

    /** {@code 'H' | Int32 4}. */
    public static ByteBuf flush(ByteBufAllocator allocator) {
        return allocator.buffer(5).writeByte('H').writeInt(4);
    }

    /** {@code 'S' | Int32 4}. */
    public static ByteBuf sync(ByteBufAllocator allocator) {
        return allocator.buffer(5).writeByte('S').writeInt(4);
    }

    /** {@code 'X' | Int32 4}. */
    public static ByteBuf terminate(ByteBufAllocator allocator) {
        return allocator.buffer(5).writeByte('X').writeInt(4);
    }

    private static ByteBuf begin(ByteBufAllocator allocator, char type) {
        return allocator.buffer(256).writeByte(type).writeInt(0);
    }

    private static ByteBuf end(ByteBuf message) {
        return message.setInt(1, message.writerIndex() - 1);
    }
}
