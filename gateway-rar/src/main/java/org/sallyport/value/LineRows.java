package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sallyport.wire.ProtocolException;

/** Rows of lines: {@code [field (delimiter field)*] newline}. */
final class LineRows implements CopyRows {
    private final CopyFields fields;
    private final ColumnMasks columns;
    private final ByteBuf header = Unpooled.buffer();
    private boolean headerIsDue;

    /** Room for a value as it is, and as it is shown; on the heap, so that nobody has to release it. */
    private final ByteBuf value = Unpooled.buffer();

    private final ByteBuf shown = Unpooled.buffer();

    LineRows(CopyFields fields, ColumnMasks columns, List<String> names) {
        this.fields = fields;
        this.columns = columns;
        this.headerIsDue = fields.header();
        for (int i = 0; i < names.size(); i++) {
            byte[] name = names.get(i).getBytes(StandardCharsets.UTF_8);
            header.writeBytes(i == 0 ? new byte[0] : new byte[] {fields.delimiter()});
            fields.writeName(Unpooled.wrappedBuffer(name), header);
        }
        header.writeByte(CopyFields.NEWLINE);
    }

    @Override
    public boolean mayEnd() {
        return !headerIsDue;
    }

    @Override
    public boolean next(ByteBuf data, ByteBuf masked) {
        return headerIsDue ? header(data, masked) : row(data, masked);
    }

    /** The server was told to send one, or a row would pass for it. */
    private boolean header(ByteBuf data, ByteBuf masked) {
        int length = header.readableBytes();
        if (data.readableBytes() < length) {
            return false;
        }
        if (!header.equals(data.slice(data.readerIndex(), length))) {
            throw new ProtocolException("a header of COPY data with other columns");
        }
        masked.writeBytes(data, length);
        headerIsDue = false;
        return true;
    }

    private boolean row(ByteBuf data, ByteBuf masked) {
        int copied = data.readerIndex();
        int at = copied;
        for (int i = 0; i < columns.count(); i++) {
            int end = fields.end(data, at);
            if (end < 0) {
                return false;
            }
            boolean last = data.getByte(end) == CopyFields.NEWLINE;
            if (last != (i == columns.count() - 1)) {
                throw new ProtocolException("a row of COPY data with other columns");
            }
            if (!columns.isClear(i)) {
                masked.writeBytes(data, copied, at - copied);
                field(i, data, at, end, masked);
                copied = end;
            }
            at = end + 1;
        }
        if (columns.count() == 0 && data.getByte(at++) != CopyFields.NEWLINE) {
            throw new ProtocolException("a row of COPY data with other columns");
        }
        masked.writeBytes(data, copied, at - copied);
        data.readerIndex(at);
        return true;
    }

    private void field(int column, ByteBuf data, int from, int to, ByteBuf masked) {
        shown.clear();
        boolean isNull = false;
        if (columns.isRedacted(column)) {
            ColumnMasks.redact(shown);
        } else {
            value.clear();
            isNull = !fields.read(data, from, to, value) || !columns.mask(column, value, shown);
        }
        if (isNull) {
            fields.writeNull(masked);
        } else {
            fields.write(column, shown, masked);
        }
    }
}
