package org.sallyport.wire;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * FunctionCall: runs a function without any SQL.
 *
 * <pre>
 * Int32 oid | Int16 n | Int16 format * n | Int16 n | (Int32 length | bytes) * n | Int16 format
 * </pre>
 *
 * @param function its OID
 */
public record FunctionCall(int function, List<Value> arguments) {

    public static FunctionCall decode(ByteBuf payload) {
        Buffers.requireBytes(payload, 4);
        int function = payload.readInt();
        List<Value> arguments = Value.decodeAll(payload, "function call", "argument");
        Buffers.requireBytes(payload, 2);
        payload.skipBytes(2);
        Buffers.requireEnd(payload);
        return new FunctionCall(function, arguments);
    }
}
