package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.sallyport.contract.Mask;
import org.sallyport.contract.ResultShape;
import org.sallyport.wire.ProtocolException;

/**
 * Applies one result's masks to its rows.
 *
 * <p>{@code DataRow: 'D' | Int32 length | Int16 n | (Int32 length | bytes) * n}.
 */
public final class Masker {
    private final ColumnMasks columns;
    private final boolean clear;

    /** @param columns as they are described, one for each mask */
    public Masker(List<Mask> masks, List<ResultShape.Column> columns) {
        this.columns = new ColumnMasks(masks, columns);
        this.clear = masks.stream().allMatch(Mask.Clear.class::isInstance);
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
            int copied = frame.readerIndex();
            int given = frame.skipBytes(5).readUnsignedShort();
            if (given != columns.count()) {
                throw new ProtocolException("DataRow with " + given + " columns, described were " + columns.count());
            }
            BinaryFields.write(columns, frame, copied, masked);
            return masked.setInt(1, masked.writerIndex() - 1);
        } catch (RuntimeException e) {
            masked.release();
            throw e instanceof IndexOutOfBoundsException ? new ProtocolException("invalid DataRow from the server") : e;
        }
    }
}
