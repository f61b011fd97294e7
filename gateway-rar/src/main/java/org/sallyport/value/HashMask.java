package org.sallyport.value;

import io.netty.buffer.ByteBuf;
import org.sallyport.contract.MaskedType;

/** Shows a keyed hash of a value, as a value of the same type; of equal values the same, in either format. */
final class HashMask implements ValueMask {
    /** 128 bits: no two of a table's values come together by chance. */
    private static final int SHOWN_BYTES = 16;

    private final KeyedHash hash;
    private final MaskedType type;
    private final boolean binary;
    private final byte[] uuid = new byte[Uuids.BYTES];

    HashMask(KeyedHash hash, MaskedType type, boolean binary) {
        this.hash = hash;
        this.type = type;
        this.binary = binary;
    }

    @Override
    public boolean mask(ByteBuf value, ByteBuf shown) {
        return switch (type) {
            case UUID -> uuid(value, shown);
            case INT2, INT4, INT8 -> number(value, shown);
            default -> text(value, shown);
        };
    }

    private boolean text(ByteBuf value, ByteBuf shown) {
        byte[] bytes = hash.of(value);
        for (int i = 0; i < SHOWN_BYTES; i++) {
            Hex.write(bytes[i], shown);
        }
        return true;
    }

    private boolean number(ByteBuf value, ByteBuf shown) {
        if (!Integers.isOne(type, binary, value)) {
            return false;
        }
        byte[] bytes = hash.of(Integers.read(type, binary, value));
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits = bits << 8 | bytes[i] & 255;
        }
        Integers.write(type, binary, bits & Integers.largest(type), shown);
        return true;
    }

    private boolean uuid(ByteBuf value, ByteBuf shown) {
        if (!(binary ? Uuids.readBinary(value, uuid) : Uuids.readText(value, uuid))) {
            return false;
        }
        byte[] bytes = hash.of(uuid);
        // Version 8 of RFC 9562, for bits of one's own.
        bytes[6] = (byte) (bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte) (bytes[8] & 0x3F | 0x80);
        if (binary) {
            shown.writeBytes(bytes, 0, Uuids.BYTES);
        } else {
            Uuids.writeText(bytes, shown);
        }
        return true;
    }
}
