package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.sallyport.contract.CopyFormat;
import org.sallyport.contract.Mask;
import org.sallyport.contract.ResultShape;
import org.sallyport.wire.ProtocolException;

/**
 * Applies masks to the data of one COPY TO STDOUT. PostgreSQL sends a row in each message; others may cut the data anywhere, so that
 * what is not yet a whole row is kept until it is.
 *
 * <p>{@code CopyData: 'd' | Int32 length | bytes}.
 */
public final class CopyMasker {
    private static final int HEADER = 5;

    /** Bytes of a row that is not whole; as much as of a row that comes in one message. */
    private static final int MOST_KEPT = 64 * 1024 * 1024;

    private final CopyRows rows;
    private final int columns;
    private final boolean binary;
    private final boolean clear;

    /** The beginning of a row; on the heap, so that nobody has to release it. */
    private final ByteBuf kept = Unpooled.buffer(0);

    /**
     * @param columns  of the query that is copied, one for each mask
     * @param findings counts what detectors find
     */
    public CopyMasker(CopyFormat format, List<Mask> masks, List<ResultShape.Column> columns, Findings findings) {
        this.columns = columns.size();
        this.binary = format instanceof CopyFormat.Binary;
        this.clear = masks.stream().allMatch(Mask.Clear.class::isInstance);
        List<ResultShape.Column> copied = columns.stream()
                .map(column -> new ResultShape.Column(
                        column.name(), column.tableOid(), column.attribute(), column.typeOid(), binary))
                .toList();
        List<String> names = columns.stream().map(ResultShape.Column::name).toList();
        this.rows = rows(format, new ColumnMasks(masks, copied, findings), names);
    }

    private static CopyRows rows(CopyFormat format, ColumnMasks masks, List<String> names) {
        if (format instanceof CopyFormat.Text text) {
            return new LineRows(new TextFields(text), masks, names);
        }
        return format instanceof CopyFormat.Csv csv
                ? new LineRows(new CsvFields(csv, names), masks, names)
                : new BinaryRows(masks);
    }

    /** Whether the server's CopyOutResponse is about this data. */
    public boolean fits(boolean inBinary, int ofColumns) {
        return binary == inBinary && columns == ofColumns;
    }

    /**
     * A CopyData message with the rows that end in this one, as the client may see them, in a buffer that the caller owns; an empty
     * buffer where none does. {@code frame} is only read.
     *
     * @throws ProtocolException where the data is not what the format says
     */
    public ByteBuf mask(ByteBufAllocator allocator, ByteBuf frame) {
        if (clear) {
            return frame.retain();
        }
        ByteBuf data = frame.skipBytes(HEADER);
        if (kept.isReadable()) {
            data = kept.writeBytes(data);
        }
        ByteBuf masked = allocator.buffer(HEADER + data.readableBytes() + 16);
        try {
            masked.writeByte('d').writeInt(0);
            int read = rows(data, masked);
            keep(data, read);
        } catch (RuntimeException e) {
            masked.release();
            throw e instanceof IndexOutOfBoundsException ? new ProtocolException("invalid COPY data") : e;
        }
        if (masked.readableBytes() == HEADER) {
            masked.release();
            return Unpooled.EMPTY_BUFFER;
        }
        return masked.setInt(1, masked.writerIndex() - 1);
    }

    /** Reads and writes whole rows; says where the next one begins. */
    private int rows(ByteBuf data, ByteBuf masked) {
        int read = data.readerIndex();
        int written = masked.writerIndex();
        while (data.isReadable() && rows.next(data, masked)) {
            read = data.readerIndex();
            written = masked.writerIndex();
        }
        masked.writerIndex(written);
        return read;
    }

    private void keep(ByteBuf data, int from) {
        data.readerIndex(from);
        if (data == kept) {
            kept.discardReadBytes();
        } else {
            kept.clear().writeBytes(data);
        }
        if (kept.readableBytes() > MOST_KEPT) {
            throw new ProtocolException("a row of COPY data of more than " + MOST_KEPT + " bytes");
        }
    }

    /**
     * The server has sent all.
     *
     * @throws ProtocolException where a row is not whole
     */
    public void end() {
        if (!clear && (kept.isReadable() || !rows.mayEnd())) {
            throw new ProtocolException("COPY data that ends within a row");
        }
    }
}
