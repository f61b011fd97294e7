package org.sallyport.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of Bind or one argument of FunctionCall.
 *
 * @param bytes null for SQL NULL
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Value(boolean binary, byte @Nullable [] bytes) {

    /**
     * {@code Int16 n | Int16 format * n | Int16 n | (Int32 length | bytes) * n}.
     *
     * @param message  the message's name, as PostgreSQL's errors have it
     * @param values   what they are called there
     */
    static List<Value> decodeAll(ByteBuf payload, String message, String values) {
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
                message + " message has " + formats.length + " " + values + " formats but " + count + " " + values
                        + "s");
        List<Value> all = new ArrayList<>(Math.min(count, payload.readableBytes() / 4));
        for (int i = 0; i < count; i++) {
            all.add(new Value(isBinary(formats, i), value(payload)));
        }
        return List.copyOf(all);
    }

    private static boolean isBinary(short[] formats, int index) {
        return formats.length > 0 && formats[formats.length == 1 ? 0 : index] != 0;
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
