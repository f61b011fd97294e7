package org.sallyport.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * RowDescription: the columns of a result.
 *
 * <pre>
 * Int16 n | (String name | Int32 tableOid | Int16 attribute | Int32 typeOid | Int16 size | Int32 modifier | Int16 format) * n
 * </pre>
 */
public record RowDescription(List<Field> fields) {

    /** One column; {@code tableOid} and {@code attribute} are 0 where the column is not simply one of a table. */
    public record Field(String name, int tableOid, int attribute, int typeOid, boolean binary) {}

    public static RowDescription decode(ByteBuf payload) {
        Buffers.requireBytes(payload, 2);
        int count = payload.readUnsignedShort();
        List<Field> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            fields.add(field(payload));
        }
        Buffers.requireEnd(payload);
        return new RowDescription(List.copyOf(fields));
    }

    private static Field field(ByteBuf payload) {
        String name = Buffers.readString(payload, ClientEncoding.LENIENT);
        Buffers.requireBytes(payload, 18);
        int tableOid = payload.readInt();
        int attribute = payload.readShort();
        int typeOid = payload.readInt();
        payload.skipBytes(6);
        return new Field(name, tableOid, attribute, typeOid, payload.readShort() != 0);
    }
}
