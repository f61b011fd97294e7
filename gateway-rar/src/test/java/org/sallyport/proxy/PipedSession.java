package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Admission;
import org.sallyport.contract.ConnectionAttempt;
import org.sallyport.contract.Deputy;
import org.sallyport.contract.GatewayListener;
import org.sallyport.contract.Leeway;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskingPlan;
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
 * A session without a network, and the application that it asks. The test says what client and server send; messages are told as
 * {@code type} and payload, {@code Cid\0}, in ISO 8859-1.
 */
final class PipedSession implements GatewayListener, Deputy, AutoCloseable {
    final List<ResultShape> shapes = new ArrayList<>();
    final List<StatementOutcome> outcomes = new ArrayList<>();
    final List<SessionEnd> ends = new ArrayList<>();

    /** Of each statement from now on. */
    Verdict verdict = new Verdict.Permit(Visibility.CLEAR, false);

    /** Of each result from now on. */
    MaskingPlan plan = new MaskingPlan.Show(List.of(new Mask.KeepLast(2)));

    /** Of each outcome from now on. */
    CompletableFuture<Void> durable = CompletableFuture.completedFuture(null);

    /** What the server was asked to cancel, each until it has heard. */
    final List<CompletableFuture<Void>> cancels = new ArrayList<>();

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final EmbeddedChannel server = new EmbeddedChannel();
    private final Session session;

    PipedSession() {
        session = new Session(
                SessionId.random(),
                this,
                new Admission.Admitted("agent", Set.of(), target(), Instant.MAX, Leeway.GUARDED, this),
                client,
                new ServerConnection(server, List.of(), () -> {
                    cancels.add(new CompletableFuture<>());
                    return cancels.get(cancels.size() - 1);
                }),
                64 * 1024,
                new Room(Long.MAX_VALUE),
                ended -> {});
        server.pipeline().addLast(new Relay(session, session.serverSide()::read, session::serverLost));
        client.pipeline().addLast(new Relay(session, session.clientSide()::read, session::clientLost));
    }

    private static Target target() {
        Server server = new Server(
                List.of(new Server.Host("server", 5432)),
                Server.SessionAttributes.ANY,
                "database",
                Server.Security.of(Server.TlsMode.DISABLE, Optional.empty()));
        return new Target(server, "gateway", new Secret(new char[0]));
    }

    /** The client asks to cancel. */
    void cancel() {
        session.cancel();
        client.runPendingTasks();
    }

    /** What the server gets of it. */
    List<String> client(String... messages) {
        return deliver(client, server, messages);
    }

    /** What the client gets of it. */
    List<String> server(String... messages) {
        return deliver(server, client, messages);
    }

    private List<String> deliver(EmbeddedChannel from, EmbeddedChannel to, String... messages) {
        for (String message : messages) {
            byte[] payload = message.substring(1).getBytes(StandardCharsets.ISO_8859_1);
            from.writeInbound(Unpooled.buffer()
                    .writeByte(message.charAt(0))
                    .writeInt(4 + payload.length)
                    .writeBytes(payload));
        }
        client.runPendingTasks();
        server.runPendingTasks();
        client.checkException();
        server.checkException();
        return sent(to);
    }

    /** Whether the client is read from. */
    boolean hearsTheClient() {
        return client.config().isAutoRead();
    }

    private static List<String> sent(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            all.writeBytes(bytes);
            bytes.release();
        }
        List<String> messages = new ArrayList<>();
        while (all.isReadable()) {
            char type = (char) all.readByte();
            messages.add(type
                    + all.readCharSequence(all.readInt() - 4, StandardCharsets.ISO_8859_1)
                            .toString());
        }
        return messages;
    }

    @Override
    public void close() {
        client.finishAndReleaseAll();
        server.finishAndReleaseAll();
    }

    @Override
    public CompletionStage<Admission> admit(ConnectionAttempt attempt) {
        throw new IllegalStateException("the session is admitted already");
    }

    @Override
    public @Nullable CompletionStage<Verdict> judge(StatementAttempt attempt) {
        return null;
    }

    @Override
    public CompletionStage<Verdict> judge(SessionId session, StatementAttempt attempt) {
        return CompletableFuture.completedFuture(verdict);
    }

    @Override
    public MaskingPlan shape(SessionId session, ResultShape result) {
        shapes.add(result);
        return plan;
    }

    @Override
    public CompletionStage<Void> shown(ResultChunk chunk) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> finished(StatementOutcome outcome) {
        outcomes.add(outcome);
        return durable;
    }

    @Override
    public void ended(SessionId session, SessionEnd end) {
        ends.add(end);
    }

    @Override
    public void portal(String name) {}

    @Override
    public void statement(String name) {}

    @Override
    public void synced(boolean failed, TransactionStatus transaction) {}
}
