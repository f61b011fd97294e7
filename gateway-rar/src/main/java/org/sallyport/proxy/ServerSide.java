package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.wire.ErrorFields;
import org.sallyport.wire.FrameReader;
import org.sallyport.wire.ParameterStatus;
import org.sallyport.wire.ProtocolException;

/**
 * From the server to the client: matches each answer to what was asked, masks rows, counts, and releases a completion once
 * its record is durable.
 *
 * <p>Rows that nobody needs to see are forwarded unread.
 */
final class ServerSide implements FrameReader.Sink {
    /** Largest row, in bytes, that is masked; larger ones end the session rather than fill the heap. */
    private static final int MAX_WANTED_BYTES = 64 * 1024 * 1024;

    private static final String TRANSACTION_ABORTED = "25P02";

    private final Session session;
    private final Shaping shaping;
    private final FrameReader reader = new FrameReader(this, MAX_WANTED_BYTES);

    /** The last completion of a Query: it leaves with ReadyForQuery, or earlier where another statement follows it. */
    private final List<ByteBuf> held = new ArrayList<>();

    private final Set<Run> suspended = new HashSet<>();

    ServerSide(Session session) {
        this.session = session;
        this.shaping = new Shaping(session);
    }

    void read(ByteBuf bytes) {
        reader.read(bytes);
    }

    void close() {
        reader.close();
        held.forEach(ByteBuf::release);
        held.clear();
    }

    @Override
    public boolean wants(byte type, long payload) {
        if (type != 'D' && type != 'd') {
            return true;
        }
        Run run = session.replies().run();
        if (run == null || run.shaped()) {
            return true;
        }
        run.row(payload + 5);
        return false;
    }

    @Override
    public void forward(ByteBuf bytes) {
        releaseHeld();
        write(bytes);
    }

    @Override
    public void message(byte type, ByteBuf frame) {
        if (session.over()) {
            frame.release();
            return;
        }
        boolean passed = false;
        try {
            passed = handle(type, frame);
        } finally {
            if (!passed) {
                frame.release();
            }
        }
    }

    /** Returns whether the frame was passed on, and with it its ownership. */
    private boolean handle(byte type, ByteBuf frame) {
        ByteBuf payload = frame.slice(frame.readerIndex() + 5, frame.readableBytes() - 5);
        return switch (type) {
            case 'D' -> row(frame);
            case 'C' -> completed(frame, text(payload));
            case 'I' -> completed(frame, "");
            case 'Z' -> ready(frame, payload);
            case 'T' -> described(frame, payload);
            case 'n' -> noData(frame);
            case 't' -> forwarded(frame);
            case '1', '2', '3' -> named((char) type, frame);
            case 's' -> suspended(frame);
            case 'E' -> error(frame, payload);
            case 'N' -> notice(frame, payload);
            case 'S' -> parameterStatus(frame, ParameterStatus.decode(payload));
            case 'A' -> forwarded(frame);
            case 'G', 'H', 'c' -> copy(type, frame);
            default -> throw new ProtocolException("unexpected message from the server");
        };
    }

    private boolean row(ByteBuf frame) {
        Run run = session.replies().run();
        if (isRefused(run)) {
            return false;
        }
        Masker masker = run == null ? null : run.masker();
        if (run == null || masker == null) {
            throw new ProtocolException("a row without a description");
        }
        run.row(frame.readableBytes());
        releaseHeld();
        write(masker.mask(session.client().alloc(), frame));
        return false;
    }

    private boolean completed(ByteBuf frame, String tag) {
        Run run = session.replies().run();
        if (run == null) {
            throw new ProtocolException("a completion that nobody waits for");
        }
        run.completed(tag);
        run.copyOver();
        session.copyIn(null);
        if (session.replies().current() instanceof Reply.Queried) {
            run.resultOver();
            releaseHeld();
            if (isRefused(run)) {
                return false;
            }
            held.add(frame);
            return true;
        }
        session.replies().take(Reply.Executed.class);
        session.finish(run, Optional.empty());
        return forwarded(frame);
    }

    private boolean suspended(ByteBuf frame) {
        Run run = session.replies().take(Reply.Executed.class).run();
        run.suspended();
        suspended.add(run);
        return forwarded(frame);
    }

