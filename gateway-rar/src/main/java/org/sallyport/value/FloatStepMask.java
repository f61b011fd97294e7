package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.sallyport.contract.MaskedType;

/** Shows numbers of the types {@code float4} and {@code float8} rounded down to a multiple; NULL for what is infinite or none. */
final class FloatStepMask implements ValueMask {
    /** PostgreSQL writes no number with more characters, whatever {@code extra_float_digits} says. */
    private static final int LONGEST_TEXT = 32;

    /** From here on PostgreSQL writes numbers with an exponent. */
    private static final double MOST_WRITTEN_WHOLE = 1e15;

    private final int step;
    private final boolean single;
    private final boolean binary;

    FloatStepMask(int step, MaskedType type, boolean binary) {
        this.step = step;
        this.single = type == MaskedType.FLOAT4;
        this.binary = binary;
    }

    @Override
    public boolean mask(ByteBuf value, ByteBuf shown) {
        double number = binary ? binary(value) : text(value);
        double floor = floor(number, step);
        if (Double.isNaN(floor) || Double.isInfinite(floor)) {
            return false;
        }
        if (binary) {
            write(floor, shown);
        } else {
            writeText(floor, shown);
        }
        return true;
    }

    /** The remainder is exact, so that nothing of it is left; a zero is never negative. */
    private static double floor(double number, int step) {
        double remainder = number % step;
        double multiple = number - remainder + 0.0;
        return remainder < 0 ? multiple - step : multiple;
    }

    private double binary(ByteBuf value) {
        return single ? value.readFloat() : value.readDouble();
    }

    private double text(ByteBuf value) {
        if (value.readableBytes() > LONGEST_TEXT) {
            return Double.NaN;
        }
        String text = value.toString(StandardCharsets.US_ASCII);
        try {
            return single ? Float.parseFloat(text) : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private void writeText(double floor, ByteBuf shown) {
        if (Math.abs(floor) < MOST_WRITTEN_WHOLE) {
            Decimal.write((long) floor, shown);
        } else {
            String text = single ? Float.toString((float) floor) : Double.toString(floor);
            shown.writeCharSequence(text, StandardCharsets.US_ASCII);
        }
    }

    private void write(double floor, ByteBuf shown) {
        if (single) {
            shown.writeFloat((float) floor);
        } else {
            shown.writeDouble(floor);
        }
    }
}
