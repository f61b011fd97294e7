package org.sallyport.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Cuts one direction of a connection into messages, however TCP split or joined them.
 *
 * <pre>
 * message: Byte1 type | Int32 length (of itself and the payload) | payload
 * </pre>
 *
 * For each message the {@link Sink} says from the header whether it wants it. Messages it wants are collected and handed
 * over whole; the others are forwarded as they are, neighbours together in one slice and a message larger than the buffer
 * piece by piece, so that bulk data is neither copied nor held.
 *
 * <p>Not thread-safe: one reader belongs to one channel's event loop.
 */
public final class FrameReader {
    private static final int HEADER = 5;

    /** Room taken at once for an incomplete message; more only as its bytes arrive, whatever its length claims. */
    private static final int FIRST_ROOM = 256 * 1024;

    private final Sink sink;
    private final int maxCollected;
    private ByteBuf partial = Unpooled.EMPTY_BUFFER;
    private int needed;
    private long passing;
    private boolean closed;

    /** @param maxCollected the largest payload, in bytes, that is collected; a larger one is a protocol violation */
    public FrameReader(Sink sink, int maxCollected) {
        this.sink = sink;
        this.maxCollected = maxCollected;
    }

    /** What becomes of the messages. */
    public interface Sink {
        /**
         * Whether the message is wanted whole; otherwise it is forwarded unread.
         *
         * @param payload the payload's length in bytes
         */
        boolean wants(byte type, long payload);

        /** A wanted message. {@code frame} spans header and payload; the sink owns it and must release it. */
        void message(byte type, ByteBuf frame);

        /** Bytes of unwanted messages, in order; the sink owns them and must release them. */
        void forward(ByteBuf bytes);
    }

    /**
     * Reads what arrived; takes ownership of {@code in}.
     *
     * @throws ProtocolException where a length is impossible or a wanted message too large
     */
    public void read(ByteBuf in) {
        ByteBuf bytes = in;
        if (partial.isReadable()) {
            partial.writeBytes(in);
            in.release();
            if (partial.readableBytes() < needed) {
                return;
            }
            bytes = partial;
            partial = Unpooled.EMPTY_BUFFER;
        }
        try {
            cut(bytes);
            // What a message in it has led to may have been the end.
            if (bytes.isReadable() && !closed) {
                keep(bytes);
            }
        } finally {
            bytes.release();
        }
    }

    /** Whether more is to come of the message with which what was forwarded last ends. */
    public boolean isPassing() {
        return passing > 0;
    }

    /** Bytes that are held of an incomplete message. */
    public int held() {
        return partial.readableBytes();
    }

    /** Releases what is held of an incomplete message, and holds nothing any more; may be called by the sink. */
    public void close() {
        closed = true;
        partial.release();
        partial = Unpooled.EMPTY_BUFFER;
    }

    /** Copies the beginning of an incomplete message: slices of the old buffer may be in use, so it cannot grow. */
    private void keep(ByteBuf rest) {
        needed = rest.readableBytes() < HEADER ? HEADER : 1 + rest.getInt(rest.readerIndex() + 1);
        partial = rest.alloc().buffer(Math.max(rest.readableBytes(), Math.min(needed, FIRST_ROOM)));
        partial.writeBytes(rest);
    }

    private void cut(ByteBuf bytes) {
        int start = bytes.readerIndex();
        int at = start;
        int end = bytes.writerIndex();
        if (passing > 0) {
            int step = (int) Math.min(passing, end - at);
            passing -= step;
            at += step;
        }
        while (end - at >= HEADER) {
            byte type = bytes.getByte(at);
            long payload = bytes.getInt(at + 1) - 4L;
            if (payload < 0 || sink.wants(type, payload)) {
                pass(bytes, start, at);
                requireSize(payload);
                if (end - at < HEADER + payload) {
                    bytes.readerIndex(at);
                    return;
                }
                int next = at + HEADER + (int) payload;
                sink.message(type, bytes.retainedSlice(at, next - at));
                at = next;
                start = next;
            } else {
                long whole = HEADER + payload;
                int step = (int) Math.min(whole, end - at);
                passing = whole - step;
                at += step;
            }
        }
        pass(bytes, start, at);
        bytes.readerIndex(at);
    }

    private void requireSize(long payload) {
        if (payload < 0) {
            throw new ProtocolException("invalid message length");
        }
        if (payload > maxCollected) {
            throw new ProtocolException("message too large: " + payload + " bytes, at most " + maxCollected);
        }
    }

    private void pass(ByteBuf bytes, int from, int to) {
        if (to > from) {
            sink.forward(bytes.retainedSlice(from, to - from));
        }
    }
}
