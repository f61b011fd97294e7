package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Parameter;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementAttempt.Phase;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.contract.Verdict;
import org.sallyport.wire.Backend;
import org.sallyport.wire.Bind;
import org.sallyport.wire.Execute;
import org.sallyport.wire.FrameReader;
import org.sallyport.wire.Frontend;
import org.sallyport.wire.Name;
import org.sallyport.wire.Parse;
import org.sallyport.wire.ProtocolException;
import org.sallyport.wire.Query;

/**
 * From the client to the server: each statement is judged before it goes on; messages behind one that is being judged or
 * held wait in order.
 */
final class ClientSide implements FrameReader.Sink {
    private static final Refusal NO_FUNCTION_CALL = Refusal.of(
            "42501",
            "the function call protocol is not permitted",
            "Rule \"protocol\": FunctionCall names a function without any SQL.",
            "Call the function in a SELECT.");

    /** What arrived: a whole message, or bytes of COPY data, which may begin and end anywhere in a message. */
    private record Arrival(ByteBuf bytes, boolean copyData) {}

    private final Session session;
    private final FrameReader reader;
    private final Deque<Arrival> inbox = new ArrayDeque<>();
    private long waitingBytes;
    private long attempts;

    /** Whether anything was sent since the last Sync or Query: the server then is in a transaction, if only an implicit one. */
    private boolean unsynced;

    private @Nullable CompletableFuture<Verdict> judging;

    ClientSide(Session session, int maxMessageBytes) {
        this.session = session;
        this.reader = new FrameReader(this, maxMessageBytes);
    }

    void read(ByteBuf bytes) {
        reader.read(bytes);
    }

    long waitingBytes() {
        return waitingBytes;
    }

    void close() {
        reader.close();
        inbox.forEach(arrival -> arrival.bytes().release());
        inbox.clear();
        waitingBytes = 0;
        withdraw();
    }

    /** Takes back the question that is open; false where none is. */
    boolean withdraw() {
        return judging != null && judging.cancel(true);
    }

    /** COPY data passes unread, in order with the rest. */
    @Override
    public boolean wants(byte type, long payload) {
        Run copy = session.copyIn();
        if (type == 'd' && copy != null) {
            copy.row(payload);
        }
        return type != 'd';
    }

    @Override
    public void message(byte type, ByteBuf frame) {
        takeOrKeep(new Arrival(frame, false));
    }

    @Override
    public void forward(ByteBuf bytes) {
        takeOrKeep(new Arrival(bytes, true));
    }

    private void takeOrKeep(Arrival arrival) {
        if (session.over()) {
            arrival.bytes().release();
        } else if (judging != null || !inbox.isEmpty()) {
            inbox.add(arrival);
            waitingBytes += arrival.bytes().readableBytes();
            session.pressure();
        } else {
            take(arrival);
        }
    }

    private void resume() {
        while (judging == null && !inbox.isEmpty() && !session.over()) {
            Arrival arrival = inbox.remove();
            waitingBytes -= arrival.bytes().readableBytes();
            take(arrival);
        }
        session.outbox().flush();
        session.server().flush();
        session.pressure();
    }

    private void take(Arrival arrival) {
        try {
            if (!arrival.copyData()) {
                handle(arrival.bytes());
            } else if (!session.skipping()) {
                write(arrival.bytes().retainedSlice());
            }
        } catch (RuntimeException e) {
            session.failed(e, SessionEnd.CLIENT_LOST);
        } finally {
            arrival.bytes().release();
        }
    }

