package org.sallyport.value;

import io.netty.buffer.ByteBuf;

/**
 * Masks the fields of a DataRow, or of a tuple of COPY's binary format, which are alike.
 *
 * <p>{@code (Int32 length | bytes) * n}; the length of NULL is -1.
 */
final class BinaryFields {
    private static final int NULL = -1;

    private BinaryFields() {}

    /**
     * Reads a row's fields, which begin at the reader index. What stands between masked values is copied in one piece.
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
            masked.writeBytes(row, copied, row.readerIndex() - 4 - copied);
            if (columns.isRedacted(i)) {
                row.skipBytes(Math.max(length, 0));
                masked.writeInt(ColumnMasks.redactedLength());
                ColumnMasks.redact(masked);
            } else if (length == NULL) {
                masked.writeInt(NULL);
            } else {
                value(columns, i, row.readSlice(length), masked);
            }
            copied = row.readerIndex();
        }
        masked.writeBytes(row, copied, row.readerIndex() - copied);
    }

    private static void value(ColumnMasks columns, int column, ByteBuf value, ByteBuf masked) {
        int lengthAt = masked.writerIndex();
        masked.writeInt(NULL);
        if (columns.mask(column, value, masked)) {
            masked.setInt(lengthAt, masked.writerIndex() - lengthAt - 4);
        } else {
            masked.writerIndex(lengthAt + 4);
        }
    }
}
