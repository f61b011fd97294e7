package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.sallyport.contract.CopyFormat;
import org.sallyport.wire.ProtocolException;

/**
 * Fields of COPY's text format: control characters, backslashes and delimiters are behind a backslash. No value looks like the text
 * for NULL.
 */
final class TextFields implements CopyFields {
    private static final byte BACKSLASH = '\\';

    /** Control characters, and at the same place what stands for them behind a backslash. */
    private static final String CONTROLS = "\b\f\n\r\t\u000b";

    private static final String LETTERS = "bfnrtv";

    private final byte delimiter;
    private final byte[] nullText;
    private final boolean header;

    TextFields(CopyFormat.Text format) {
        delimiter = (byte) format.delimiter();
        nullText = format.nullText().getBytes(StandardCharsets.UTF_8);
        header = format.header();
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
        for (int at = from; at < all; at++) {
            byte b = data.getByte(at);
            if (b == delimiter || b == NEWLINE) {
                return at;
            }
            if (b == BACKSLASH && ++at < all && data.getByte(at) == NEWLINE) {
                throw new ProtocolException("COPY data with a newline behind a backslash");
            }
        }
        return -1;
    }

    @Override
    public boolean read(ByteBuf data, int from, int to, ByteBuf value) {
        if (isNull(data, from, to)) {
            return false;
        }
        for (int at = from; at < to; at++) {
            byte b = data.getByte(at);
            value.writeByte(b == BACKSLASH ? unescaped(data.getByte(++at)) : b);
        }
        return true;
    }

    private boolean isNull(ByteBuf data, int from, int to) {
        if (to - from != nullText.length) {
            return false;
        }
        for (int i = 0; i < nullText.length; i++) {
            if (data.getByte(from + i) != nullText[i]) {
                return false;
            }
        }
        return true;
    }

    private int unescaped(byte b) {
        int control = LETTERS.indexOf(b);
        if (control >= 0) {
            return CONTROLS.charAt(control);
        }
        if (b != BACKSLASH && b != delimiter) {
            throw new ProtocolException("COPY data with something else behind a backslash");
        }
        return b;
    }

    @Override
    public void write(int column, ByteBuf value, ByteBuf masked) {
        for (int at = value.readerIndex(); at < value.writerIndex(); at++) {
            byte b = value.getByte(at);
            int control = b < ' ' ? CONTROLS.indexOf(b) : -1;
            if (control >= 0) {
                masked.writeByte(BACKSLASH).writeByte(LETTERS.charAt(control));
            } else if (b == BACKSLASH || b == delimiter) {
                masked.writeByte(BACKSLASH).writeByte(b);
            } else {
                masked.writeByte(b);
            }
        }
    }

    @Override
    public void writeName(ByteBuf name, ByteBuf header) {
        write(0, name, header);
    }

    @Override
    public void writeNull(ByteBuf masked) {
        masked.writeBytes(nullText);
    }
}
