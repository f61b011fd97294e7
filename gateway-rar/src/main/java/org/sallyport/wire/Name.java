package org.sallyport.wire;

import io.netty.buffer.ByteBuf;

/**
 * What Describe and Close carry: {@code Byte1 kind | String name}.
 *
 * @param portal whether a portal is meant ({@code P}) rather than a prepared statement ({@code S})
 */
public record Name(boolean portal, String name) {

    public static Name decode(ByteBuf payload, ClientEncoding encoding) {
        Buffers.requireBytes(payload, 1);
        byte kind = payload.readByte();
        Buffers.require(kind == 'S' || kind == 'P', "invalid DESCRIBE or CLOSE message subtype");
        String name = Buffers.readName(payload, encoding);
        Buffers.requireEnd(payload);
        return new Name(kind == 'P', name);
    }
}
