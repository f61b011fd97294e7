package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import org.sallyport.contract.MaskedType;

/** {@code int2}, {@code int4} and {@code int8}: as many bytes in binary format, the highest first; decimal digits in text. */
final class Integers {
    private Integers() {}

    static boolean isOne(MaskedType type, boolean binary, ByteBuf value) {
        return binary
                ? value.readableBytes() == bytes(type)
                : Decimal.isWhole(value, value.readerIndex(), value.writerIndex());
    }

    static long read(MaskedType type, boolean binary, ByteBuf value) {
        int from = value.readerIndex();
        if (!binary) {
            return Decimal.read(value, from, value.writerIndex());
        }
        return switch (bytes(type)) {
            case Short.BYTES -> value.getShort(from);
            case Integer.BYTES -> value.getInt(from);
            default -> value.getLong(from);
        };
    }

    /** Writes a number that the type has. */
    static void write(MaskedType type, boolean binary, long number, ByteBuf shown) {
        if (!binary) {
            Decimal.write(number, shown);
            return;
        }
        switch (bytes(type)) {
            case Short.BYTES -> shown.writeShort((int) number);
            case Integer.BYTES -> shown.writeInt((int) number);
            default -> shown.writeLong(number);
        }
    }

    static long largest(MaskedType type) {
        return Long.MAX_VALUE >> Long.SIZE - 8 * bytes(type);
    }

    private static int bytes(MaskedType type) {
        return switch (type) {
            case INT2 -> Short.BYTES;
            case INT4 -> Integer.BYTES;
            case INT8 -> Long.BYTES;
            default -> throw new IllegalArgumentException("no whole number: " + type);
        };
    }
}
