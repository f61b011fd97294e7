package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.fpe.FPEFF1Engine;
import org.bouncycastle.crypto.params.FPEParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskKey;

/**
 * Shows other digits in place of the digits, by FF1; separators stay where they are. Different digits never become the same
 * ones.
 */
final class TokenMask implements ValueMask {
    private static final byte[] HIDDEN = Mask.HIDDEN.getBytes(StandardCharsets.US_ASCII);
    private static final String SEPARATORS = " -./()+";
    private static final int RADIX = 10;
    private static final byte[] NO_TWEAK = {};

    private final FPEFF1Engine engine = new FPEFF1Engine();
    private final byte[] digits = new byte[Mask.Tokenize.MOST_DIGITS];
    private final byte[] tokens = new byte[Mask.Tokenize.MOST_DIGITS];

    TokenMask(MaskKey key) {
        engine.init(true, new FPEParameters(new KeyParameter(key.reveal()), RADIX, NO_TWEAK));
    }

    @Override
    public boolean mask(ByteBuf value, ByteBuf shown) {
        int count = digits(value);
        if (count < Mask.Tokenize.LEAST_DIGITS) {
            shown.writeBytes(HIDDEN);
            return true;
        }
        engine.processBlock(digits, 0, count, tokens, 0);
        int next = 0;
        while (value.isReadable()) {
            byte character = value.readByte();
            shown.writeByte(Decimal.isDigit(character) ? '0' + tokens[next++] : character);
        }
        return true;
    }

    /** How many digits there are; -1 where they are too many, or anything else than digits and separators is there. */
    private int digits(ByteBuf value) {
        int count = 0;
        for (int i = value.readerIndex(); i < value.writerIndex(); i++) {
            byte character = value.getByte(i);
            if (!Decimal.isDigit(character)) {
                if (SEPARATORS.indexOf(character) < 0) {
                    return -1;
                }
            } else if (count == digits.length) {
                return -1;
            } else {
                digits[count++] = (byte) (character - '0');
            }
        }
        return count;
    }
}
