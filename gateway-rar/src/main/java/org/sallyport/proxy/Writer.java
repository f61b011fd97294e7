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

    /** Where one message was joined to others, more will be: rows, as a rule. */
    private static final int MORE_ROOM = 16 * 1024;

    /** Largest message for which there is room among others. */
    private static final int MOST = MORE_ROOM / 4;

    private final Channel channel;

    /** Small messages that the channel has not got yet: one as it came, or several joined. */
    private @Nullable ByteBuf kept;

    private boolean joined;
    private boolean closed;

    /** Bytes that the channel has got, and not sent. */
    private long handedOver;

    Writer(Channel channel) {
        this.channel = channel;
    }

    /** Takes ownership of {@code message}; {@link #flush()} sends it. */
    void write(ByteBuf message) {
        if (closed || message.readableBytes() > SMALL) {
            handOver();
            give(message);
        } else if (kept == null) {
            kept = message;
            joined = false;
        } else {
            join(kept, message);
        }
    }

    private void join(ByteBuf first, ByteBuf message) {
        boolean fits = joined && first.writableBytes() >= message.readableBytes();
        ByteBuf room = fits ? first : moreRoom(first, ROOM);
        room.writeBytes(message);
        message.release();
    }

    /** Room for a message of about so many bytes, to be written there at once; null where it has to be a buffer of its own. */
    @Nullable
    ByteBuf room(int bytes) {
        if (closed || bytes > MOST) {
            return null;
        }
        ByteBuf present = kept;
        if (present != null && joined && present.writableBytes() >= bytes) {
            return present;
        }
        return moreRoom(present, present == null ? Math.max(ROOM, bytes) : MORE_ROOM);
    }

    private ByteBuf moreRoom(@Nullable ByteBuf present, int bytes) {
        ByteBuf room = channel.alloc().directBuffer(bytes);
        if (joined) {
            handOver();
        } else if (present != null) {
            room.writeBytes(present);
            present.release();
        }
        kept = room;
        joined = true;
        return room;
    }

    /** Whether so little waits for the next {@link #flush()} that it may wait a moment longer. */
    boolean isShort() {
        return handedOver + (kept == null ? 0 : kept.readableBytes()) <= MORE_ROOM;
    }

    void flush() {
        handOver();
        handedOver = 0;
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
        joined = false;
        if (leaving != null) {
            give(leaving);
        }
    }

    private void give(ByteBuf message) {
        handedOver += message.readableBytes();
        channel.write(message, channel.voidPromise());
    }
}