    private void handle(ByteBuf frame) {
        byte type = frame.getByte(frame.readerIndex());
        if (type == 'X') {
            session.end(SessionEnd.TERMINATED, null);
            return;
        }
        if (type != 'S' && session.skipping()) {
            return;
        }
        if (session.copyIn() != null && "cfHS".indexOf(type) < 0) {
            throw new ProtocolException("unexpected message type 0x%02X during COPY from stdin".formatted(type));
        }
        ByteBuf payload = frame.slice(frame.readerIndex() + 5, Math.max(0, frame.readableBytes() - 5));
        switch (type) {
            case 'Q' -> query(Query.decode(payload), frame);
            case 'P' -> parse(Parse.decode(payload), frame);
            case 'B' -> bind(Bind.decode(payload), frame);
            case 'D' -> describe(frame);
            case 'C' -> closeName(Name.decode(payload), frame);
            case 'E' -> execute(Execute.decode(payload), frame);
            case 'S' -> sync(frame);
            case 'H' -> send(frame);
            case 'c', 'f' -> endCopy(frame);
            case 'F' -> refuseSimple(NO_FUNCTION_CALL);
            default -> throw new ProtocolException("invalid frontend message type " + type);
        }
    }

    private void query(Query query, ByteBuf frame) {
        judge(Phase.QUERY, query.sql(), List.of(), frame, this::refuseSimple, run -> {
            session.replies().expect(new Reply.Queried(run, session.book().endSpan()));
            send(frame);
        });
    }

    private void parse(Parse parse, ByteBuf frame) {
        judge(Phase.PARSE, parse.sql(), List.of(), frame, this::refuseExtended, run -> {
            var statement = new Book.Statement(parse.sql(), parse.parameterTypes());
            Runnable undo = session.book().prepare(parse.statement(), statement);
            session.replies().expect(new Reply.Named('1', undo));
            send(frame);
        });
    }

    private void bind(Bind bind, ByteBuf frame) {
        Book.Statement statement = session.book().statement(bind.statement());
        List<Parameter> parameters = new ArrayList<>(bind.values().size());
        for (int i = 0; i < bind.values().size(); i++) {
            Bind.Value value = bind.values().get(i);
            int type = statement == null ? 0 : statement.parameterType(i);
            parameters.add(new Parameter(type, value.binary(), value.bytes()));
        }
        // A statement that SQL's PREPARE made is run as SQL would run it, and judged as that.
        String sql = statement == null ? "EXECUTE " + quoted(bind.statement()) : statement.sql();
        var portal = new Book.Portal(sql, parameters, session.book().span());
        session.replies().expect(new Reply.Named('2', session.book().bind(bind.portal(), portal)));
        send(frame);
    }

    private void describe(ByteBuf frame) {
        session.replies().expect(new Reply.Described(null));
        send(frame);
    }

    private void closeName(Name name, ByteBuf frame) {
        Runnable undo = name.portal()
                ? session.book().closePortal(name.name())
                : session.book().closeStatement(name.name());
        session.replies().expect(new Reply.Named('3', undo));
        send(frame);
    }

    private void execute(Execute execute, ByteBuf frame) {
        Book.Portal portal = session.book().portal(execute.portal());
        if (portal != null && portal.run() != null) {
            session.replies().expect(new Reply.Executed(portal.run()));
            send(frame);
            return;
        }
        // A portal that SQL's DECLARE made is read as SQL would read it, and judged as that.
        String sql = portal == null ? "FETCH ALL FROM " + quoted(execute.portal()) : portal.sql();
        List<Parameter> parameters = portal == null ? List.of() : portal.parameters();
        judge(Phase.EXECUTE, sql, parameters, frame, this::refuseExtended, run -> {
            if (portal != null) {
                portal.run(run);
            }
            if (run.shaped()) {
                session.replies().expect(new Reply.Described(run));
                write(Frontend.describePortal(session.server().alloc(), execute.portal()));
            }
            session.replies().expect(new Reply.Executed(run));
            send(frame);
        });
    }

    private void sync(ByteBuf frame) {
        session.skipping(false);
        if (session.copyIn() == null) {
            session.replies().expect(new Reply.Synced(session.book().endSpan()));
        }
        send(frame);
    }

    private void endCopy(ByteBuf frame) {
        session.replies().expect(new Reply.CopyEnded());
        session.copyIn(null);
        send(frame);
    }

