package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Admission;
import org.sallyport.contract.Deputy;
import org.sallyport.contract.GatewayListener;
import org.sallyport.contract.Leeway;
import org.sallyport.contract.Notice;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.SessionEnd;
import org.sallyport.contract.SessionHandle;
import org.sallyport.contract.SessionId;
import org.sallyport.contract.TransactionStatus;
import org.sallyport.wire.ClientEncoding;
import org.sallyport.wire.Frontend;
import org.sallyport.wire.ParameterStatus;
import org.sallyport.wire.ProtocolException;

/**
 * An admitted client joined to its server: what both sides share, back-pressure, and the one way to the end.
 *
 * <p>The methods of {@link SessionHandle} may be called on any thread; all others on the session's event loop.
 */
final class Session implements SessionHandle {
    /** Bytes that may wait for a judgement or a record on either side before the other end is not read any more. */
    private static final int MAX_WAITING_BYTES = 256 * 1024;

    private static final Logger LOG = Logger.getLogger(Session.class.getName());

    private static final Refusal RECORD_LOST = Refusal.of(
            "58030",
            "the outcome of the statement could not be recorded",
            "The statement ran; its completion is withheld because its record is not durable.",
            "Connect again once the gateway is ready, and see whether the change is there.");

    private static final Refusal SHUTDOWN = Refusal.of("57P01", "terminating connection due to administrator command");

    private static final Refusal SERVER_LOST = Refusal.of(
            "08006",
            "the connection to the database was lost",
            "The database closed it or cannot be reached; a statement in progress may or may not have taken effect.",
            "Connect again.");

    private final SessionId id;
    private final GatewayListener application;
    private final Deputy deputy;
    private final Leeway leeway;
    private final Channel client;
    private final ServerConnection server;
    private final ServerWriter toServer;
    private final Outbox outbox;
    private final Book book;
    private final Replies replies;
    private final Asking asking;
    private final Tape tape;
    private final ClientSide clientSide;
    private final ServerSide serverSide;
    private final Room room;
    private final Consumer<Session> afterEnd;
    private TransactionStatus transaction = TransactionStatus.IDLE;

    /** Whether the server has sent an error since it was ready last. */
    private boolean failed;

    /** Whether a statement ran in the present transaction whose errors must not show what they like. */
    private boolean discreet;

    private boolean skipping;
    private ClientEncoding encoding = ClientEncoding.UTF8;
    private boolean terminated;
    private boolean serverSaidWhy;
    private boolean serverGone;
    private boolean over;

    /**
     * @param maxMessageBytes of a message from the client, and about as much as may be prepared and bound at a time
     * @param room            for what it keeps
     * @param afterEnd        called once, when the session is over
     */
    Session(
            SessionId id,
            GatewayListener application,
            Admission.Admitted admitted,
            Channel client,
            ServerConnection server,
            int maxMessageBytes,
            Room room,
            Consumer<Session> afterEnd) {
        this.id = id;
        this.application = application;
        this.deputy = admitted.deputy();
        this.leeway = admitted.leeway();
        this.client = client;
        this.server = server;
        this.room = room;
        this.afterEnd = afterEnd;
        this.book = new Book(maxMessageBytes, this::abandoned);
        this.toServer = new ServerWriter(server.channel());
        this.outbox = new Outbox(client, this::recordLost, this::pressure);
        this.replies = new Replies(this);
        this.asking = new Asking(this);
        this.tape = new Tape(this);
        this.clientSide = new ClientSide(this, maxMessageBytes);
        this.serverSide = new ServerSide(this);
    }

    SessionId id() {
        return id;
    }

    GatewayListener application() {
        return application;
    }

    /** Acts for the application where nothing new is to be decided. */
    Deputy deputy() {
        return deputy;
    }

    Channel client() {
        return client;
    }

    Channel server() {
        return server.channel();
    }

    /** What is sent to the server goes through here. */
    ServerWriter toServer() {
        return toServer;
    }

