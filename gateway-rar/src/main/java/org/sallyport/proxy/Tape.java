package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Copies what the client sees of results for the record, up to each statement's limit, and tells now and then how much has gone through.
 *
 * <p>The server answers one statement at a time, so one part at a time is gathered.
 */
final class Tape {
    /** Bytes of one chunk: the event loop compresses it. */
    static final int CHUNK_BYTES = 32 * 1024;

    /** What a result's rows may be ahead of their record. */
    private static final long WINDOW_NANOS = 1_000_000_000;

    private static final int FIRST_ROOM = 512;

    private static final byte[] NOTHING = {};

    private final Session session;
    private byte[] gathered = NOTHING;
    private int size;
    private @Nullable Run run;

    Tape(Session session) {
        this.session = session;
    }

    /** The client sees this, or sends it as COPY data; {@code messages} are only read. */
    void take(@Nullable Run shown, ByteBuf messages) {
        if (shown == null || !shown.isRecorded()) {
            return;
        }
        int rest = shown.record(messages.readableBytes());
        int at = messages.readerIndex();
        if (run != shown) {
            flush();
            run = shown;
        }
        while (rest > 0) {
            int step = Math.min(rest, CHUNK_BYTES - size);
            room(step);
            messages.getBytes(at, gathered, size, step);
            size += step;
            at += step;
            rest -= step;
            if (size == CHUNK_BYTES) {
                tell(shown);
            }
        }
    }

    private void room(int more) {
        if (size + more > gathered.length) {
            int doubled = Math.max(FIRST_ROOM, gathered.length * 2);
            gathered = Arrays.copyOf(gathered, Math.min(CHUNK_BYTES, Math.max(size + more, doubled)));
        }
    }

    /** Puts on record what was gathered. */
    void flush() {
        Run of = run;
        run = null;
        if (of != null && size > 0) {
            tell(of);
        }
    }

    /** Something has been read: tells how much has gone through, if that was not told for long. */
    void pulse() {
        Run running = session.replies().run();
        if (running != null && running.isUntold(WINDOW_NANOS)) {
            if (run != running) {
                flush();
            }
            tell(running);
        }
    }

    private void tell(Run of) {
        byte[] messages = Arrays.copyOf(gathered, size);
        gathered = NOTHING;
        size = 0;
        CompletionStage<Void> durable;
        try {
            durable = session.deputy().shown(of.chunk(messages));
        } catch (RuntimeException e) {
            session.recordLost(e);
            return;
        }
        durable.whenComplete((done, failure) -> {
            if (failure != null) {
                session.client().eventLoop().execute(() -> session.recordLost(failure));
            }
        });
    }
}
