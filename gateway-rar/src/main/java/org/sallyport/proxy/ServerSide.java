package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Detector;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.SessionEnd;
import org.sallyport.value.Masker;
import org.sallyport.wire.Backend;
import org.sallyport.wire.ErrorFields;
import org.sallyport.wire.FrameReader;
import org.sallyport.wire.ParameterStatus;
import org.sallyport.wire.ProtocolException;

/**
 * From the server to the client: matches each answer to what was asked, masks rows and counts; {@link Completing} sees each
 * statement to its end.
 *
 * <p>Rows that nobody needs to see are forwarded unread.
 */
final class ServerSide implements FrameReader.Sink {
    /** Largest row, in bytes, that is masked; larger ones end the session rather than fill the heap. */
    private static final int MAX_WANTED_BYTES = 64 * 1024 * 1024;

    private static final String TRANSACTION_ABORTED = "25P02";

    private final Session session;
    private final Shaping shaping;
    private final Completing completing;
    private final CopyOut copyOut;
    private final FrameReader reader = new FrameReader(this, MAX_WANTED_BYTES);

    ServerSide(Session session) {
        this.session = session;
        this.shaping = new Shaping(session);
        this.completing = new Completing(session);
        this.copyOut = new CopyOut(session);
    }

    /** What the server says from now on is looked at for this. */
    void screen(List<Detector> detectors) {
        shaping.screen(detectors);
    }

    void read(ByteBuf bytes) {
        reader.read(bytes);
    }

    /** Bytes of a message that has not come to its end. */
    long kept() {
        return reader.held();
    }

    void close() {
        reader.close();
        completing.close();
    }

    @Override
    public boolean wants(byte type, long payload) {
        if (type != 'D' && type != 'd') {
            return true;
        }
        Run run = session.replies().run();
        if (run == null || run.shaped() || (type == 'D' && run.readsRows(payload, MAX_WANTED_BYTES))) {
            return true;
        }
        run.row(payload + 5);
        return false;
    }

