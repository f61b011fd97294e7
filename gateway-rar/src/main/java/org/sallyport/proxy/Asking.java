package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.NotAnswered;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.wire.ClientEncoding;
import org.sallyport.wire.ErrorFields;
import org.sallyport.wire.Frontend;
import org.sallyport.wire.ParameterStatus;
import org.sallyport.wire.ProtocolException;

/**
 * Asks the session's own server something between two statements of the client's, who hears nothing of it. It goes by the extended protocol
 * with names of its own: there the server takes one command at a time, and the client's unnamed statement and portal stay.
 *
 * <pre>
 * SHOW … | Sync                                   takes no snapshot: what the client says next about its transaction still holds
 * BEGIN or SAVEPOINT | commands | Sync            fails where one of them does
 * ROLLBACK [TO SAVEPOINT and RELEASE] | Sync      must not fail
 * </pre>
 */
final class Asking {
    /** No client uses it by accident. */
    private static final String NAME = "asked by the gateway";

    /** Of its own whatever the session's transactions begin as. */
    private static final String BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE, NOT DEFERRABLE";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Session session;

    /** A client's savepoint must not have the name. */
    private final String savepoint = '"' + NAME + ' ' + HexFormat.of().toHexDigits(RANDOM.nextLong()) + '"';

    private @Nullable Question open;
    private Rows rows = new Rows();
    private int owed;
    private @Nullable String failure;

    Asking(Session session) {
        this.session = session;
    }

    /** @param takenBack whether something may have to be */
    private record Question(
            List<String> commands, boolean takenBack, CompletableFuture<List<List<@Nullable String>>> answer) {}

    /** Asks for a setting, once the server has answered what it was sent. */
    void show(String setting, CompletableFuture<String> answer) {
        CompletableFuture<List<List<@Nullable String>>> rows = new CompletableFuture<>();
        rows.whenComplete((told, failed) -> {
            String value = failed == null ? onlyValue(told) : null;
            if (value == null) {
                answer.completeExceptionally(new IllegalStateException("the server told no setting", failed));
            } else {
                answer.complete(value);
            }
        });
        open(new Question(List.of("SHOW " + setting), false, rows));
    }

    /** Puts commands to the server that it takes back, once it has answered what it was sent. */
    void ask(List<String> commands, CompletableFuture<List<List<@Nullable String>>> answer) {
        open(new Question(List.copyOf(commands), true, answer));
    }

    private void open(Question question) {
        boolean can = open == null
                && !session.ending()
                && session.replies().settles()
                && !session.toServer().isInMidst()
                && session.encoding().equals(ClientEncoding.UTF8);
        if (!can) {
            question.answer().completeExceptionally(new IllegalStateException("the server cannot be asked now"));
            return;
        }
        open = question;
        sendWhereIdle();
    }

    /** The server is ready for whatever comes next. */
    void ready() {
        if (open != null && owed == 0) {
            sendWhereIdle();
        }
    }

    private void sendWhereIdle() {
        Question question = open;
        // A cancel on its way to the server was not meant for this.
        if (question == null
                || !session.replies().idle()
                || session.clientSide().isCanceling()) {
            return;
        }
        if (session.transaction() == TransactionStatus.FAILED) {
            fail(new IllegalStateException("the transaction has failed"));
            return;
        }
        if (session.toServer().isInMidst()) {
            session.failed(new ProtocolException("incomplete CopyData message"));
            return;
        }
        session.replies().expect(new Reply.Asked());
        boolean idle = session.transaction() == TransactionStatus.IDLE;
        if (question.takenBack()) {
            command(idle ? BEGIN : "SAVEPOINT " + savepoint);
        }
        question.commands().forEach(this::command);
        sync();
        if (question.takenBack()) {
            takeBack(idle);
        }
        session.toServer().flush();
    }

    private void takeBack(boolean idle) {
        if (idle) {
            command("ROLLBACK");
        } else {
            command("ROLLBACK TO SAVEPOINT " + savepoint);
            command("RELEASE SAVEPOINT " + savepoint);
        }
        sync();
    }

    /** What an error has left of the one before is closed first. */
    private void command(String sql) {
        closeNames();
        ByteBufAllocator allocator = session.server().alloc();
        write(Frontend.parse(allocator, NAME, sql));
        write(Frontend.bind(allocator, NAME, NAME));
        write(Frontend.execute(allocator, NAME));
        closeNames();
    }

    private void closeNames() {
        ByteBufAllocator allocator = session.server().alloc();
        write(Frontend.closePortal(allocator, NAME));
        write(Frontend.closeStatement(allocator, NAME));
    }

    private void sync() {
        owed++;
        write(Frontend.sync(session.server().alloc()));
    }

    private void write(ByteBuf message) {
        session.toServer().write(message);
    }

    /** Takes a message that belongs to the answer; says whether it does. */
    boolean takes(byte type, ByteBuf payload) {
        switch (type) {
            case '1', '2', '3', 'C', 'N' -> {
                // Nothing that anybody asked for.
            }
            case 'D' -> rows.add(payload);
            case 'S' -> {
                // What is taken back is told twice.
                return takesBack()
                        && ParameterStatus.decode(payload.slice()).name().equals("search_path");
            }
            case 'Z' -> synced((char) payload.readByte());
            case 'E' -> {
                return requireHarmless(ErrorFields.decode(payload.slice()));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean takesBack() {
        return open != null && open.takenBack();
    }

    /** Of a server that ends the session the client hears, too. Whoever made the server fail otherwise has no session any more. */
    private boolean requireHarmless(ErrorFields error) {
        if (error.isFatal()) {
            return false;
        }
        if (!takesBack() || owed < 2) {
            throw new ProtocolException("the server did not answer the gateway: " + error.sqlState());
        }
        failure = error.sqlState();
        return true;
    }

    private void synced(char status) {
        owed--;
        if (owed > 0) {
            return;
        }
        session.replies().take(Reply.Asked.class);
        boolean idle = session.transaction() == TransactionStatus.IDLE;
        if (status != (idle ? 'I' : 'T')) {
            throw new ProtocolException("the server did not take back what the gateway asked");
        }
        answer();
    }

    private void answer() {
        Question question = open;
        Rows told = rows;
        String failed = failure;
        forget();
        if (question == null) {
            throw new ProtocolException("the server answered what nobody asked");
        }
        if (failed != null) {
            question.answer().completeExceptionally(new NotAnswered(failed));
        } else if (told.isTooLarge()) {
            question.answer().completeExceptionally(new IllegalStateException("the answer is too large"));
        } else {
            question.answer().complete(told.all());
        }
    }

    private static @Nullable String onlyValue(List<List<@Nullable String>> rows) {
        return rows.size() == 1 && rows.get(0).size() == 1 ? rows.get(0).get(0) : null;
    }

    /** Nobody will answer any more. */
    void close() {
        fail(new IllegalStateException("the session is over"));
    }

    private void fail(IllegalStateException why) {
        Question question = open;
        forget();
        if (question != null) {
            question.answer().completeExceptionally(why);
        }
    }

    private void forget() {
        open = null;
        owed = 0;
        rows = new Rows();
        failure = null;
    }
}
