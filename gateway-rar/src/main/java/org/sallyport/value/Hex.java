package org.sallyport.value;

import io.netty.buffer.ByteBuf;

/** Bytes as pairs of hexadecimal digits. */
final class Hex {
    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private Hex() {}

    static void write(byte value, ByteBuf text) {
        text.writeByte(DIGITS[value >> 4 & 15]).writeByte(DIGITS[value & 15]);
    }

    /** Of one digit; -1 where it is none. */
    static int read(byte digit) {
        return Character.digit(digit, 16);
    }
}
