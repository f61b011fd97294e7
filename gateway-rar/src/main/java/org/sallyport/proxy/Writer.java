package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages to a channel, small neighbours joined: an answer of four messages is one buffer for the channel and for the
 * system, and to copy a hundred bytes costs less than to carry another buffer there.
 *
 * <p>Used on the channel's event loop only.
 */
final class Writer {
    /** Bytes up to which a message is copied rather than carried. */
    private static final int SMALL = 512;

    private static final int ROOM = 4 * SMALL;

    private final Channel channel;

    /** Small messages that the channel has not got yet: one as it came, or several joined. */
    private @Nullable ByteBuf kept;

    private boolean joined;
    private boolean closed;

    Writer(Channel channel) {
        this.channel = channel;
    }

    /** Takes ownership of {@code message}; {@link #flush()} sends it. */
    void write(ByteBuf message) {
        if (closed || message.readableBytes() > SMALL) {
            handOver();
            channel.write(message, channel.voidPromise());
        } else if (kept == null) {
            kept = message;
            joined = false;
        } else {
            join(kept, message);
        }
    }

    private void join(ByteBuf first, ByteBuf message) {
        ByteBuf room = first;
        if (!joined || first.writableBytes() < message.readableBytes()) {
            room = channel.alloc().directBuffer(ROOM);
            if (joined) {
                handOver();
            } else {
                room.writeBytes(first);
                first.release();
            }
            kept = room;
            joined = true;
        }
        room.writeBytes(message);
        message.release();
    }

    void flush() {
        handOver();
        channel.flush();
    }

    /** Gives the channel what is kept, which leaves with what is written there next, and keeps nothing any more. */
    void close() {
        closed = true;
        handOver();
    }

    private void handOver() {
        ByteBuf leaving = kept;
        kept = null;
        if (leaving != null) {
            channel.write(leaving, channel.voidPromise());
        }
    }
}
