package org.sallyport.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Parse: prepares a statement. {@code String name | String sql | Int16 count | Int32 typeOid * count}.
 *
 * @param statement    its name; empty for the unnamed one
 * @param parameterTypes OIDs, 0 where the server is to infer one
 */
public record Parse(String statement, String sql, List<Integer> parameterTypes) {

    public static Parse decode(ByteBuf payload, ClientEncoding encoding) {
        String statement = Buffers.readName(payload, encoding);
        String sql = Buffers.readString(payload, encoding);
        Buffers.requireBytes(payload, 2);
        int count = payload.readUnsignedShort();
        Buffers.requireBytes(payload, 4L * count);
        List<Integer> types = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            types.add(payload.readInt());
        }
        Buffers.requireEnd(payload);
        return new Parse(statement, sql, List.copyOf(types));
    }
}
