package org.sallyport.value;

import io.netty.buffer.ByteBuf;

/**
 * Shows numbers of type {@code numeric}, in binary format, rounded down to a multiple.
 *
 * <p>{@code Int16 n | Int16 weight | Int16 sign | Int16 scale | Int16 digit * n}: digits to the base of 10 000, the first one
 * times that to the power of the weight.
 */
final class NumericStepMask implements ValueMask {
    private static final int BASE = 10_000;
    private static final int POSITIVE = 0;
    private static final int NEGATIVE = 0x4000;

    /** 10 to the power of {@link NumericTextStepMask#MOST_DIGITS}. */
    private static final long TOO_LARGE = 1_000_000_000_000_000_000L;

    /** Of the first digit of the largest number that is not too large. */
    private static final int MOST_WEIGHT = 4;

    private final int step;

    NumericStepMask(int step) {
        this.step = step;
    }

    /** The largest multiple of a step that is not above a number. */
    static long floor(long whole, boolean andLess, int step) {
        long below = andLess ? whole - 1 : whole;
        return below - Math.floorMod(below, step);
    }

    @Override
    public boolean mask(ByteBuf value, ByteBuf shown) {
        int count = value.readUnsignedShort();
        int weight = value.readShort();
        int sign = value.readUnsignedShort();
        value.skipBytes(2);
        if (weight > MOST_WEIGHT || (sign != POSITIVE && sign != NEGATIVE)) {
            return false;
        }
        long whole = 0;
        for (int i = 0; i <= weight; i++) {
            if (whole >= TOO_LARGE / BASE) {
                return false;
            }
            whole = whole * BASE + (i < count ? value.readUnsignedShort() : 0);
        }
        boolean fraction = false;
        while (value.isReadable()) {
            fraction |= value.readShort() != 0;
        }
        write(sign == NEGATIVE ? floor(-whole, fraction, step) : floor(whole, false, step), shown);
        return true;
    }

    private static void write(long number, ByteBuf shown) {
        long rest = Math.abs(number);
        long unit = 1;
        int digits = rest == 0 ? 0 : 1;
        while (rest / unit >= BASE) {
            unit *= BASE;
            digits++;
        }
        shown.writeShort(digits).writeShort(Math.max(0, digits - 1));
        shown.writeShort(number < 0 ? NEGATIVE : POSITIVE).writeShort(0);
        for (int i = 0; i < digits; i++, unit /= BASE) {
            shown.writeShort((int) (rest / unit % BASE));
        }
    }
}
