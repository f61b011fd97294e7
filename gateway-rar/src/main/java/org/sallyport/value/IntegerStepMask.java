package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import org.sallyport.contract.MaskedType;

/** Shows whole numbers rounded down to a multiple; NULL where the type has no such number. */
final class IntegerStepMask implements ValueMask {
    private final int step;
    private final MaskedType type;
    private final boolean binary;

    IntegerStepMask(int step, MaskedType type, boolean binary) {
        this.step = step;
        this.type = type;
        this.binary = binary;
    }

    @Override
    public boolean mask(ByteBuf value, ByteBuf shown) {
        if (!Integers.isOne(type, binary, value)) {
            return false;
        }
        long number = Integers.read(type, binary, value);
        long smallest = -Integers.largest(type) - 1;
        int above = Math.floorMod(number, step);
        if (number < smallest + above) {
            return false;
        }
        Integers.write(type, binary, number - above, shown);
        return true;
    }
}
