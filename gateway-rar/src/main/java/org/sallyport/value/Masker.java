package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Mask;
import org.sallyport.contract.ResultShape;
import org.sallyport.wire.ProtocolException;

/**
 * Applies one result's masks to its rows.
 *
 * <p>{@code DataRow: 'D' | Int32 length | Int16 n | (Int32 length | bytes) * n}.
 */
public final class Masker {
    private static final int NULL = -1;
    private static final byte[] REDACTED = Mask.Redacted.TEXT.getBytes(StandardCharsets.US_ASCII);

    private final Mask[] masks;

    /** One for each column; null where the value is shown as it is. */
    private final @Nullable ValueMask[] values;

    private final boolean clear;

    /** @param columns as they are described, one for each mask */
    public Masker(List<Mask> masks, List<ResultShape.Column> columns) {
        if (masks.size() != columns.size()) {
            throw new IllegalArgumentException("one mask for each column");
        }
        this.masks = masks.toArray(Mask[]::new);
        this.clear = masks.stream().allMatch(Mask.Clear.class::isInstance);
        this.values = new ValueMask[this.masks.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = this.masks[i] instanceof Mask.Clear ? null : ValueMasks.of(this.masks[i], columns.get(i));
        }
    }

    /**
     * The row as the client may see it, in a buffer that the caller owns; {@code frame} is only read.
     *
     * @throws ProtocolException where the row does not have the columns of its description
     */
    public ByteBuf mask(ByteBufAllocator allocator, ByteBuf frame) {
        if (clear) {
            return frame.retain();
        }
        ByteBuf masked = allocator.buffer(frame.readableBytes() + 16);
        try {
            write(frame.skipBytes(5), masked.writeByte('D').writeInt(0));
            return masked.setInt(1, masked.writerIndex() - 1);
        } catch (RuntimeException e) {
            masked.release();
            throw e instanceof IndexOutOfBoundsException ? new ProtocolException("invalid DataRow from the server") : e;
        }
    }

    private void write(ByteBuf row, ByteBuf masked) {
        int columns = row.readUnsignedShort();
        if (columns != masks.length) {
            throw new ProtocolException("DataRow with " + columns + " columns, described were " + masks.length);
        }
        masked.writeShort(columns);
        for (int i = 0; i < columns; i++) {
            int length = row.readInt();
            ValueMask mask = values[i];
            if (masks[i] instanceof Mask.Redacted && mask != ValueMask.NOTHING) {
                row.skipBytes(Math.max(length, 0));
                masked.writeInt(REDACTED.length).writeBytes(REDACTED);
            } else if (length == NULL) {
                masked.writeInt(NULL);
            } else if (mask == null) {
                masked.writeInt(length).writeBytes(row, length);
            } else {
                value(mask, row.readSlice(length), masked);
            }
        }
    }

    private static void value(ValueMask mask, ByteBuf value, ByteBuf masked) {
        int lengthAt = masked.writerIndex();
        masked.writeInt(NULL);
        if (mask.mask(value, masked)) {
            masked.setInt(lengthAt, masked.writerIndex() - lengthAt - 4);
        } else {
            masked.writerIndex(lengthAt + 4);
        }
    }
}
