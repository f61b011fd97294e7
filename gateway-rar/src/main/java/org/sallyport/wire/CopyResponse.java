package org.sallyport.wire;

import io.netty.buffer.ByteBuf;

/**
 * CopyOutResponse: COPY data follows.
 *
 * <pre>
 * Int8 format | Int16 n | (Int16 format) * n
 * </pre>
 */
public record CopyResponse(boolean binary, int columns) {

    /** @throws ProtocolException where the columns differ in their format, which PostgreSQL does not do */
    public static CopyResponse decode(ByteBuf payload) {
        Buffers.requireBytes(payload, 3);
        int format = payload.readByte();
        int count = payload.readUnsignedShort();
        Buffers.requireBytes(payload, 2L * count);
        for (int i = 0; i < count; i++) {
            Buffers.require(payload.readShort() == format, "COPY data in different formats");
        }
        Buffers.requireEnd(payload);
        Buffers.require(format == 0 || format == 1, "COPY data in an unknown format");
        return new CopyResponse(format == 1, count);
    }
}