    private boolean ready(ByteBuf frame, ByteBuf payload) {
        TransactionStatus status = status(payload.readByte());
        session.transaction(status);
        int span;
        if (session.replies().current() instanceof Reply.Queried) {
            Reply.Queried queried = session.replies().take(Reply.Queried.class);
            Refusal refusal = queried.run().refusal();
            if (refusal != null) {
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
        if (status == TransactionStatus.IDLE) {
            session.book().transactionOver(span);
            finishSuspended();
        }
        releaseHeld();
        return forwarded(frame);
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
        session.server().flush();
    }

    /** A portal that was suspended and never run to its end is over with its transaction. */
    private void finishSuspended() {
        for (Run run : List.copyOf(suspended)) {
            if (!session.replies().owes(run)) {
                session.finish(run, Optional.empty());
                suspended.remove(run);
            }
        }
    }

    private static TransactionStatus status(byte indicator) {
        return switch (indicator) {
            case 'I' -> TransactionStatus.IDLE;
            case 'T' -> TransactionStatus.IN_TRANSACTION;
            case 'E' -> TransactionStatus.FAILED;
            default -> throw new ProtocolException("unknown transaction status from the server");
        };
    }

    private boolean described(ByteBuf frame, ByteBuf payload) {
        if (session.replies().current() instanceof Reply.Described) {
            Run asking = session.replies().take(Reply.Described.class).asking();
            if (asking == null) {
                return forwarded(frame);
            }
            shaping.plan(asking, payload);
            return false;
        }
        Run run = session.replies().run();
        if (run != null && run.shaped() && run.refusal() == null) {
            shaping.plan(run, payload);
        }
        return !isRefused(run) && forwarded(frame);
    }

    private static boolean isRefused(@Nullable Run run) {
        return run != null && run.refusal() != null;
    }

    private boolean noData(ByteBuf frame) {
        Run asking = session.replies().take(Reply.Described.class).asking();
        if (asking == null) {
            return forwarded(frame);
        }
        asking.planned(new MaskingPlan.Show(List.of()));
        return false;
    }

    private boolean named(char answer, ByteBuf frame) {
        Reply.Named named = session.replies().take(Reply.Named.class);
        if (named.answer() != answer) {
            throw new ProtocolException("the server answered out of turn");
        }
        named.change().made();
        return forwarded(frame);
    }

    private boolean error(ByteBuf frame, ByteBuf payload) {
        ErrorFields fields = ErrorFields.decode(payload);
        Reply current = session.replies().current();
        Run run = session.replies().run();
        session.copyIn(null);
        releaseHeld();
        if (run != null && run.hasSyncInCopy()) {
            return copyFailedBehindSync(run, fields);
        }
        if (current instanceof Reply.Queried queried) {
            queried.run().failed();
            session.finish(queried.run(), Optional.of(fields.sqlState()));
        } else if (!(current instanceof Reply.Refused refused && refused.simple())
                && !(current instanceof Reply.Synced)
                && current != null) {
            session.replies().skipToSync(fields.sqlState());
        }
        if (current instanceof Reply.Refused refused && !fields.sqlState().equals(TRANSACTION_ABORTED)) {
            write(Errors.error(session.client().alloc(), refused.refusal()));
            return false;
        }
        if (shaping.concerns(current, run)) {
            write(Shaping.error(session.client().alloc(), fields));
            return false;
        }
        return forwarded(frame);
    }

    /**
     * Whether the server has read the Sync before or after the copy failed cannot be known, so neither whether it will answer
     * it: whatever came next might be taken for the answer to something else.
     */
    private boolean copyFailedBehindSync(Run run, ErrorFields fields) {
        session.finish(run, Optional.of(fields.sqlState()));
        session.end(
                SessionEnd.ENDED,
                Refusal.of(
                        fields.sqlState(),
                        "the COPY failed, and with it the session",
                        "A Sync was sent before the COPY was ended, so the gateway cannot tell what the server answers next.",
                        "Send COPY FROM STDIN as a simple Query, or Sync behind CopyDone only."));
        return false;
    }

    private boolean notice(ByteBuf frame, ByteBuf payload) {
        if (shaping.concerns(session.replies().current(), session.replies().run())) {
            releaseHeld();
            write(Shaping.notice(session.client().alloc(), ErrorFields.decode(payload)));
            return false;
        }
        return forwarded(frame);
    }

    /** Statements are read as these settings make the server read them; whoever changed one cannot be understood further. */
    private boolean parameterStatus(ByteBuf frame, ParameterStatus status) {
        if (StartupParameters.keepsPins(status.name(), status.value())) {
            return forwarded(frame);
        }
        session.end(
                SessionEnd.ENDED,
                Refusal.of(
                        "42501",
                        "permission denied to change \"" + status.name() + "\"",
                        "Rule \"pinned settings\": statements could be read differently by the gateway and the server.",
                        "Leave this setting as it is."));
        return false;
    }

    private boolean copy(byte type, ByteBuf frame) {
        Run run = session.replies().run();
        if (run == null || run.shaped()) {
            session.end(SessionEnd.ENDED, Refusal.of("42501", "a COPY of masked columns cannot be shown"));
            return false;
        }
        if (type == 'G' && session.replies().copyInBegan(run)) {
            session.copyIn(run);
        }
        return forwarded(frame);
    }

    private boolean forwarded(ByteBuf frame) {
        releaseHeld();
        write(frame);
        return true;
    }

    private void releaseHeld() {
        held.forEach(this::write);
        held.clear();
    }

    private void write(ByteBuf message) {
        session.outbox().write(message);
    }

    private static String text(ByteBuf payload) {
        return payload.toString(
                payload.readerIndex(), Math.max(0, payload.readableBytes() - 1), StandardCharsets.UTF_8);
    }
}