    /** Sends what was written for either side, as far as it need not wait for what follows it. */
    void flush() {
        outbox.flush();
        if (clientSide.isJudging()) {
            toServer.flushIfDue();
        } else {
            toServer.flush();
        }
    }

    Outbox outbox() {
        return outbox;
    }

    Book book() {
        return book;
    }

    Replies replies() {
        return replies;
    }

    Asking asking() {
        return asking;
    }

    Tape tape() {
        return tape;
    }

    ClientSide clientSide() {
        return clientSide;
    }

    ServerSide serverSide() {
        return serverSide;
    }

    TransactionStatus transaction() {
        return transaction;
    }

    /** The server is ready. */
    void ready(TransactionStatus status) {
        transaction = status;
        discreet &= status != TransactionStatus.IDLE;
        deputy().synced(failed, status);
        failed = false;
    }

    void failed() {
        failed = true;
    }

    /** It ran, to its end or to where its portal was suspended; it may still fail when its transaction ends: by a deferred constraint. */
    void ran(Run run) {
        discreet |= run.shaped();
    }

    boolean isDiscreet() {
        return discreet;
    }

    /** Whether everything is ignored up to the next Sync, as PostgreSQL does after an error in extended query. */
    boolean skipping() {
        return skipping;
    }

    void skipping(boolean skipping) {
        this.skipping = skipping;
    }

    /** How the client's texts are encoded. */
    ClientEncoding encoding() {
        return encoding;
    }

    /** The server reports a setting; says whether it may have this value. */
    boolean reported(ParameterStatus status) {
        if (leeway != Leeway.FREE) {
            return StartupParameters.keepsPins(status.name(), status.value());
        }
        if (status.name().equals("client_encoding")) {
            encoding = ClientEncoding.reported(status.value());
        }
        return true;
    }

    boolean over() {
        return over;
    }

    /** The client has said that it sends nothing more. What it sent before is answered yet, if it stays to hear that. */
    void terminated() {
        terminated = true;
    }

    /** Whether nothing more is taken from the client. */
    boolean closing() {
        return terminated || ending();
    }

    /** Whether nothing more can be asked of the server. */
    boolean ending() {
        return serverGone || over;
    }

    /** The server has told the client why it ends the connection. */
    void serverSaidWhy() {
        serverSaidWhy = true;
    }

    /** Records the outcome; what is written to the outbox next leaves once that is durable. */
    void finish(Run run, Optional<String> sqlState) {
        clientSide.copyIn().over(run, sqlState);
        tape.flush();
        run.finish(sqlState).ifPresent(outcome -> {
            CompletionStage<Void> durable;
            try {
                durable = deputy.finished(outcome);
            } catch (RuntimeException e) {
                recordLost(e);
                return;
            }
            outbox.gate(durable);
        });
    }

    /** Nothing continues the run any more; where the server was not done with it, that was all of it. */
    void abandoned(Run run) {
        if (run.isSuspended()) {
            finish(run, Optional.empty());
        }
    }

    void recordLost(Throwable failure) {
        LOG.log(Level.SEVERE, "outcome not recorded sessionId=" + id, failure);
        end(SessionEnd.ENDED, RECORD_LOST);
    }

    /** Reads from each side only while the other takes, and while there is room for what is kept. */
    void pressure() {
        if (over) {
            return;
        }
        room.keeps(this, kept());
        // What the gateway answers by itself would pile up for a client that only sends.
        boolean takes = server().isWritable() && client.isWritable() && !replies.areMany();
        client.config().setAutoRead(takes && clientSide.waitingBytes() < MAX_WAITING_BYTES);
        server().config().setAutoRead(client.isWritable() && outbox.waitingBytes() < MAX_WAITING_BYTES);
    }

    /**
     * Messages are outside of the heap, and what is prepared and bound is in it, mostly ASCII, of which a character takes one byte. What
     * waits on its way is bounded by itself, but for the largest messages.
     */
    private long kept() {
        long onTheWay = clientSide.waitingBytes() + outbox.waitingBytes() + unsent(client) + unsent(server());
        long messages = clientSide.kept() + serverSide.kept() + Math.max(0, onTheWay - 2 * MAX_WAITING_BYTES);
        return Math.max(messages, book.bytes() / 2);
    }

