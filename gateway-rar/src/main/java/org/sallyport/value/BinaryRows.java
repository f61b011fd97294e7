package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.sallyport.wire.ProtocolException;

/**
 * Rows of COPY's binary format.
 *
 * <pre>
 * "PGCOPY\n\377\r\n\0" | Int32 flags | Int32 length of an extension | (Int16 n | fields)* | Int16 -1
 * </pre>
 */
final class BinaryRows implements CopyRows {
    /** The signature, no flags, and no extension: another header means something that is not known here. */
    private static final ByteBuf HEADER = Unpooled.wrappedBuffer(
            new byte[] {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0});

    private static final int TRAILER = -1;

    private final ColumnMasks columns;
    private boolean begun;
    private boolean over;

    BinaryRows(ColumnMasks columns) {
        this.columns = columns;
    }

    @Override
    public boolean mayEnd() {
        return over;
    }

    @Override
    public boolean next(ByteBuf data, ByteBuf masked) {
        if (over) {
            throw new ProtocolException("COPY data behind its end");
        }
        if (!begun) {
            begun = header(data, masked);
            return begun;
        }
        return row(data, masked);
    }

    private static boolean header(ByteBuf data, ByteBuf masked) {
        int length = HEADER.readableBytes();
        if (data.readableBytes() < length) {
            return false;
        }
        if (!HEADER.equals(data.slice(data.readerIndex(), length))) {
            throw new ProtocolException("COPY data with an unknown header");
        }
        masked.writeBytes(data, length);
        return true;
    }

    private boolean row(ByteBuf data, ByteBuf masked) {
        if (data.readableBytes() < Short.BYTES) {
            return false;
        }
        int from = data.readerIndex();
        int fields = data.readShort();
        if (fields == TRAILER) {
            masked.writeShort(TRAILER);
            over = true;
            return true;
        }
        if (fields != columns.count()) {
            throw new ProtocolException("a row of COPY data with other columns");
        }
        if (!isWhole(data)) {
            return false;
        }
        BinaryFields.write(columns, data, from, masked);
        return true;
    }

    private boolean isWhole(ByteBuf data) {
        long at = data.readerIndex();
        for (int i = 0; i < columns.count(); i++) {
            if (at + Integer.BYTES > data.writerIndex()) {
                return false;
            }
            int length = data.getInt((int) at);
            if (length < -1) {
                throw new ProtocolException("a field of COPY data with an invalid length");
            }
            at += Integer.BYTES + Math.max(length, 0);
        }
        return at <= data.writerIndex();
    }
}
