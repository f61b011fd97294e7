package org.sallyport.value;

import io.netty.buffer.ByteBuf;

/** What is shown of the values of one column. Not thread-safe: it may keep room for the next value. */
@FunctionalInterface
interface ValueMask {

    /** Shows NULL. */
    ValueMask NOTHING = (value, shown) -> false;

    /**
     * Writes what is shown of a value that is not NULL.
     *
     * @param value from its reader index to its writer index; may be read or not
     * @return false where NULL is shown; what was written then does not count
     */
    boolean mask(ByteBuf value, ByteBuf shown);
}
