package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.wire.ProtocolException;

/**
 * The ends of statements: a completion leaves once its outcome is durable, in a Query together with ReadyForQuery.
 *
 * <p>Methods that take a frame return whether they passed it on, and with it its ownership.
 */
final class Completing {
    /** Far more than all settings that are reported. */
    private static final int MOST_HELD = 64 * 1024;

    private final Session session;

    /** The last completion of a Query, and what is reported behind it: it leaves with ReadyForQuery, or earlier where another statement follows it. */
    private @Nullable ByteBuf held;

    Completing(Session session) {
        this.session = session;
    }

    void close() {
        if (held != null) {
            held.release();
            held = null;
        }
    }

    boolean completed(ByteBuf frame, String tag) {
        Run run = session.replies().run();
        if (run == null) {
            throw new ProtocolException("a completion that nobody waits for");
        }
        run.completed(tag);
        session.ran(run);
        if (run.isRecording() && run.refusal() == null) {
            session.tape().take(run, frame);
        }
        if (session.replies().current() instanceof Reply.Queried) {
            run.resultOver();
            releaseHeld();
            if (run.refusal() != null) {
                return false;
            }
            held = frame;
            return true;
        }
        session.replies().take(Reply.Executed.class);
        session.finish(run, Optional.empty());
        return passed(frame);
    }

    boolean suspended(ByteBuf frame) {
        Reply.Executed executed = session.replies().take(Reply.Executed.class);
        Run run = executed.run();
        run.suspended();
        session.ran(run);
        session.tape().flush();
        Book.Portal portal = executed.portal();
        if (portal == null || portal.run() != run) {
            session.abandoned(run);
        }
        return passed(frame);
    }

    boolean ready(ByteBuf frame, ByteBuf payload) {
        TransactionStatus status = status(payload.readByte());
        int span;
        if (session.replies().current() instanceof Reply.Queried) {
            Reply.Queried queried = session.replies().take(Reply.Queried.class);
            Refusal refusal = queried.run().refusal();
            if (refusal != null) {
                session.ready(status);
                refuseResult(queried.run(), refusal);
                return false;
            }
            session.finish(queried.run(), Optional.empty());
            span = queried.span();
        } else if (session.replies().current() instanceof Reply.Refused refused && refused.simple()) {
            span = session.replies().take(Reply.Refused.class).span();
        } else {
            span = session.replies().take(Reply.Synced.class).span();
        }
        session.ready(status);
        if (status == TransactionStatus.IDLE) {
            session.book().transactionOver(span);
        }
        releaseHeld();
        boolean passed = passed(frame);
        session.asking().ready();
        return passed;
    }

    /**
     * A Query was judged by its text and has run, but its result may not be shown: the client gets the refusal, and an open
     * transaction fails as it would have. What has run beside it or was sent behind it cannot be undone: then the session ends.
     */
    private void refuseResult(Run run, Refusal refusal) {
        session.finish(run, Optional.of(refusal.sqlState()));
        if (run.isOneOfSeveral() || !session.replies().isEmpty()) {
            session.end(SessionEnd.ENDED, refusal);
            return;
        }
        new Refusing(session).simple(refusal);
        session.toServer().flush();
    }

    private static TransactionStatus status(byte indicator) {
        return switch (indicator) {
            case 'I' -> TransactionStatus.IDLE;
            case 'T' -> TransactionStatus.IN_TRANSACTION;
            case 'E' -> TransactionStatus.FAILED;
            default -> throw new ProtocolException("unknown transaction status from the server");
        };
    }

    /** A notification: the server tells of it between a Query's last completion and ReadyForQuery. */
    boolean notified(ByteBuf frame) {
        if (held != null && session.replies().current() instanceof Reply.Queried queried) {
            session.finish(queried.run(), Optional.empty());
        }
        return passed(frame);
    }

    /** A setting's value: before ReadyForQuery, and before PostgreSQL 14 also within a statement, which may follow the held completion. */
    boolean reported(ByteBuf frame) {
        ByteBuf before = held;
        if (before == null || before.readableBytes() > MOST_HELD) {
            return passed(frame);
        }
        held = session.client()
                .alloc()
                .buffer(before.readableBytes() + frame.readableBytes())
                .writeBytes(before)
                .writeBytes(frame);
        before.release();
        return false;
    }

    /** Something follows the held completion, so it was not the last of its Query. */
    void releaseHeld() {
        ByteBuf leaving = held;
        held = null;
        if (leaving != null) {
            session.outbox().write(leaving);
        }
    }

    private boolean passed(ByteBuf frame) {
        releaseHeld();
        session.outbox().write(frame);
        return true;
    }
}