    private void judge(
            Phase phase,
            String sql,
            List<Parameter> parameters,
            ByteBuf frame,
            Consumer<Refusal> refuse,
            Consumer<Run> permit) {
        var attempt = new StatementAttempt(++attempts, phase, sql, parameters, session.transaction());
        CompletableFuture<Verdict> verdict;
        try {
            verdict = session.application().judge(session.id(), attempt).toCompletableFuture();
        } catch (RuntimeException e) {
            refuse.accept(Errors.refusal(session.id(), e));
            return;
        }
        if (verdict.isDone()) {
            judged(attempt, verdict, refuse, permit);
            return;
        }
        frame.retain();
        judging = verdict;
        session.outbox().flush();
        session.server().flush();
        verdict.whenComplete((done, failure) -> session.client().eventLoop().execute(() -> {
            judging = null;
            try {
                if (!session.over()) {
                    judged(attempt, verdict, refuse, permit);
                    resume();
                }
            } catch (RuntimeException e) {
                session.failed(e, SessionEnd.ENDED);
            } finally {
                frame.release();
            }
        }));
    }

    private void judged(
            StatementAttempt attempt,
            CompletableFuture<Verdict> answer,
            Consumer<Refusal> refuse,
            Consumer<Run> permit) {
        Verdict verdict;
        try {
            verdict = answer.getNow(null);
        } catch (RuntimeException e) {
            verdict = new Verdict.Deny(Errors.refusal(session.id(), e));
        }
        if (verdict instanceof Verdict.Permit permitted) {
            run(new Run(attempt.id(), permitted.visibility()), attempt.phase(), permit);
        } else if (session.skipping()) {
            // The server has failed an earlier message meanwhile: it would not have looked at this one.
            return;
        } else if (verdict instanceof Verdict.Deny denied) {
            refuse.accept(denied.refusal());
        } else {
            refuse.accept(Errors.refusal(session.id(), new IllegalStateException("no verdict")));
        }
    }

    private void run(Run run, Phase phase, Consumer<Run> permit) {
        if (!session.skipping()) {
            permit.accept(run);
        } else if (phase != Phase.PARSE) {
            session.finish(run, Optional.of(SKIPPED));
        }
    }

    /** Nothing is owed and no transaction is open: the refusal needs no help of the server's. */
    private boolean idle() {
        return !unsynced && session.replies().isEmpty() && session.transaction() == TransactionStatus.IDLE;
    }

    private void refuseSimple(Refusal refusal) {
        if (idle()) {
            session.outbox().write(Errors.error(session.client().alloc(), refusal));
            session.outbox().write(Backend.readyForQuery(session.client().alloc(), 'I'));
            session.outbox().flush();
            return;
        }
        session.replies().expect(new Reply.Refused(refusal, true, session.book().endSpan()));
        write(Frontend.query(session.server().alloc(), CANNOT_SUCCEED));
    }

    private void refuseExtended(Refusal refusal) {
        boolean idle = idle();
        session.skipping(true);
        if (idle) {
            session.outbox().write(Errors.error(session.client().alloc(), refusal));
            session.outbox().flush();
            return;
        }
        session.replies()
                .expect(new Reply.Refused(refusal, false, session.book().span()));
        write(Frontend.parse(session.server().alloc(), CANNOT_SUCCEED_NAME, CANNOT_SUCCEED));
    }

    private void send(ByteBuf frame) {
        byte type = frame.getByte(frame.readerIndex());
        unsynced = type != 'S' && type != 'Q' && (unsynced || "PBDEC".indexOf(type) >= 0);
        write(frame.retainedSlice());
    }

    private void write(ByteBuf message) {
        session.server().write(message, session.server().voidPromise());
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * Fails in analysis, before anything runs, whatever the search path: the schema is the system's own. In a transaction that
     * has failed already, PostgreSQL's own error for that comes first.
     */
    private static final String CANNOT_SUCCEED = "SELECT NULL::pg_catalog.\"refused by the gateway\"";

    /** in_failed_sql_transaction: the outcome of a statement that was permitted and then skipped. */
    private static final String SKIPPED = "25P02";

    /** A name no client uses by accident; the unnamed statement must survive. */
    private static final String CANNOT_SUCCEED_NAME = "refused by the gateway";
}