    @Override
    public void forward(ByteBuf bytes) {
        completing.releaseHeld();
        session.tape().take(session.replies().run(), bytes);
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
        if (session.replies().current() instanceof Reply.Asked
                && session.asking().takes(type, payload)) {
            return false;
        }
        return switch (type) {
            case 'D' -> row(frame);
            case 'C' -> completing.completed(frame, text(payload));
            case 'I' -> completing.completed(frame, "");
            case 'Z' -> completing.ready(frame, payload);
            case 'T' -> described(frame, payload);
            case 'n' -> noData(frame);
            case 't' -> parameters(frame);
            case '1', '2', '3' -> named((char) type, frame);
            case 's' -> completing.suspended(frame);
            case 'E' -> error(frame, payload);
            case 'N' -> notice(frame, payload);
            case 'S' -> parameterStatus(frame, ParameterStatus.decode(payload));
            case 'A' -> completing.notified(frame);
            case 'G', 'H', 'c', 'd' -> copy(type, frame);
            case 'V' -> functionResult(frame);
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
        completing.releaseHeld();
        show(run, masker, frame);
        return false;
    }

    /** Small rows are masked to where they are sent from. */
    private void show(Run run, Masker masker, ByteBuf frame) {
        ByteBuf room = masker.isClear() ? null : session.outbox().room(frame.readableBytes());
        if (room == null) {
            ByteBuf shown = masker.mask(session.client().alloc(), frame);
            session.tape().take(run, shown);
            write(shown);
            return;
        }
        int start = room.writerIndex();
        masker.mask(frame, room);
        if (run.isRecorded()) {
            session.tape().take(run, room.slice(start, room.writerIndex() - start));
        }
    }

    private boolean described(ByteBuf frame, ByteBuf payload) {
        if (session.replies().current() instanceof Reply.Described) {
            Run asking = session.replies().take(Reply.Described.class).asking();
            if (asking == null) {
                return forwarded(frame);
            }
            describedForGateway(asking, frame, payload);
            return false;
        }
        Run run = session.replies().run();
        if (run != null && run.isPlanned() && run.refusal() == null) {
            shaping.plan(run, payload);
        }
        if (isRefused(run)) {
            return false;
        }
        session.tape().take(run, frame);
        return forwarded(frame);
    }

    /** Of the columns of what is executed the record hears only this way. */
    private void describedForGateway(Run asking, ByteBuf frame, ByteBuf payload) {
        if (asking.awaitsDescription()) {
            shaping.plan(asking, payload);
        }
        if (asking.refusal() == null && asking.copy().isEmpty()) {
            session.tape().take(asking, frame);
        }
    }

    private static boolean isRefused(@Nullable Run run) {
        return run != null && run.refusal() != null;
    }

    private boolean noData(ByteBuf frame) {
        Run asking = session.replies().take(Reply.Described.class).asking();
        if (asking == null) {
            return forwarded(frame);
        }
        if (asking.awaitsDescription()) {
            asking.planned(new MaskingPlan.Show(List.of()), List.of());
        }
        return false;
    }

    /** Of what the gateway has described for itself the client hears nothing. */
    private boolean parameters(ByteBuf frame) {
        boolean own = session.replies().current() instanceof Reply.Described described && described.asking() != null;
        return !own && forwarded(frame);
    }

    private boolean named(char answer, ByteBuf frame) {
        if (session.replies().current() instanceof Reply.Prepared prepared && prepared.answer() == answer) {
            session.replies().take(Reply.Prepared.class);
            return false;
        }
        if (answer == '3' && session.replies().current() instanceof Reply.Forgotten) {
            session.replies().take(Reply.Forgotten.class);
            return false;
        }
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
        session.failed();
        completing.releaseHeld();
        if (fields.isFatal()) {
            session.serverSaidWhy();
        } else if (current == null) {
            throw new ProtocolException("an error that nobody waits for");
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
        ErrorFields shown = shaping.screened(fields);
        if (shown != fields) {
            write(Backend.errorResponse(session.client().alloc(), shown.values()));
            return false;
        }
        return forwarded(frame);
    }

    private boolean notice(ByteBuf frame, ByteBuf payload) {
        if (session.replies().current() instanceof Reply.Prepared) {
            // The server will say it again of the client's own statement.
            return false;
        }
        ErrorFields fields = ErrorFields.decode(payload);
        if (shaping.concerns(session.replies().current(), session.replies().run())) {
            completing.releaseHeld();
            write(Shaping.notice(session.client().alloc(), fields));
            return false;
        }
        ErrorFields shown = shaping.screened(fields);
        if (shown != fields) {
            completing.releaseHeld();
            write(Backend.noticeResponse(session.client().alloc(), shown.values()));
            return false;
        }
        return forwarded(frame);
    }

    /** Statements are read as these settings make the server read them; whoever changed one cannot be understood further. */
    private boolean parameterStatus(ByteBuf frame, ParameterStatus status) {
        if (session.reported(status)) {
            return completing.reported(frame);
        }
        session.end(SessionEnd.ENDED, Errors.notPinned(status));
        return false;
    }

    /** The result of a function has no columns that could be masked. */
    private boolean functionResult(ByteBuf frame) {
        Run run = session.replies().run();
        if (run == null || run.shaped()) {
            throw new ProtocolException("the result of a function that was not called");
        }
        run.row(frame.readableBytes());
        session.tape().take(run, frame);
        return forwarded(frame);
    }

    private boolean copy(byte type, ByteBuf frame) {
        Run run = session.replies().run();
        if (run == null || run.shaped()) {
            completing.releaseHeld();
            if (!copyOut.message(type, frame, run)) {
                return false;
            }
        } else if (type == 'G') {
            session.clientSide().copyIn().began(run);
        }
        session.tape().take(run, frame);
        return forwarded(frame);
    }

    private boolean forwarded(ByteBuf frame) {
        completing.releaseHeld();
        write(frame);
        return true;
    }

    private void write(ByteBuf message) {
        session.outbox().write(message);
    }

    private static String text(ByteBuf payload) {
        return payload.toString(
                payload.readerIndex(), Math.max(0, payload.readableBytes() - 1), StandardCharsets.UTF_8);
    }
}
