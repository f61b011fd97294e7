package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sallyport.contract.Mask;
import org.sallyport.wire.ProtocolException;

/**
 * Applies one result's masks to its rows.
 *
 * <p>{@code DataRow: 'D' | Int32 length | Int16 n | (Int32 length | bytes) * n}. Works on UTF-8 bytes: a character is counted
 * by its first byte, no String is made.
 */
final class Masker {
    private static final int NULL = -1;

    private final Mask[] masks;

    Masker(List<Mask> masks) {
        this.masks = masks.toArray(Mask[]::new);
    }

    /**
     * The row as the client may see it, in a new buffer that the caller owns; {@code frame} is only read.
     *
     * @throws ProtocolException where the row does not have the columns of its description
     */
    ByteBuf mask(ByteBufAllocator allocator, ByteBuf frame) {
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
        for (Mask mask : masks) {
            int length = row.readInt();
            if (mask instanceof Mask.Redacted) {
                row.skipBytes(Math.max(length, 0));
                masked.writeInt(Mask.Redacted.TEXT.length());
                masked.writeCharSequence(Mask.Redacted.TEXT, StandardCharsets.US_ASCII);
            } else if (length == NULL) {
                masked.writeInt(NULL);
            } else {
                field(mask, row.readSlice(length), masked);
            }
        }
    }

    private static void field(Mask mask, ByteBuf value, ByteBuf masked) {
        if (mask instanceof Mask.Nothing) {
            masked.writeInt(NULL);
            return;
        }
        int lengthAt = masked.writerIndex();
        masked.writeInt(0);
        if (mask instanceof Mask.Clear) {
            masked.writeBytes(value);
        } else if (mask instanceof Mask.Constant constant) {
            masked.writeCharSequence(constant.text(), StandardCharsets.UTF_8);
        } else if (mask instanceof Mask.KeepLast keep) {
            keepLast(keep.count(), value, masked);
        } else if (mask instanceof Mask.KeepFirst keep) {
            keepFirst(keep.count(), value, masked);
        } else {
            throw new IllegalStateException("no such mask: " + mask);
        }
        masked.setInt(lengthAt, masked.writerIndex() - lengthAt - 4);
    }

    private static void keepLast(int count, ByteBuf value, ByteBuf masked) {
        int length = characters(value);
        int hidden = length <= count ? length : length - count;
        fill(masked, hidden);
        masked.writeBytes(value, offset(value, hidden), value.writerIndex() - offset(value, hidden));
    }

    private static void keepFirst(int count, ByteBuf value, ByteBuf masked) {
        int length = characters(value);
        int shown = length <= count ? 0 : count;
        masked.writeBytes(value, value.readerIndex(), offset(value, shown) - value.readerIndex());
        fill(masked, length - shown);
    }

    private static void fill(ByteBuf masked, int count) {
        for (int i = 0; i < count; i++) {
            masked.writeByte(Mask.SENTINEL);
        }
    }

    private static int characters(ByteBuf value) {
        int count = 0;
        for (int i = value.readerIndex(); i < value.writerIndex(); i++) {
            count += begins(value.getByte(i)) ? 1 : 0;
        }
        return count;
    }

    /** Index of the byte behind the first {@code characters} ones. */
    private static int offset(ByteBuf value, int characters) {
        int seen = 0;
        for (int i = value.readerIndex(); i < value.writerIndex(); i++) {
            if (begins(value.getByte(i)) && seen++ == characters) {
                return i;
            }
        }
        return value.writerIndex();
    }

    private static boolean begins(byte utf8) {
        return (utf8 & 0xC0) != 0x80;
    }
}