    private static long unsent(Channel channel) {
        long bytes = channel.bytesBeforeWritable();
        return bytes == Long.MAX_VALUE ? 0 : bytes; // it is closed
    }

    /**
     * The client asked to cancel: what the server runs, else a statement that is being judged or held. Until the server
     * has heard, nothing new is sent to it: a late cancel must not hit the next statement.
     */
    void cancel() {
        client.eventLoop().execute(() -> {
            if (over) {
                return;
            }
            boolean running = replies.running();
            // Of what the server has yet to answer PostgreSQL would cancel that, and not what waits behind it.
            if (!running || !replies.settles()) {
                clientSide.withdraw();
            }
            // One that is on its way already hits whatever runs.
            if (running && !clientSide.isCanceling()) {
                clientSide.cancelSent();
                server.cancel()
                        .whenComplete((heard, failure) -> client.eventLoop().execute(clientSide::cancelArrived));
            }
        });
    }

    @Override
    public CompletionStage<String> show(String setting) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        client.eventLoop().execute(() -> asking.show(setting, answer));
        return answer.minimalCompletionStage();
    }

    @Override
    public CompletionStage<List<List<@Nullable String>>> ask(List<String> commands) {
        CompletableFuture<List<List<@Nullable String>>> answer = new CompletableFuture<>();
        client.eventLoop().execute(() -> asking.ask(commands, answer));
        return answer.minimalCompletionStage();
    }

    @Override
    public void notice(Notice notice) {
        client.eventLoop().execute(() -> {
            if (!over) {
                outbox.write(Errors.notice(client.alloc(), notice));
                outbox.flush();
            }
        });
    }

    @Override
    public void end(Refusal reason) {
        client.eventLoop().execute(() -> end(SessionEnd.ENDED, reason));
    }

    /** The listener closes. */
    void shutdown() {
        client.eventLoop().execute(() -> end(SessionEnd.SHUTDOWN, SHUTDOWN));
    }

    /** The client's channel closed. */
    void clientLost() {
        end(terminated ? SessionEnd.TERMINATED : SessionEnd.CLIENT_LOST, null);
    }

    /** The server's channel closed; what it said before goes to the client yet. */
    void serverLost() {
        if (ending()) {
            return;
        }
        serverGone = true;
        clientSide.close();
        asking.close();
        outbox.afterAll(() -> {
            if (terminated) {
                end(SessionEnd.TERMINATED, null);
            } else {
                end(SessionEnd.SERVER_LOST, serverSaidWhy ? null : SERVER_LOST);
            }
        });
    }

    /** Ends the session for a failure on one of its channels. */
    void failed(Throwable cause) {
        if (cause instanceof ProtocolException violation) {
            end(SessionEnd.PROTOCOL_VIOLATION, Refusal.of("08P01", violation.violation()));
        } else if (!(cause instanceof IOException)) { // which closes the channel
            end(SessionEnd.ENDED, Errors.refusal(id, cause));
        }
    }

    /** The one way to the end; {@code fatal} is told to the client where there is something to tell. */
    void end(SessionEnd end, @Nullable Refusal fatal) {
        if (over) {
            return;
        }
        over = true;
        room.leave(this);
        if (end == SessionEnd.ENDED && replies.running()) {
            // The server would notice that nobody listens once it has done all of it.
            server.cancel();
        }
        tape.flush();
        clientSide.close();
        serverSide.close();
        asking.close();
        outbox.close();
        ByteBuf last = fatal == null ? Unpooled.EMPTY_BUFFER : Errors.fatal(client.alloc(), fatal);
        LastWords.say(client, last);
        toServer.close();
        server().writeAndFlush(Frontend.terminate(server().alloc())).addListener(ChannelFutureListener.CLOSE);
        try {
            application.ended(id, end);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "the end was not taken sessionId=" + id, e);
        }
        afterEnd.accept(this);
    }
}
