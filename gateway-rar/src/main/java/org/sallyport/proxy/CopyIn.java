package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.SessionEnd;
import org.sallyport.wire.Frontend;
import org.sallyport.wire.ProtocolException;

/**
 * COPY data from the client (manual, "COPY Operations").
 *
 * <pre>
 * NONE --a statement that takes COPY data is sent--> AWAITED --CopyInResponse--> TAKING --CopyDone, CopyFail--> NONE
 *   '<-------- its end ----------------------------'   '<--- where it is a Query, which may hold another COPY ---'
 * </pre>
 *
 * <p>While AWAITED nothing of the client is sent on, so that it is always known whether the server reads a message as part of
 * the copy. A Sync or Flush within the copy, which the server would ignore, is not sent at all.
 */
final class CopyIn {
    private enum State {
        NONE,
        AWAITED,
        TAKING
    }

    private final Session session;
    private State state = State.NONE;
    private @Nullable Run run;
    private boolean syncedLast;

    CopyIn(Session session) {
        this.session = session;
    }

    /** Whether what the client sends has to wait until the server has said how it reads it. */
    boolean isAwaited() {
        return state == State.AWAITED;
    }

    boolean isTaking() {
        return state == State.TAKING;
    }

    /** The run was sent; behind an Execute the server answers only when it is asked to. */
    void await(Run run, boolean execute) {
        this.run = run;
        state = State.AWAITED;
        if (execute) {
            write(Frontend.flush(session.server().alloc()));
        }
        session.toServer().flush();
    }

    /** CopyInResponse. */
    void began(@Nullable Run asking) {
        if (run == null || run != asking || state != State.AWAITED) {
            throw new ProtocolException("the server asks for COPY data unforeseen");
        }
        state = State.TAKING;
        syncedLast = false;
        session.clientSide().resumeSoon();
    }

    /** COPY data is sent on; {@code data} is only read. */
    void took(int messages, long bytes, ByteBuf data) {
        if (run != null && state == State.TAKING) {
            run.rows(messages, bytes);
            session.tape().take(run, data);
            syncedLast = false;
        }
    }

    /** A message other than CopyData, while TAKING; {@code frame} is only read. */
    void message(byte type, ByteBuf frame) {
        switch (type) {
            case 'c', 'f' -> {
                write(frame.retain());
                state = session.replies().isQueried(run) ? State.AWAITED : State.NONE;
                session.toServer().flush();
            }
            case 'S' -> syncedLast = true;
            case 'H' -> session.toServer().flush();
            default -> violated(type);
        }
    }

    /** As PostgreSQL, which reads no further then. */
    private void violated(byte type) {
        String violation = "unexpected message type 0x%02X during COPY from stdin".formatted(type);
        session.outbox().write(Errors.error(session.client().alloc(), Refusal.of("08P01", violation)));
        session.end(
                SessionEnd.PROTOCOL_VIOLATION,
                Refusal.of("08P01", "terminating connection because protocol synchronization was lost"));
    }

    /**
     * A run has come to its end. Where that was a failure in mid-copy and the client's last message was a Sync, the server
     * would not have read that as part of the copy but answered it: it is sent now. A cancelled copy has read all.
     */
    void over(Run ended, Optional<String> sqlState) {
        if (run != ended) {
            return;
        }
        boolean syncOwed =
                state == State.TAKING && syncedLast && !sqlState.equals(Optional.of(Errors.CANCELED.sqlState()));
        run = null;
        state = State.NONE;
        if (syncOwed) {
            session.replies().expect(new Reply.Synced(session.book().endSpan()));
            write(Frontend.sync(session.server().alloc()));
        }
        session.clientSide().resumeSoon();
    }

    private void write(ByteBuf message) {
        session.toServer().write(message);
    }
}
