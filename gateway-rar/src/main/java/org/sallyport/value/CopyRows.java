package org.sallyport.value;

import io.netty.buffer.ByteBuf;

/** Reads the rows of one COPY TO STDOUT in one format, and writes them masked. */
interface CopyRows {

    /**
     * Reads one row, or what stands before and behind the rows, that begins at the reader index of {@code data}.
     *
     * @return false where its end is not there yet; what was read and written then does not count
     */
    boolean next(ByteBuf data, ByteBuf masked);

    /** Whether the data may end behind the rows that were read. */
    boolean mayEnd();
}
