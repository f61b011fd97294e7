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

    /** One for each column; null where the value is shown as it is. */
    private final @Nullable ValueMask[] values;

    /** For each column whether its NULL is hidden too. */
    private final boolean[] redacted;

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
        if (masks.size() != columns.size()) {
            throw new IllegalArgumentException("one mask for each column");
        }
        this.clear = masks.stream().allMatch(Mask.Clear.class::isInstance);
        this.hides = masks.stream().anyMatch(Masker::hides);
        this.values = new ValueMask[masks.size()];
        this.redacted = new boolean[masks.size()];
        for (int i = 0; i < values.length; i++) {
            Mask mask = masks.get(i);
            values[i] = mask instanceof Mask.Clear ? null : ValueMasks.of(mask, columns.get(i), findings);
            redacted[i] = mask instanceof Mask.Redacted && values[i] != ValueMask.NOTHING;
        }
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
            write(frame, masked);
            return masked.setInt(1, masked.writerIndex() - 1);
        } catch (RuntimeException e) {
            masked.release();
            throw e instanceof IndexOutOfBoundsException ? new ProtocolException("invalid DataRow from the server") : e;
        }
    }

    /** What stands between masked values is copied in one piece. */
    private void write(ByteBuf row, ByteBuf masked) {
        int copied = row.readerIndex();
        int columns = row.skipBytes(5).readUnsignedShort();
        if (columns != values.length) {
            throw new ProtocolException("DataRow with " + columns + " columns, described were " + values.length);
        }
        for (int i = 0; i < columns; i++) {
            int length = row.readInt();
            ValueMask mask = values[i];
            if (mask == null) {
                row.skipBytes(Math.max(length, 0));
                continue;
            }
            masked.writeBytes(row, copied, row.readerIndex() - 4 - copied);
            if (redacted[i]) {
                row.skipBytes(Math.max(length, 0));
                masked.writeInt(REDACTED.length).writeBytes(REDACTED);
            } else if (length == NULL) {
                masked.writeInt(NULL);
            } else {
                value(mask, row.readSlice(length), masked);
            }
            copied = row.readerIndex();
        }
        masked.writeBytes(row, copied, row.readerIndex() - copied);
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
