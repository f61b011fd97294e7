package org.sallyport.wire;

import io.netty.buffer.ByteBuf;

/** Execute: runs a portal. {@code String portal | Int32 maxRows}. */
public record Execute(String portal) {

    public static Execute decode(ByteBuf payload, ClientEncoding encoding) {
        String portal = Buffers.readName(payload, encoding);
        Buffers.requireBytes(payload, 4);
        payload.skipBytes(4);
        Buffers.requireEnd(payload);
        return new Execute(portal);
    }
}
