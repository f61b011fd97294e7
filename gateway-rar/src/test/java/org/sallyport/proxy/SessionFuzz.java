package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Admission;
import org.sallyport.contract.ConnectionAttempt;
import org.sallyport.contract.Deputy;
import org.sallyport.contract.Displaced;
import org.sallyport.contract.GatewayListener;
import org.sallyport.contract.Leeway;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskingPlan;
import org.sallyport.contract.Notice;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.ResultChunk;
import org.sallyport.contract.ResultShape;
import org.sallyport.contract.Secret;
import org.sallyport.contract.Server;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementOutcome;
import org.sallyport.contract.Target;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.contract.Verdict;
import org.sallyport.contract.Visibility;

/**
 * A session between a client and a server that both send what the input says, legal or not, at the worst time; answers of
 * the application come early, late or never.
 *
 * <p>Whatever is sent: no exception leaves the session, nothing of a refused statement reaches the server, the session ends
 * once, and when it is over no buffer is left. Run by {@code -Pfuzz}, and by {@link FuzzTest} with inputs of its own.
 */
public final class SessionFuzz {
    private static final Refusal REFUSED = Refusal.of("42501", "refused");
    private static final String DENIED = "deny this";
    private static final String[] TEXTS = {
        "select", "late", "mask", "mask late", DENIED, "late " + DENIED, "fail", "COPY", ""
    };
    private static final String[] NAMES = {"", "", "s", "p"};

    /** Far more than one input can make wait, far less than a loop would. */
    private static final long MAX_BYTES = 4 << 20;

    private static final SessionId ID = SessionId.random();

    private final Input input;
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final EmbeddedChannel client = channel();
    private final EmbeddedChannel server = channel();
    private final Application application = new Application();
    private final Session session;

    /** What the server was asked and has not answered, by the types of the messages. */
    private final Deque<Character> asked = new ArrayDeque<>();

    private final ByteBuf sent = allocator.buffer();

    private SessionFuzz(Input input) {
        this.input = input;
        session = new Session(
                ID,
                application,
                admitted(Leeway.values()[input.next(Leeway.values().length)]),
                client,
                new ServerConnection(server, List.of(), () -> CompletableFuture.completedFuture(null)),
                64 * 1024,
                new Room(Long.MAX_VALUE),
                ended -> {});
        server.pipeline().addLast(new Relay(session, session.serverSide()::read, session::serverLost));
        client.pipeline().addLast(new Relay(session, session.clientSide()::read, session::clientLost));
    }

    private Admission.Admitted admitted(Leeway leeway) {
        var server = new Server(
                List.of(new Server.Host("server", 5432)),
                Server.SessionAttributes.ANY,
                "database",
                Server.Security.of(Server.TlsMode.DISABLE, Optional.empty()));
        var target = new Target(server, "gateway", new Secret(new char[0]));
        return new Admission.Admitted("agent", Set.of(), target, Instant.MAX, leeway, application);
    }

