package org.sallyport.wire;

import io.netty.buffer.ByteBuf;
import java.util.List;

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

    public static Bind decode(ByteBuf payload, ClientEncoding encoding) {
        String portal = Buffers.readName(payload, encoding);
        String statement = Buffers.readName(payload, encoding);
        return new Bind(portal, statement, Value.decodeAll(payload, "bind", "parameter"));
    }
}
