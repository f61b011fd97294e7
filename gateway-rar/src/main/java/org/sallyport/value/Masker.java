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
    private final boolean hides;

    /** One that counts nothing. */
    public Masker(List<Mask> masks, List<ResultShape.Column> columns) {
        this(masks, columns, new Findings());
    }

    /**
     * @param columns  as they are described, one for each mask
     * @param findings counts what detectors find
     */
    public Masker(List<Mask> masks, List<ResultShape.Column> columns, Findings findings) {
        this.columns = new ColumnMasks(masks, columns, findings);
        this.clear = masks.stream().allMatch(Mask.Clear.class::isInstance);
        this.hides = masks.stream().anyMatch(Masker::hides);
    }

    private static boolean hides(Mask mask) {
        return mask instanceof Mask.Screened screened ? screened.hides() : !(mask instanceof Mask.Clear);
    }

    /** Whether rows need not be looked at. */
    public boolean isClear() {
        return clear;
    }

    /** Whether anything in rows may be hidden, so that none may pass unread. */
    public boolean hides() {
        return hides;
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
            mask(frame, masked);
            return masked;
        } catch (RuntimeException e) {
            masked.release();
            throw e;
        }
    }

    /**
     * Writes the row as the client may see it behind what is in {@code shown} already; {@code frame} is only read.
     *
     * @throws ProtocolException where the row does not have the columns of its description; nothing was written then
     */
    public void mask(ByteBuf frame, ByteBuf shown) {
        int start = shown.writerIndex();
        try {
            int copied = frame.readerIndex();
            int given = frame.skipBytes(5).readUnsignedShort();
            if (given != columns.count()) {
                throw new ProtocolException("DataRow with " + given + " columns, described were " + columns.count());
            }
            BinaryFields.write(columns, frame, copied, shown);
            shown.setInt(start + 1, shown.writerIndex() - start - 1);
        } catch (RuntimeException e) {
            shown.writerIndex(start);
            throw e instanceof IndexOutOfBoundsException ? new ProtocolException("invalid DataRow from the server") : e;
        }
    }
}
