package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.wire.ErrorFields;
import org.sallyport.wire.Frontend;
import org.sallyport.wire.ProtocolException;

/**
 * Asks the session's own server for a setting between two statements of the client's. SHOW takes no snapshot, so that what the client
 * says next about its transaction still holds; the extended protocol with names leaves the client's unnamed statement and portal alone.
 */
final class Asking {
    /** No client uses it by accident. */
    private static final String NAME = "asked by the gateway";

    private final Session session;
    private @Nullable Question open;
    private boolean sent;
    private @Nullable String value;

    Asking(Session session) {
        this.session = session;
    }

    private record Question(String setting, CompletableFuture<String> answer) {}

    /** Asks once the server has answered what it was sent. */
    void show(String setting, CompletableFuture<String> answer) {
        if (open != null || session.ending() || !session.replies().settles()) {
            answer.completeExceptionally(new IllegalStateException("the server cannot be asked now"));
            return;
        }
        open = new Question(setting, answer);
        sendWhereIdle();
    }

    /** The server is ready for whatever comes next. */
    void ready() {
        if (open != null && !sent) {
            sendWhereIdle();
        }
    }

    private void sendWhereIdle() {
        Question question = open;
        if (question == null || !session.replies().idle()) {
            return;
        }
        if (session.transaction() == TransactionStatus.FAILED) {
            fail(new IllegalStateException("the transaction has failed"));
            return;
        }
        sent = true;
        session.replies().expect(new Reply.Asked());
        ByteBufAllocator allocator = session.server().alloc();
        write(Frontend.parse(allocator, NAME, "SHOW " + question.setting()));
        write(Frontend.bind(allocator, NAME, NAME));
        write(Frontend.execute(allocator, NAME));
        write(Frontend.closePortal(allocator, NAME));
        write(Frontend.closeStatement(allocator, NAME));
        write(Frontend.sync(allocator));
        session.toServer().flush();
    }

    private void write(ByteBuf message) {
        session.toServer().write(message);
    }

    /** Takes a message that belongs to the answer; says whether it does. Whoever made the server fail here has no session any more. */
    boolean takes(byte type, ByteBuf payload) {
        switch (type) {
            case '1', '2', '3', 'C', 'N' -> {
                // Nothing that anybody asked for.
            }
            case 'D' -> value = onlyColumn(payload);
            case 'Z' -> over();
            case 'E' -> {
                return requireFatal(ErrorFields.decode(payload));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Of a server that ends the session the client hears, too. */
    private static boolean requireFatal(ErrorFields error) {
        if (!error.isFatal()) {
            throw new ProtocolException("the server did not tell a setting: " + error.sqlState());
        }
        return false;
    }

    /** {@code Int16 1 | Int32 length | value}. */
    private static String onlyColumn(ByteBuf row) {
        row.skipBytes(Short.BYTES);
        return row.readCharSequence(row.readInt(), StandardCharsets.UTF_8).toString();
    }

    private void over() {
        session.replies().take(Reply.Asked.class);
        Question question = open;
        String told = value;
        forget();
        if (question == null || told == null) {
            throw new ProtocolException("the server told no setting");
        }
        question.answer().complete(told);
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
        sent = false;
        value = null;
    }
}
