package org.sallyport.value;

import io.netty.buffer.ByteBuf;

/** {@code uuid}: 16 bytes in binary format, {@code 8-4-4-4-12} hexadecimal digits in text. */
final class Uuids {
    static final int BYTES = 16;

    private static final int TEXT_LENGTH = 36;

    private Uuids() {}

    /** False where it is none. */
    static boolean readBinary(ByteBuf value, byte[] uuid) {
        if (value.readableBytes() != BYTES) {
            return false;
        }
        value.getBytes(value.readerIndex(), uuid);
        return true;
    }

    /** False where it is none. */
    static boolean readText(ByteBuf value, byte[] uuid) {
        if (value.readableBytes() != TEXT_LENGTH) {
            return false;
        }
        int at = value.readerIndex();
        for (int i = 0; i < BYTES; i++) {
            if (followsDash(i) && value.getByte(at++) != '-') {
                return false;
            }
            int pair = Hex.read(value.getByte(at)) << 4 | Hex.read(value.getByte(at + 1));
            if (pair < 0) {
                return false;
            }
            uuid[i] = (byte) pair;
            at += 2;
        }
        return true;
    }

    static void writeText(byte[] uuid, ByteBuf text) {
        for (int i = 0; i < BYTES; i++) {
            if (followsDash(i)) {
                text.writeByte('-');
            }
            Hex.write(uuid[i], text);
        }
    }

    private static boolean followsDash(int index) {
        return index == 4 || index == 6 || index == 8 || index == 10;
    }
}
