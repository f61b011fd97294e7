package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sallyport.contract.CopyFormat;
import org.sallyport.wire.ProtocolException;

/** Fields of COPY's CSV format: in quotes where they hold a delimiter, a quote or a line's end, or look like NULL, or have to be. */
final class CsvFields implements CopyFields {
    private static final byte[] END_OF_DATA = {'\\', '.'};

    private final byte delimiter;
    private final byte quote;
    private final byte escape;
    private final byte[] nullText;
    private final boolean header;
    private final boolean[] forced;

    CsvFields(CopyFormat.Csv format, List<String> names) {
        delimiter = (byte) format.delimiter();
        quote = (byte) format.quote();
        escape = (byte) format.escape();
        nullText = format.nullText().getBytes(StandardCharsets.UTF_8);
        header = format.header();
        forced = new boolean[names.size()];
        for (int i = 0; i < forced.length; i++) {
            String name = names.get(i);
            forced[i] = format.forced().all()
                    || (names.indexOf(name) == i && format.forced().columns().contains(name));
        }
    }

    @Override
    public byte delimiter() {
        return delimiter;
    }

    @Override
    public boolean header() {
        return header;
    }

    @Override
    public int end(ByteBuf data, int from) {
        int all = data.writerIndex();
        if (from < all && data.getByte(from) == quote) {
            return endOfQuoted(data, from + 1, all);
        }
        for (int at = from; at < all; at++) {
            byte b = data.getByte(at);
            if (b == delimiter || b == NEWLINE) {
                return at;
            }
            if (b == quote) {
                throw new ProtocolException("COPY data with a quote within a field");
            }
        }
        return -1;
    }

    private int endOfQuoted(ByteBuf data, int from, int all) {
        for (int at = from; at + 1 < all; at++) {
            byte b = data.getByte(at);
            byte behind = data.getByte(at + 1);
            if (isEscape(b, behind)) {
                at++;
            } else if (b == quote) {
                requireEnd(behind);
                return at + 1;
            }
        }
        return -1;
    }

    /** Where the two are the same, one alone is the quote. */
    private boolean isEscape(byte b, byte behind) {
        if (b != escape || (escape == quote && behind != quote)) {
            return false;
        }
        if (behind != quote && behind != escape) {
            throw new ProtocolException("COPY data with an escape before something else than a quote");
        }
        return true;
    }

    private void requireEnd(byte behind) {
        if (behind != delimiter && behind != NEWLINE) {
            throw new ProtocolException("COPY data with something behind a quoted field");
        }
    }

    @Override
    public boolean read(ByteBuf data, int from, int to, ByteBuf value) {
        if (from == to || data.getByte(from) != quote) {
            value.writeBytes(data, from, to - from);
            return !isEqual(value, nullText);
        }
        for (int at = from + 1; at < to - 1; at++) {
            byte b = data.getByte(at);
            value.writeByte(b == escape ? data.getByte(++at) : b);
        }
        return true;
    }

    private static boolean isEqual(ByteBuf value, byte[] text) {
        if (value.readableBytes() != text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (value.getByte(value.readerIndex() + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void write(int column, ByteBuf value, ByteBuf masked) {
        write(value, forced[column], masked);
    }

    @Override
    public void writeName(ByteBuf name, ByteBuf header) {
        write(name, false, header);
    }

    private void write(ByteBuf value, boolean inQuotes, ByteBuf masked) {
        boolean alone = forced.length == 1 && isEqual(value, END_OF_DATA);
        if (!inQuotes && !alone && !isEqual(value, nullText) && isPlain(value)) {
            masked.writeBytes(value, value.readerIndex(), value.readableBytes());
            return;
        }
        masked.writeByte(quote);
        for (int at = value.readerIndex(); at < value.writerIndex(); at++) {
            byte b = value.getByte(at);
            if (b == quote || b == escape) {
                masked.writeByte(escape);
            }
            masked.writeByte(b);
        }
        masked.writeByte(quote);
    }

    private boolean isPlain(ByteBuf value) {
        for (int at = value.readerIndex(); at < value.writerIndex(); at++) {
            byte b = value.getByte(at);
            if (b == delimiter || b == quote || b == NEWLINE || b == '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void writeNull(ByteBuf masked) {
        masked.writeBytes(nullText);
    }
}
