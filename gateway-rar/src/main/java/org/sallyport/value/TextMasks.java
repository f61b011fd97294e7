package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.sallyport.contract.Mask;

/** Masks of text. Work on UTF-8 bytes: a character is counted by its first byte, no String is made. */
final class TextMasks {
    private TextMasks() {}

    static ValueMask constant(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return (value, shown) -> {
            shown.writeBytes(bytes);
            return true;
        };
    }

    static ValueMask keepLast(int count) {
        return (value, shown) -> {
            int length = characters(value);
            int hidden = length <= count ? length : length - count;
            fill(shown, hidden);
            int from = offset(value, hidden);
            shown.writeBytes(value, from, value.writerIndex() - from);
            return true;
        };
    }

    static ValueMask keepFirst(int count) {
        return (value, shown) -> {
            int length = characters(value);
            int kept = length <= count ? 0 : count;
            shown.writeBytes(value, value.readerIndex(), offset(value, kept) - value.readerIndex());
            fill(shown, length - kept);
            return true;
        };
    }

    private static void fill(ByteBuf shown, int count) {
        for (int i = 0; i < count; i++) {
            shown.writeByte(Mask.SENTINEL);
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
