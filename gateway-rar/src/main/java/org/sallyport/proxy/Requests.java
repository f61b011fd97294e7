package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.CopyTo;
import org.sallyport.contract.Parameter;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.StatementAttempt.Phase;
import org.sallyport.proxy.Judging.Described;
import org.sallyport.proxy.Judging.Question;
import org.sallyport.wire.Bind;
import org.sallyport.wire.Execute;
import org.sallyport.wire.Frontend;
import org.sallyport.wire.FunctionCall;
import org.sallyport.wire.Name;
import org.sallyport.wire.Parse;
import org.sallyport.wire.ProtocolException;
import org.sallyport.wire.Query;
import org.sallyport.wire.UndecodableText;
import org.sallyport.wire.UnusableName;
import org.sallyport.wire.Value;

/** The client's messages, one at a time: each statement is judged before it goes on. */
final class Requests {
    /** Every type that a session may send. */
    private static final String TYPES = "QPBDECSHFcfX";

    /** A name no client uses by accident: the client's own statements must survive. */
    private static final String COPIED = "copied through the gateway";

    private static final Refusal FULL = Refusal.of(
            "53400",
            "this session has too much prepared or bound at a time",
            "what is prepared and bound may together take about as much as one message may",
            "Close prepared statements that are not used any more, or DEALLOCATE ALL.");

    private static final Refusal UNUSABLE_NAME = Refusal.of(
            "42602",
            "a prepared statement or portal cannot have this name",
            "PostgreSQL would cut it, or store it in another encoding: the gateway could take it for another one.",
            "Use a name of ASCII characters, 63 at most.");

    private final Session session;
    private final Judging judging;
    private final CopyIn copyIn;
    private final Refusing refusing;

    Requests(Session session, Judging judging, CopyIn copyIn) {
        this.session = session;
        this.judging = judging;
        this.copyIn = copyIn;
        this.refusing = new Refusing(session);
    }

    /** {@code frame} is only read. */
    void handle(ByteBuf frame) {
        byte type = frame.getByte(frame.readerIndex());
        if (type == 'X') {
            // PostgreSQL does not look at what might stand in it, and need not get it.
            write(Frontend.terminate(session.server().alloc()));
        } else if (copyIn.isTaking()) {
            copyIn.message(type, frame);
        } else if (TYPES.indexOf(type) < 0) {
            throw new ProtocolException("invalid frontend message type " + type);
        } else if (type == 'S' || !session.skipping()) {
            handle(type, frame);
        }
    }

    private void handle(byte type, ByteBuf frame) {
        ByteBuf payload = frame.slice(frame.readerIndex() + 5, frame.readableBytes() - 5);
        try {
            switch (type) {
                case 'Q' -> query(Query.decode(payload, session.encoding()), frame);
                case 'P' -> parse(Parse.decode(payload, session.encoding()), frame);
                case 'B' -> bind(Bind.decode(payload, session.encoding()), frame);
                case 'D' -> describe(Name.decode(payload, session.encoding()), frame);
                case 'C' -> closeName(Name.decode(payload, session.encoding()), frame);
                case 'E' -> execute(Execute.decode(payload, session.encoding()), frame);
                case 'S' -> sync(frame);
                case 'H' -> flush(payload, frame);
                case 'F' -> call(FunctionCall.decode(payload), frame);
                default -> {
                    // CopyDone and CopyFail outside of a copy: a client that has not yet read why it ended.
                }
            }
        } catch (ProtocolException malformed) {
            refuse(type, Refusal.of("08P01", malformed.violation()));
        } catch (UnusableName unusable) {
            refuse(type, UNUSABLE_NAME);
        } catch (UndecodableText undecodable) {
            refuse(type, Refusal.of("22021", "invalid byte sequence for encoding \"UTF8\""));
        }
    }

    /** A message that cannot be read is an error like another: where it ends is known. */
    private void refuse(byte type, Refusal refusal) {
        if (type == 'Q' || type == 'F') {
            refusing.simple(refusal);
        } else {
            refusing.extended(refusal);
        }
    }

