package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * Masks the elements of arrays in text format: {@code [1:2]={{a,"b c"},{NULL,"\"d\""}}}.
 *
 * <p>Everything between elements stays as it is.
 */
final class TextArrayMask implements ValueMask {
    private static final byte[] NULL = {'N', 'U', 'L', 'L'};

    private final ValueMask elements;

    /** An element without its quotes, and what is shown of it; kept for the next. */
    private final ByteBuf element = Unpooled.buffer();

    private final ByteBuf masked = Unpooled.buffer();

    TextArrayMask(ValueMask elements) {
        this.elements = elements;
    }

    /** One array for all, of one element, so that not even the number of elements shows. */
    static ValueMask constant(String text) {
        ByteBuf array = Unpooled.buffer().writeByte('{');
        quote(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8), array);
        array.writeByte('}');
        return (value, shown) -> {
            shown.writeBytes(array, array.readerIndex(), array.readableBytes());
            return true;
        };
    }

    @Override
    public boolean mask(ByteBuf value, ByteBuf shown) {
        int opening = value.bytesBefore((byte) '{');
        if (opening < 0) {
            return false;
        }
        shown.writeBytes(value, opening);
        while (value.isReadable()) {
            byte next = value.getByte(value.readerIndex());
            if (next == '{' || next == '}' || next == ',') {
                shown.writeByte(value.readByte());
            } else if (next == '"') {
                quoted(value);
                show(shown);
            } else if (unquoted(value)) {
                show(shown);
            } else {
                shown.writeBytes(NULL);
            }
        }
        return true;
    }

    private void quoted(ByteBuf value) {
        element.clear();
        value.skipBytes(1);
        for (byte next = value.readByte(); next != '"'; next = value.readByte()) {
            element.writeByte(next == '\\' ? value.readByte() : next);
        }
    }

    /** False for NULL, which is a value only in quotes. */
    private boolean unquoted(ByteBuf value) {
        element.clear();
        for (int i = value.readerIndex(); ; i++) {
            byte next = value.getByte(i);
            if (next == ',' || next == '}') {
                break;
            }
            element.writeByte(next);
        }
        value.skipBytes(element.readableBytes());
        return !isNull(element);
    }

    private void show(ByteBuf shown) {
        masked.clear();
        if (!elements.mask(element, masked)) {
            shown.writeBytes(NULL);
        } else if (isPlain(masked)) {
            shown.writeBytes(masked);
        } else {
            quote(masked, shown);
        }
    }

    /** Whether it needs no quotes; some that need none get them. */
    private static boolean isPlain(ByteBuf text) {
        for (int i = text.readerIndex(); i < text.writerIndex(); i++) {
            byte character = text.getByte(i);
            boolean plain = Character.isLetterOrDigit(character)
                    || character == '*'
                    || character == '-'
                    || character == '.'
                    || character == '@';
            if (!plain) {
                return false;
            }
        }
        return text.isReadable() && !isNull(text);
    }

    private static boolean isNull(ByteBuf text) {
        if (text.readableBytes() != NULL.length) {
            return false;
        }
        for (int i = 0; i < NULL.length; i++) {
            if (Character.toUpperCase(text.getByte(text.readerIndex() + i)) != NULL[i]) {
                return false;
            }
        }
        return true;
    }

    private static void quote(ByteBuf text, ByteBuf array) {
        array.writeByte('"');
        while (text.isReadable()) {
            byte character = text.readByte();
            if (character == '"' || character == '\\') {
                array.writeByte('\\');
            }
            array.writeByte(character);
        }
        array.writeByte('"');
    }
}
