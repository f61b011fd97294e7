package org.sallyport.value;

import io.netty.buffer.ByteBuf;

/**
 * Shows numbers of type {@code numeric}, in text format, rounded down to a multiple, as {@link NumericStepMask} does in binary:
 * those with more than {@link #MOST_DIGITS} digits before the point, and those that are infinite or none, become NULL.
 */
final class NumericTextStepMask implements ValueMask {
    /** So many fit a long, with room to round down; longer ones would take work that grows with the square. */
    static final int MOST_DIGITS = 18;

    private final int step;

    NumericTextStepMask(int step) {
        this.step = step;
    }

    @Override
    public boolean mask(ByteBuf value, ByteBuf shown) {
        int from = value.readerIndex();
        int dot = value.bytesBefore((byte) '.');
        int to = dot < 0 ? value.writerIndex() : from + dot;
        boolean negative = value.isReadable() && value.getByte(from) == '-';
        if (to - from > MOST_DIGITS + (negative ? 1 : 0) || !Decimal.isWhole(value, from, to)) {
            return false;
        }
        long whole = Decimal.read(value, from, to);
        Decimal.write(NumericStepMask.floor(whole, negative && hasFraction(value, to), step), shown);
        return true;
    }

    private static boolean hasFraction(ByteBuf value, int from) {
        for (int i = from; i < value.writerIndex(); i++) {
            byte character = value.getByte(i);
            if (character != '.' && character != '0') {
                return true;
            }
        }
        return false;
    }
}
