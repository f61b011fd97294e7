package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.sallyport.wire.ProtocolException;

/**
 * What goes to the server. What only prepares a statement waits for its verdict, so that the server is woken once for both: it
 * answers none of that before what follows (PostgreSQL's manual, 55.2.3 "Extended Query").
 *
 * <p>Used on the channel's event loop only.
 */
final class ServerWriter {
    private final Writer writer;

    /** Whether the server has something to do already. */
    private boolean due;

    private boolean inMidst;

    ServerWriter(Channel channel) {
        this.writer = new Writer(channel);
    }

    /**
     * Takes ownership of {@code message}; {@link #flush()} sends it.
     *
     * @throws ProtocolException in the midst of the client's data: the server would take the message for that, and the data's end for one
     */
    void write(ByteBuf message) {
        if (inMidst) {
            message.release();
            throw new ProtocolException("incomplete CopyData message");
        }
        due |= !prepares(message.getByte(message.readerIndex()));
        writer.write(message);
    }

    /**
     * Takes ownership of COPY data as the client sent it.
     *
     * @param whole whether a message ends where it ends
     */
    void writeData(ByteBuf bytes, boolean whole) {
        due = true;
        inMidst = !whole;
        writer.write(bytes);
    }

    /** Whether the client has not sent the rest of a message whose beginning the server has. */
    boolean isInMidst() {
        return inMidst;
    }

    private static boolean prepares(byte type) {
        return switch (type) {
            case 'P', 'B', 'D', 'C' -> true;
            default -> false;
        };
    }

    void flush() {
        due = false;
        writer.flush();
    }

    /** Sends what is there if the server has something to do for it. */
    void flushIfDue() {
        if (due) {
            flush();
        }
    }

    /** Gives the channel what is kept, which leaves with what is written there next, and keeps nothing any more. */
    void close() {
        writer.close();
    }
}
