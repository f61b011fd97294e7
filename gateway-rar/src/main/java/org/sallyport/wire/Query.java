package org.sallyport.wire;

import io.netty.buffer.ByteBuf;

/** Query: a simple query. {@code String sql}. */
public record Query(String sql) {

    public static Query decode(ByteBuf payload, ClientEncoding encoding) {
        String sql = Buffers.readString(payload, encoding);
        // A NUL inside the text would hide what follows it from whoever reads C strings.
        Buffers.requireEnd(payload);
        return new Query(sql);
    }
}
