package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import org.sallyport.contract.Mask;

/** Hides an e-mail address but for its domain; what stands behind the last {@code @} and is no domain is hidden as well. */
final class EmailMask implements ValueMask {
    /** As long as DNS takes. */
    private static final int LONGEST_DOMAIN = 253;

    @Override
    public boolean mask(ByteBuf value, ByteBuf shown) {
        int at = at(value);
        TextMasks.fill(shown, Mask.HIDDEN.length());
        if (at >= 0) {
            shown.writeBytes(value, at, value.writerIndex() - at);
        }
        return true;
    }

    /** Index of the {@code @} before a domain, or -1. */
    private static int at(ByteBuf value) {
        int end = value.writerIndex();
        for (int i = end - 1; i >= value.readerIndex() && end - i <= LONGEST_DOMAIN + 1; i--) {
            byte character = value.getByte(i);
            if (character == '@') {
                return i < end - 1 ? i : -1;
            }
            if (!isOfDomain(character)) {
                return -1;
            }
        }
        return -1;
    }

    /** Letters of other scripts are of domains too. */
    private static boolean isOfDomain(byte utf8) {
        return utf8 < 0
                || (utf8 >= 'a' && utf8 <= 'z')
                || (utf8 >= 'A' && utf8 <= 'Z')
                || (utf8 >= '0' && utf8 <= '9')
                || utf8 == '.'
                || utf8 == '-';
    }
}