    private void query(Query query, ByteBuf frame) {
        judging.ask(new Question(Phase.QUERY, query.sql(), List.of(), frame, refusing::simple, run -> {
            if (run.copy().isPresent()) {
                describe(run, run.copy().get());
                judging.awaitDescription(
                        new Described(run, frame, refusing::simple, () -> query(run, frame), this::syncOwn));
            } else {
                query(run, frame);
            }
        }));
    }

    private void query(Run run, ByteBuf frame) {
        session.replies().expect(new Reply.Queried(run, session.book().endSpan()));
        send(frame);
        if (run.takesCopyData()) {
            copyIn.await(run, false);
        }
    }

    /**
     * Of a COPY the server does not describe the columns. What it runs is prepared and described before it, without a Sync in between: the
     * transaction's locks keep that as it is until the COPY has run.
     */
    private void describe(Run run, CopyTo copy) {
        ByteBufAllocator allocator = session.server().alloc();
        session.replies().expect(new Reply.Prepared('1', run));
        write(Frontend.parse(allocator, COPIED, copy.query()));
        session.replies().expect(new Reply.Described(run));
        write(Frontend.describeStatement(allocator, COPIED));
        session.replies().expect(new Reply.Prepared('3', run));
        write(Frontend.closeStatement(allocator, COPIED));
        write(Frontend.flush(allocator));
    }

    /** The server has failed what the gateway sent before a Query, and waits for a Sync that the client will not send. */
    private void syncOwn() {
        session.skipping(false);
        session.replies().expect(new Reply.Synced(session.book().endSpan()));
        write(Frontend.sync(session.server().alloc()));
    }

    private void call(FunctionCall call, ByteBuf frame) {
        String oid = Integer.toUnsignedString(call.function());
        List<Parameter> arguments = parameters(null, call.arguments());
        judging.ask(new Question(Phase.FUNCTION_CALL, oid, arguments, frame, refusing::simple, run -> {
            session.replies().expect(new Reply.Queried(run, session.book().endSpan()));
            send(frame);
        }));
    }

    private void parse(Parse parse, ByteBuf frame) {
        if (session.book().isFull()) {
            full(frame, () -> parse(parse, frame), refusal -> refusing.parse(refusal, parse.statement()));
            return;
        }
        judging.ask(new Question(
                Phase.PARSE,
                parse.sql(),
                parse.parameterTypes().stream()
                        .map(type -> new Parameter(type, false, null))
                        .toList(),
                frame,
                refusal -> refusing.parse(refusal, parse.statement()),
                run -> {
                    statement(parse.statement());
                    var statement = new Book.Statement(parse.sql(), parse.parameterTypes(), run.statement());
                    Book.Change change = session.book().prepare(parse.statement(), statement);
                    session.replies().expect(new Reply.Named('1', change));
                    send(frame);
                }));
    }

    /** Of what was sent ahead much may be forgotten once the server has answered it, which it does not do by itself before a Sync. */
    private void full(ByteBuf frame, Runnable again, Consumer<Refusal> refuse) {
        CompletableFuture<Void> unanswered = session.book().unanswered();
        if (unanswered == null) {
            refuse.accept(FULL);
        } else {
            write(Frontend.flush(session.server().alloc()));
            judging.awaitAnswer(unanswered, frame, again);
        }
    }

    /** The server looks names up as it binds: what that depends on is asked for before, since in between it cannot be. */
    private void bind(Bind bind, ByteBuf frame) {
        CompletionStage<Void> asked = session.deputy().binding(judging.transaction());
        if (asked == null) {
            bindNow(bind, frame);
        } else {
            judging.awaitAnswer(asked.toCompletableFuture(), frame, () -> bindNow(bind, frame));
        }
    }

    private void bindNow(Bind bind, ByteBuf frame) {
        CompletableFuture<Void> unanswered = session.book().unanswered(bind.statement());
        if (unanswered != null) {
            judging.awaitAnswer(unanswered, frame, () -> bindNow(bind, frame));
            return;
        }
        if (session.book().isFull()) {
            full(frame, () -> bindNow(bind, frame), refusing::extended);
            return;
        }
        Book.Statement statement = session.book().statement(bind.statement());
        // A statement that SQL's PREPARE made is run as SQL would run it, and judged as that.
        String sql = statement == null ? "EXECUTE " + quoted(bind.statement()) : statement.sql();
        portal(bind.portal());
        var since = new Judging.Since(judging.attempts(), statement == null ? 0 : statement.attempt());
        var portal = new Book.Portal(
                sql, parameters(statement, bind.values()), session.book().span(), since);
        session.replies().expect(new Reply.Named('2', session.book().bind(bind.portal(), portal)));
        send(frame);
    }

