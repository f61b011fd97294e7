package org.sallyport.value;

/** Room for one value after the other. */
final class Room {
    private Room() {}

    /** The array, or a larger one; what was in it is not kept. */
    static byte[] of(byte[] room, int bytes) {
        return bytes <= room.length ? room : new byte[Integer.highestOneBit(bytes) << 1];
    }
}
