package org.sallyport.value;

import io.netty.buffer.ByteBuf;

/** Reads and writes the fields of one of COPY's formats of lines. */
interface CopyFields {
    byte NEWLINE = '\n';

    byte delimiter();

    /** Where the field ends that begins at {@code from}: the index of the delimiter or newline behind it; -1 where that is not there yet. */
    int end(ByteBuf data, int from);

    /**
     * Reads a field.
     *
     * @param value gets what it stands for
     * @return false where it is NULL
     */
    boolean read(ByteBuf data, int from, int to, ByteBuf value);

    /** Writes a value that is not NULL as a field. */
    void write(int column, ByteBuf value, ByteBuf masked);

    /** Writes a column's name as a field of the header. */
    void writeName(ByteBuf name, ByteBuf header);

    void writeNull(ByteBuf masked);

    /** Whether the columns' names come first. */
    boolean header();
}
