package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import org.sallyport.wire.FrameReader;

/**
 * From the client to the server, in order: a message waits while one before it is judged or held, while it is not known
 * whether the server takes COPY data, and while a cancel is on its way.
 */
final class ClientSide implements FrameReader.Sink {

    /**
     * What arrived: a whole message, or bytes of COPY data, which may begin and end anywhere in a message.
     *
     * @param messages of COPY data that begin in it
     * @param payload  their bytes
     * @param whole    whether it ends where a message ends
     */
    private record Arrival(ByteBuf bytes, boolean copyData, int messages, long payload, boolean whole) {}

    private final Session session;
    private final FrameReader reader;
    private final Deque<Arrival> inbox = new ArrayDeque<>();
    private long waitingBytes;
    private int copyMessages;
    private long copyPayload;
    private int cancels;
    private final Judging judging;
    private final CopyIn copyIn;
    private final Requests requests;

    ClientSide(Session session, int maxMessageBytes) {
        this.session = session;
        this.reader = new FrameReader(this, maxMessageBytes);
        this.judging = new Judging(session, this::resume);
        this.copyIn = new CopyIn(session);
        this.requests = new Requests(session, judging, copyIn);
    }

    CopyIn copyIn() {
        return copyIn;
    }

    void read(ByteBuf bytes) {
        reader.read(bytes);
    }

    long waitingBytes() {
        return waitingBytes;
    }

    /** Bytes of a message that has not come to its end, or is being judged. */
    long kept() {
        return reader.held() + judging.kept();
    }

    void close() {
        reader.close();
        inbox.forEach(arrival -> arrival.bytes().release());
        inbox.clear();
        waitingBytes = 0;
        judging.close();
    }

    /** Whether a verdict is awaited. */
    boolean isJudging() {
        return judging.awaitsVerdict();
    }

    /** Takes back the question that is open; false where none is. */
    boolean withdraw() {
        return judging.withdraw();
    }

    /** A cancel is on its way to the server: what is sent before it has arrived might be what it hits. */
    void cancelSent() {
        cancels++;
    }

    boolean isCanceling() {
        return cancels > 0;
    }

    void cancelArrived() {
        cancels--;
        session.asking().ready();
        judging.goOn();
        resume();
    }

    /** COPY data passes unread, in order with the rest. */
    @Override
    public boolean wants(byte type, long payload) {
        if (type == 'd') {
            copyMessages++;
            copyPayload += payload;
        }
        return type != 'd';
    }

    @Override
    public void message(byte type, ByteBuf frame) {
        boolean last = type == 'X' && !session.closing();
        takeOrKeep(new Arrival(frame, false, 0, 0, true));
        if (last) {
            session.terminated();
        }
    }

    @Override
    public void forward(ByteBuf bytes) {
        Arrival arrival = new Arrival(bytes, true, copyMessages, copyPayload, !reader.isPassing());
        copyMessages = 0;
        copyPayload = 0;
        takeOrKeep(arrival);
    }

    private boolean isWaiting() {
        return judging.isOpen() || copyIn.isAwaited() || cancels > 0;
    }

    private void takeOrKeep(Arrival arrival) {
        if (session.closing()) {
            arrival.bytes().release();
        } else if (isWaiting() || !inbox.isEmpty()) {
            inbox.add(arrival);
            waitingBytes += arrival.bytes().readableBytes();
            session.pressure();
        } else {
            take(arrival);
        }
    }

    /** Goes on once the present message of the server has been handled. */
    void resumeSoon() {
        session.client().eventLoop().execute(this::resume);
    }

    private void resume() {
        while (!isWaiting() && !inbox.isEmpty() && !session.ending()) {
            Arrival arrival = inbox.remove();
            waitingBytes -= arrival.bytes().readableBytes();
            take(arrival);
        }
        session.flush();
        session.pressure();
    }

    private void take(Arrival arrival) {
        try {
            if (arrival.copyData()) {
                // Outside of a copy the server ignores it; it goes on all the same, or half a message might.
                copyIn.took(arrival.messages(), arrival.payload(), arrival.bytes());
                session.toServer().writeData(arrival.bytes().retain(), arrival.whole());
            } else {
                requests.handle(arrival.bytes());
            }
        } catch (RuntimeException e) {
            session.failed(e);
        } finally {
            arrival.bytes().release();
        }
    }
}
