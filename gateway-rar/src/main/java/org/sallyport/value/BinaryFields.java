package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import java.util.Objects;

/**
 * Masks the fields of a DataRow, or of a tuple of COPY's binary format, which are alike.
 *
 * <p>{@code (Int32 length | bytes) * n}; the length of NULL is -1.
 */
final class BinaryFields {
    private static final int NULL = -1;

    private BinaryFields() {}

    /**
     * Reads a row's fields, which begin at the reader index. What stands between masked values is copied in one piece, with the length of the
     * next one, in whose place another is written then.
     *
     * @param from where the copy begins: before them, where something else belongs to the row
     */
    static void write(ColumnMasks columns, ByteBuf row, int from, ByteBuf masked) {
        int copied = from;
        for (int i = 0; i < columns.count(); i++) {
            int length = row.readInt();
            if (columns.isClear(i)) {
                row.skipBytes(Math.max(length, 0));
                continue;
            }
            masked.writeBytes(row, copied, row.readerIndex() - copied);
            if (columns.isRedacted(i)) {
                row.skipBytes(Math.max(length, 0));
                masked.setInt(masked.writerIndex() - 4, ColumnMasks.redactedLength());
                ColumnMasks.redact(masked);
            } else if (length != NULL) {
                value(columns, i, row, length, masked);
            }
            copied = row.readerIndex();
        }
        masked.writeBytes(row, copied, row.readerIndex() - copied);
    }

    /** The row stands for the value, within its bounds: a slice would be an object for each, and slower to read. */
    private static void value(ColumnMasks columns, int column, ByteBuf row, int length, ByteBuf masked) {
        int rowEnd = row.writerIndex();
        int end = Objects.checkFromIndexSize(row.readerIndex(), length, rowEnd) + length;
        int start = masked.writerIndex();
        row.writerIndex(end);
        if (columns.mask(column, row, masked)) {
            masked.setInt(start - 4, masked.writerIndex() - start);
        } else {
            masked.writerIndex(start).setInt(start - 4, NULL);
        }
        row.setIndex(end, rowEnd);
    }
}
