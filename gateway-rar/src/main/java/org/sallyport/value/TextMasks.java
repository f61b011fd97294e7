package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import org.sallyport.contract.Mask;

/** Masks of text. Work on UTF-8 bytes: a character is counted by its first byte, no String is made. */
final class TextMasks {
    private static final long LOWEST_BITS = 0x0101_0101_0101_0101L;

    /** Eight of them. */
    private static final long SENTINELS = LOWEST_BITS * Mask.SENTINEL;

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
            int kept = kept(value, length, count);
            fill(shown, length - kept);
            boolean oneByteEach = length == value.readableBytes();
            tail(value, oneByteEach ? value.writerIndex() - kept : lastCharacters(value, kept), shown);
            return true;
        };
    }

    /** Copies the value's end: what is short as one number, which costs less than a copy of any length. */
    private static void tail(ByteBuf value, int from, ByteBuf shown) {
        int count = value.writerIndex() - from;
        if (count > Long.BYTES) {
            shown.writeBytes(value, from, count);
        } else {
            int end = shown.writerIndex() + count;
            shown.writeLong(last(value, count)).writerIndex(end);
        }
    }

    static ValueMask keepFirst(int count) {
        return (value, shown) -> {
            int length = characters(value);
            int kept = kept(value, length, count);
            shown.writeBytes(value, value.readerIndex(), offset(value, kept) - value.readerIndex());
            fill(shown, length - kept);
            return true;
        };
    }

    /** Writes so many sentinels: eight at a time, of which those too many are taken back. */
    static void fill(ByteBuf shown, int count) {
        int end = shown.writerIndex() + count;
        for (int rest = count; rest > 0; rest -= Long.BYTES) {
            shown.writeLong(SENTINELS);
        }
        shown.writerIndex(end);
    }

    private static int characters(ByteBuf value) {
        int count = value.readableBytes();
        int at = value.readerIndex();
        for (; at + Long.BYTES <= value.writerIndex(); at += Long.BYTES) {
            count -= continuing(value.getLong(at));
        }
        return count - continuing(last(value, value.writerIndex() - at));
    }

    /**
     * How many of a value's characters may be shown. None of one that is not UTF-8, as a server in SQL_ASCII may send it: any number of
     * its bytes would be taken for one character.
     */
    private static int kept(ByteBuf value, int length, int count) {
        boolean readable = length == value.readableBytes() || ByteBufUtil.isText(value, StandardCharsets.UTF_8);
        return readable && length > count ? count : 0;
    }

    /** How many of eight bytes go on with a character: the highest bit is set and the next is not. */
    private static int continuing(long bytes) {
        return Long.bitCount(bytes >>> 7 & ~(bytes >>> 6) & LOWEST_BITS);
    }

    /** The last {@code count} bytes, up to eight, the first of them as the highest; read with what stands before them where something does. */
    private static long last(ByteBuf value, int count) {
        int end = value.writerIndex();
        if (count > 0 && end >= Long.BYTES) {
            return value.getLong(end - Long.BYTES) << (Long.BYTES - count) * Byte.SIZE;
        }
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes |= (value.getByte(end - count + i) & 0xFFL) << (Long.BYTES - 1 - i) * Byte.SIZE;
        }
        return bytes;
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

    /** Index of the first byte of the last {@code characters} ones, of which there are so many. */
    private static int lastCharacters(ByteBuf value, int characters) {
        int at = value.writerIndex();
        for (int rest = characters; rest > 0; at--) {
            rest -= begins(value.getByte(at - 1)) ? 1 : 0;
        }
        return at;
    }

    private static boolean begins(byte utf8) {
        return (utf8 & 0xC0) != 0x80;
    }
}