    private EmbeddedChannel channel() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(allocator);
        return channel;
    }

    /** Jazzer's entry. */
    public static void fuzzerTestOneInput(byte[] input) {
        new SessionFuzz(new Input(input)).run();
    }

    private void run() {
        while (!input.isEmpty() && !session.over()) {
            step();
            settle();
            require(allocator.metric().usedHeapMemory() < MAX_BYTES, "memory grows");
        }
        server.close();
        client.close();
        application.answerAll();
        settle();
        require(session.over(), "the session outlives its channels");
        require(application.ends == 1, "the session ended " + application.ends + " times");
        sent.release();
        require(allocator.metric().usedHeapMemory() == 0, "buffers are left");
    }

    private void step() {
        switch (input.next(4)) {
            case 0, 1 -> fromClient();
            case 2 -> fromServer(input.next(4) > 0 ? answer() : anything());
            default -> fromElsewhere();
        }
    }

    private void fromClient() {
        String name = input.pick(NAMES);
        ByteBuf message = switch (input.next(16)) {
            case 0 -> message('Q', input.pick(TEXTS) + "\0");
            case 1, 2 -> message('P', name + "\0" + input.pick(TEXTS) + "\0\0\0");
            case 3, 4 -> message('B', input.pick(NAMES) + "\0" + name + "\0\0\0\0\0\0\0");
            case 5 -> message('D', input.pick(new String[] {"S", "P"}) + name + "\0");
            case 6, 7 -> message('E', name + "\0\0\0\0" + (char) input.next(3));
            case 8 -> message('C', input.pick(new String[] {"S", "P"}) + name + "\0");
            case 9, 10 -> message('S', "");
            case 11 -> message('H', "");
            case 12 -> message('d', "row\n");
            case 13 -> message('c', "");
            case 14 -> message('f', "no\0");
            default -> wild();
        };
        deliver(client, message);
    }

    /** What an honest server might say now. */
    private ByteBuf answer() {
        Character type = asked.poll();
        boolean fails = input.next(6) == 0;
        ByteBuf answer = allocator.buffer();
        if (type == null) {
            return append(answer, 'N', "SNOTICE\0C00000\0\0");
        }
        if (fails && type != 'S' && type != 'H') {
            append(answer, 'E', "SERROR\0C22012\0\0");
            while (type != 'Q' && !asked.isEmpty() && asked.peek() != 'S') {
                asked.remove();
            }
            return type == 'Q' ? append(answer, 'Z', status()) : answer;
        }
        return switch (type) {
            case 'P' -> append(answer, '1', "");
            case 'B' -> append(answer, '2', "");
            case 'C' -> append(answer, '3', "");
            case 'D' -> input.next(2) == 0 ? append(answer, 'n', "") : described(answer);
            case 'E' -> input.next(3) == 0 ? copy(answer) : append(row(answer), input.next(2) == 0 ? 's' : 'C', "OK\0");
            case 'Q' -> append(append(row(described(answer)), 'C', "OK\0"), 'Z', status());
            case 'S' -> append(answer, 'Z', status());
            default -> answer;
        };
    }

    private ByteBuf copy(ByteBuf answer) {
        return append(answer, input.next(2) == 0 ? 'G' : 'H', "\0\0\0");
    }

    private String status() {
        return input.pick(new String[] {"I", "T", "E"});
    }

    private static ByteBuf described(ByteBuf answer) {
        return append(answer, 'T', "\0\1v\0" + "\0\0\0\0\0\0\0\0\0\31\0\4\0\0\0\0\0\0");
    }

    private static ByteBuf row(ByteBuf answer) {
        return append(answer, 'D', "\0\1\0\0\0\5value");
    }

    /** What no honest server would say now. */
    private ByteBuf anything() {
        return switch (input.next(4)) {
            case 0 -> wild();
            case 1 -> described(allocator.buffer());
            case 2 -> row(allocator.buffer());
            default -> message("123CDEGHINSTZcdnstAWRKv".charAt(input.next(23)), input.text(12));
        };
    }

    private ByteBuf wild() {
        return input.next(2) == 0
                ? message((char) input.next(128), input.text(20))
                : allocator.buffer().writeBytes(input.text(9).getBytes(StandardCharsets.ISO_8859_1));
    }

    private void fromServer(ByteBuf message) {
        deliver(server, message);
    }

    private void fromElsewhere() {
        switch (input.next(12)) {
            case 0 -> session.cancel();
            case 1 -> session.notice(new Notice("held", Optional.empty(), Optional.empty()));
            case 2 -> server.close();
            case 3 -> client.close();
            case 4 -> deliver(client, message('X', ""));
            case 5 -> session.end(REFUSED);
            case 6 -> application.fail();
            default -> application.answer();
        }
    }

    /** A channel that is not read gets nothing; one that is read gets it whole or byte by byte. */
    private void deliver(EmbeddedChannel channel, ByteBuf message) {
        if (!channel.config().isAutoRead() || !channel.isOpen()) {
            message.release();
        } else if (input.next(8) > 0) {
            channel.writeInbound(message);
        } else {
            while (message.isReadable() && channel.isOpen()) {
                channel.writeInbound(allocator.buffer(1).writeByte(message.readByte()));
            }
            message.release();
        }
    }

    private void settle() {
        client.runPendingTasks();
        server.runPendingTasks();
        client.checkException();
        server.checkException();
        for (ByteBuf bytes = server.readOutbound(); bytes != null; bytes = server.readOutbound()) {
            sent.writeBytes(bytes);
            bytes.release();
        }
        while (sent.readableBytes() >= 5) {
            int length = sent.getInt(sent.readerIndex() + 1) + 1;
            if (sent.readableBytes() < length) {
                break;
            }
            String message =
                    sent.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
            // COPY data may hold anything; the server reads it as such, however long the client says that it is.
            require(message.charAt(0) == 'd' || !message.contains(DENIED), "a refused statement reached the server");
            asked.add(message.charAt(0));
        }
        sent.discardReadBytes();
        client.releaseOutbound();
    }

    private ByteBuf message(char type, String payload) {
        return append(allocator.buffer(), type, payload);
    }

    private static ByteBuf append(ByteBuf to, char type, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
        return to.writeByte(type).writeInt(4 + bytes.length).writeBytes(bytes);
    }

    private static void require(boolean holds, String violation) {
        if (!holds) {
            throw new IllegalStateException(violation);
        }
    }

    /** The input, taken as choices. */
    private static final class Input {
        private final byte[] bytes;
        private int at;

        Input(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean isEmpty() {
            return at >= bytes.length;
        }

        int next(int bound) {
            return isEmpty() ? 0 : (bytes[at++] & 0xff) % bound;
        }

        String pick(String[] from) {
            return from[next(from.length)];
        }

        String text(int most) {
            StringBuilder text = new StringBuilder();
            for (int left = next(most + 1); left > 0; left--) {
                text.append((char) next(256));
            }
            return text.toString();
        }
    }

    /** Decides by the statements' words. */
    private static final class Application implements GatewayListener, Deputy {
        private final Deque<Runnable> late = new ArrayDeque<>();
        private final Deque<CompletableFuture<?>> open = new ArrayDeque<>();
        private int ends;

        void answer() {
            open.poll();
            Runnable answer = late.poll();
            if (answer != null) {
                answer.run();
            }
        }

        void answerAll() {
            while (!late.isEmpty()) {
                answer();
            }
        }

        void fail() {
            late.poll();
            CompletableFuture<?> failing = open.poll();
            if (failing != null) {
                failing.completeExceptionally(new IllegalArgumentException("as the input says"));
            }
        }

        private <T> CompletionStage<T> later(@Nullable T answer) {
            var future = new CompletableFuture<T>();
            open.add(future);
            late.add(() -> future.complete(answer));
            return future;
        }

        @Override
        public CompletionStage<Admission> admit(ConnectionAttempt attempt) {
            throw new IllegalStateException("the session is admitted already");
        }

        /** Some verdicts stand. */
        @Override
        public @Nullable CompletionStage<Verdict> judge(StatementAttempt attempt) {
            return attempt.sql().length() % 2 == 0 && !attempt.sql().contains(DENIED) ? judge(ID, attempt) : null;
        }

        @Override
        public CompletionStage<Verdict> judge(SessionId id, StatementAttempt attempt) {
            String sql = attempt.sql();
            if (sql.contains("fail")) {
                throw new IllegalArgumentException("as the statement says");
            }
            Verdict verdict = sql.contains(DENIED)
                    ? new Verdict.Deny(REFUSED)
                    : new Verdict.Permit(
                            sql.contains("mask") ? Visibility.SHAPED : Visibility.CLEAR,
                            sql.contains("COPY"),
                            Optional.empty(),
                            Displaced.NONE,
                            sql.length() % 3 * 50);
            return sql.contains("late") ? later(verdict) : CompletableFuture.completedFuture(verdict);
        }

        @Override
        public MaskingPlan shape(SessionId id, ResultShape result) {
            return result.columns().size() == 1
                    ? new MaskingPlan.Show(List.of(new Mask.KeepLast(2)))
                    : new MaskingPlan.Refuse(REFUSED);
        }

        @Override
        public void portal(String name) {}

        @Override
        public void statement(String name) {}

        @Override
        public void synced(boolean failed, TransactionStatus transaction) {}

        @Override
        public CompletionStage<Void> shown(ResultChunk chunk) {
            assertThat(chunk.messages().length).isLessThanOrEqualTo(Tape.CHUNK_BYTES);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> finished(StatementOutcome outcome) {
            return outcome.statement() % 2 == 0 ? later(null) : CompletableFuture.completedFuture(null);
        }

        @Override
        public void ended(SessionId id, SessionEnd end) {
            ends++;
        }
    }
}
