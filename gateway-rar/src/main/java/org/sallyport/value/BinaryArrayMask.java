package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.sallyport.contract.MaskedType;

/**
 * Masks the elements of arrays in binary format.
 *
 * <p>{@code Int32 dimensions | Int32 hasNulls | Int32 elementOid | (Int32 length | Int32 lowerBound) * dimensions | (Int32
 * length | bytes) * n}, the length of a NULL being -1.
 */
final class BinaryArrayMask implements ValueMask {
    private static final int NULL = -1;

    /** PostgreSQL's MAXDIM. */
    private static final int MOST_DIMENSIONS = 6;

    private final ValueMask elements;
    private final MaskedType type;

    BinaryArrayMask(ValueMask elements, MaskedType type) {
        this.elements = elements;
        this.type = type;
    }

    /** One array for all, of one element, so that not even the number of elements shows. */
    static ValueMask constant(String text, MaskedType type) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuf array = Unpooled.buffer()
                .writeInt(1)
                .writeInt(0)
                .writeInt(type.oid())
                .writeInt(1)
                .writeInt(1)
                .writeInt(bytes.length)
                .writeBytes(bytes);
        return (value, shown) -> {
            shown.writeBytes(array, array.readerIndex(), array.readableBytes());
            return true;
        };
    }

    @Override
    public boolean mask(ByteBuf value, ByteBuf shown) {
        int dimensions = value.readInt();
        int hasNulls = value.readInt();
        int oid = value.readInt();
        if (dimensions < 0 || dimensions > MOST_DIMENSIONS || oid != type.oid()) {
            return false;
        }
        shown.writeInt(dimensions);
        int hasNullsAt = shown.writerIndex();
        shown.writeInt(hasNulls).writeInt(oid).writeBytes(value, 8 * dimensions);
        boolean nulls = false;
        while (value.isReadable()) {
            nulls |= !element(value, shown);
        }
        shown.setInt(hasNullsAt, nulls ? 1 : 0);
        return true;
    }

    private boolean element(ByteBuf value, ByteBuf shown) {
        int length = value.readInt();
        int lengthAt = shown.writerIndex();
        shown.writeInt(NULL);
        if (length == NULL) {
            return false;
        }
        if (!elements.mask(value.readSlice(length), shown)) {
            shown.writerIndex(lengthAt + 4);
            return false;
        }
        shown.setInt(lengthAt, shown.writerIndex() - lengthAt - 4);
        return true;
    }
}
