package org.sallyport.wire;

import io.netty.buffer.ByteBuf;

/** ParameterStatus: the present value of a setting. {@code String name | String value}. */
public record ParameterStatus(String name, String value) {

    public static ParameterStatus decode(ByteBuf payload) {
        String name = Buffers.readString(payload, ClientEncoding.LENIENT);
        String value = Buffers.readString(payload, ClientEncoding.LENIENT);
        Buffers.requireEnd(payload);
        return new ParameterStatus(name, value);
    }
}
