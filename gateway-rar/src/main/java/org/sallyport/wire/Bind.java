package org.sallyport.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bind: makes a portal of a prepared statement.
 *
 * <pre>
 * String portal | String statement | Int16 n | Int16 format * n | Int16 n | (Int32 length | bytes) * n | Int16 n | Int16 format * n
 * </pre>
 *
 * The result formats at the end are the server's business and are not decoded.
 *
 * @param portal    its name; empty for the unnamed one
 * @param statement the prepared statement's name; empty for the unnamed one
 */
public record Bind(String portal, String statement, List<Value> values) {

    /**
     * One parameter.
     *
     * @param bytes null for SQL NULL
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Value(boolean binary, byte @Nullable [] bytes) {}

    public static Bind decode(ByteBuf payload) {
        String portal = Buffers.readString(payload);
        String statement = Buffers.readString(payload);
        Buffers.requireBytes(payload, 2);
        short[] formats = new short[payload.readUnsignedShort()];
        Buffers.requireBytes(payload, 2L * formats.length);
        for (int i = 0; i < formats.length; i++) {
            formats[i] = payload.readShort();
        }
        Buffers.requireBytes(payload, 2);
        int count = payload.readUnsignedShort();
        Buffers.require(
                formats.length <= 1 || formats.length == count,
                "bind message has " + formats.length + " parameter formats but " + count + " parameters");
        List<Value> values = new ArrayList<>(Math.min(count, payload.readableBytes() / 4));
        for (int i = 0; i < count; i++) {
            values.add(new Value(binary(formats, i), value(payload)));
        }
        return new Bind(portal, statement, List.copyOf(values));
    }

    private static boolean binary(short[] formats, int parameter) {
        return formats.length > 0 && formats[formats.length == 1 ? 0 : parameter] != 0;
    }

    private static byte @Nullable [] value(ByteBuf payload) {
        Buffers.requireBytes(payload, 4);
        int length = payload.readInt();
        if (length == -1) {
            return null;
        }
        Buffers.requireBytes(payload, length);
        byte[] bytes = new byte[length];
        payload.readBytes(bytes);
        return bytes;
    }
}
