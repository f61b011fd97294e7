package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Parameter;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.StatementAttempt.Phase;
import org.sallyport.proxy.Judging.Question;
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
    private final Judging judging;
    private final Refusing refusing;

    ClientSide(Session session, int maxMessageBytes) {
        this.session = session;
        this.reader = new FrameReader(this, maxMessageBytes);
        this.judging = new Judging(session, this::resume);
        this.refusing = new Refusing(session);
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
        return judging.withdraw();
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
        boolean last = type == 'X' && !session.closing();
        takeOrKeep(new Arrival(frame, false));
        if (last) {
            session.terminated();
        }
    }

    @Override
    public void forward(ByteBuf bytes) {
        takeOrKeep(new Arrival(bytes, true));
    }

    private void takeOrKeep(Arrival arrival) {
        if (session.closing()) {
            arrival.bytes().release();
        } else if (judging.isOpen() || !inbox.isEmpty()) {
            inbox.add(arrival);
            waitingBytes += arrival.bytes().readableBytes();
            session.pressure();
        } else {
            take(arrival);
        }
    }

    private void resume() {
        while (!judging.isOpen() && !inbox.isEmpty() && !session.over()) {
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
                write(arrival.bytes().retain());
            }
        } catch (RuntimeException e) {
            session.failed(e);
        } finally {
            arrival.bytes().release();
        }
    }

    private void handle(ByteBuf frame) {
        byte type = frame.getByte(frame.readerIndex());
        if (type == 'X') {
            send(frame);
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
            case 'F' -> refusing.simple(NO_FUNCTION_CALL);
            default -> throw new ProtocolException("invalid frontend message type " + type);
        }
    }

    private void query(Query query, ByteBuf frame) {
        judging.ask(new Question(Phase.QUERY, query.sql(), List.of(), frame, refusing::simple, run -> {
            session.replies().expect(new Reply.Queried(run, session.book().endSpan()));
            send(frame);
        }));
    }

    private void parse(Parse parse, ByteBuf frame) {
        judging.ask(new Question(
                Phase.PARSE,
                parse.sql(),
                List.of(),
                frame,
                refusal -> refusing.parse(refusal, parse.statement()),
                run -> {
                    var statement = new Book.Statement(parse.sql(), parse.parameterTypes());
                    Book.Change change = session.book().prepare(parse.statement(), statement);
                    session.replies().expect(new Reply.Named('1', change));
                    send(frame);
                }));
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
        Book.Change change = name.portal()
                ? session.book().closePortal(name.name())
                : session.book().closeStatement(name.name());
        session.replies().expect(new Reply.Named('3', change));
        send(frame);
    }

    private void execute(Execute execute, ByteBuf frame) {
        Book.Portal portal = session.book().portal(execute.portal());
        Run begun = portal == null ? null : portal.run();
        if (begun != null && begun.continues()) {
            session.replies().expect(new Reply.Executed(begun));
            send(frame);
            return;
        }
        // A portal that SQL's DECLARE made is read as SQL would read it, and judged as that.
        String sql = portal == null ? "FETCH ALL FROM " + quoted(execute.portal()) : portal.sql();
        List<Parameter> parameters = portal == null ? List.of() : portal.parameters();
        judging.ask(new Question(Phase.EXECUTE, sql, parameters, frame, refusing::extended, run -> {
            if (run.shaped()) {
                session.replies().expect(new Reply.Described(run));
                write(Frontend.describePortal(session.server().alloc(), execute.portal()));
                write(Frontend.flush(session.server().alloc()));
                judging.awaitDescription(run, frame, refusing::extended, () -> execute(run, portal, frame));
            } else {
                execute(run, portal, frame);
            }
        }));
    }

    private void execute(Run run, Book.@Nullable Portal portal, ByteBuf frame) {
        if (portal != null) {
            portal.run(run);
        }
        session.replies().expect(new Reply.Executed(run));
        send(frame);
    }

    private void sync(ByteBuf frame) {
        session.skipping(false);
        Run copy = session.copyIn();
        if (copy == null) {
            session.replies().expect(new Reply.Synced(session.book().endSpan()));
        } else {
            copy.syncedInCopy();
        }
        send(frame);
    }

    private void endCopy(ByteBuf frame) {
        if (session.copyIn() == null) {
            session.replies().expect(new Reply.CopyEnded());
        }
        session.copyIn(null);
        send(frame);
    }

    private void send(ByteBuf frame) {
        write(frame.retain());
    }

    private void write(ByteBuf message) {
        session.server().write(message, session.server().voidPromise());
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
