package org.sallyport.value;

import io.netty.buffer.ByteBuf;

/** Whole numbers in PostgreSQL's text format. */
final class Decimal {
    /** With it every number of the same sign fits a long; what is longer is none of an integer type. */
    private static final int MOST_DIGITS = 18;

    private Decimal() {}

    /** Whether the bytes from {@code from} to {@code to} are a number that {@link #read} takes. */
    static boolean isWhole(ByteBuf text, int from, int to) {
        int first = from < to && text.getByte(from) == '-' ? from + 1 : from;
        if (first == to || to - first > MOST_DIGITS + 1) {
            return false;
        }
        for (int i = first; i < to; i++) {
            if (!isDigit(text.getByte(i))) {
                return false;
            }
        }
        return to - first <= MOST_DIGITS || fits(text, from, to);
    }

    /** 19 digits may be too many. */
    private static boolean fits(ByteBuf text, int from, int to) {
        return (read(text, from, to) < 0) == (text.getByte(from) == '-');
    }

    /** Negative on the way: the smallest number has no positive of its own. */
    static long read(ByteBuf text, int from, int to) {
        boolean negative = text.getByte(from) == '-';
        long value = 0;
        for (int i = negative ? from + 1 : from; i < to; i++) {
            value = value * 10 - (text.getByte(i) - '0');
        }
        return negative ? value : -value;
    }

    static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    static void write(long value, ByteBuf text) {
        if (value < 0) {
            text.writeByte('-');
        }
        // The smallest number has no positive of its own.
        long rest = value > 0 ? -value : value;
        long unit = 1;
        while (rest / unit <= -10) {
            unit *= 10;
        }
        for (; unit > 0; unit /= 10) {
            text.writeByte((int) ('0' - rest / unit % 10));
        }
    }

    /** One that is not negative, with zeros before it: {@code digits} in all at least. */
    static void write(long value, int digits, ByteBuf text) {
        long unit = 10;
        for (int i = 1; i < digits; i++) {
            if (value < unit) {
                text.writeByte('0');
            }
            unit *= 10;
        }
        write(value, text);
    }
}