    private static List<Parameter> parameters(Book.@Nullable Statement statement, List<Value> values) {
        List<Parameter> parameters = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            Value value = values.get(i);
            int type = statement == null ? 0 : statement.parameterType(i);
            parameters.add(new Parameter(type, value.binary(), value.bytes()));
        }
        return parameters;
    }

    private void describe(Name unused, ByteBuf frame) {
        session.replies().expect(new Reply.Described(null));
        send(frame);
    }

    private void portal(String name) {
        if (!name.isEmpty()) {
            session.deputy().portal(name);
        }
    }

    private void statement(String name) {
        if (!name.isEmpty()) {
            session.deputy().statement(name);
        }
    }

    private void closeName(Name name, ByteBuf frame) {
        if (name.portal()) {
            portal(name.name());
        } else {
            statement(name.name());
        }
        Book.Change change = name.portal()
                ? session.book().closePortal(name.name())
                : session.book().closeStatement(name.name());
        session.replies().expect(new Reply.Named('3', change));
        send(frame);
    }

    private void execute(Execute execute, ByteBuf frame) {
        CompletableFuture<Void> unanswered = session.book().unansweredPortal(execute.portal());
        if (unanswered != null) {
            judging.awaitAnswer(unanswered, frame, () -> execute(execute, frame));
            return;
        }
        Book.Portal portal = session.book().portal(execute.portal());
        Run begun = portal == null ? null : portal.run();
        if (begun != null && begun.continues()) {
            session.replies().expect(new Reply.Executed(begun, portal));
            send(frame);
            return;
        }
        // A portal that SQL's DECLARE made is read as SQL would read it, and judged as that.
        String sql = portal == null ? "FETCH ALL FROM " + quoted(execute.portal()) : portal.sql();
        List<Parameter> parameters = portal == null ? List.of() : portal.parameters();
        // A cursor of SQL was judged when it was declared.
        Judging.Since since = portal == null ? Judging.Since.NOW : portal.since();
        judging.ask(new Question(Phase.EXECUTE, sql, parameters, since, frame, refusing::extended, run -> {
            if (run.isPlanned()) {
                if (run.copy().isPresent()) {
                    describe(run, run.copy().get());
                } else {
                    session.replies().expect(new Reply.Described(run));
                    write(Frontend.describePortal(session.server().alloc(), execute.portal()));
                    write(Frontend.flush(session.server().alloc()));
                }
                judging.awaitDescription(
                        new Described(run, frame, refusing::extended, () -> execute(run, portal, frame), () -> {}));
            } else {
                if (run.isRecorded()) {
                    session.replies().expect(new Reply.Described(run));
                    write(Frontend.describePortal(session.server().alloc(), execute.portal()));
                }
                execute(run, portal, frame);
            }
        }));
    }

    private void execute(Run run, Book.@Nullable Portal portal, ByteBuf frame) {
        if (portal != null) {
            portal.run(run);
        }
        session.replies().expect(new Reply.Executed(run, portal));
        send(frame);
        if (run.takesCopyData()) {
            copyIn.await(run, true);
        }
    }

    private void sync(ByteBuf frame) {
        session.skipping(false);
        session.replies().expect(new Reply.Synced(session.book().endSpan()));
        send(frame);
    }

    /** Where the server fails it nothing tells of that: no answer is owed, and up to the next Sync there will be none. */
    private void flush(ByteBuf payload, ByteBuf frame) {
        if (payload.isReadable()) {
            throw new ProtocolException("invalid message format");
        }
        send(frame);
    }

    private void send(ByteBuf frame) {
        write(frame.retain());
    }

    private void write(ByteBuf message) {
        session.toServer().write(message);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
