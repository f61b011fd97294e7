package org.sallyport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Admission;
import org.sallyport.contract.ConnectionAttempt;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.SessionEnd;
import org.sallyport.wire.Backend;
import org.sallyport.wire.ParameterStatus;

/**
 * A client from its token to its session: asks the application, logs the gateway in to the server, joins the two.
 *
 * <p>Whatever fails, the secrets are wiped, and an admission that comes to nothing is ended.
 */
final class Admitting {
    private static final Logger LOG = Logger.getLogger(Admitting.class.getName());

    private final Listener listener;
    private final ClientDoor door;
    private final ChannelHandlerContext context;

    Admitting(Listener listener, ClientDoor door, ChannelHandlerContext context) {
        this.listener = listener;
        this.door = door;
        this.context = context;
    }

    void admit(ConnectionAttempt attempt) {
        CompletableFuture<Admission> answer;
        try {
            answer = listener.application().admit(attempt).toCompletableFuture();
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((admission, failure) -> {
            attempt.token().close();
            context.executor().execute(() -> answered(attempt, admission, failure));
        });
    }

    private void answered(ConnectionAttempt attempt, @Nullable Admission admission, @Nullable Throwable failure) {
        if (admission instanceof Admission.Admitted admitted) {
            login(attempt, admitted);
        } else if (admission instanceof Admission.Rejected rejected) {
            door.refuse(context, rejected.refusal());
        } else {
            Throwable cause = failure == null ? new IllegalStateException("no admission") : failure;
            door.refuse(context, Errors.refusal(attempt.session(), cause));
        }
    }

    private void login(ConnectionAttempt attempt, Admission.Admitted admitted) {
        if (door.isOver(context)) {
            turnAway(attempt, admitted, SessionEnd.CLIENT_LOST);
            return;
        }
        Refusal objection = door.parameters().objection(admitted.leeway());
        if (objection != null) {
            turnAway(attempt, admitted, SessionEnd.ENDED);
            door.refuse(context, objection);
            return;
        }
        // Asked for after the token only: a flood of the unknown must not keep out those who are known.
        Optional<Refusal> noSeat = listener.seats().take(admitted.caller());
        if (noSeat.isPresent()) {
            LOG.log(Level.INFO, "session without a seat sessionId={0} reason={1}", new Object[] {
                attempt.session(), noSeat.get().message()
            });
            turnAway(attempt, admitted, SessionEnd.ENDED);
            door.refuse(context, noSeat.get());
            return;
        }
        door.seated();
        CompletableFuture<ServerConnection> login = search(admitted);
        // A client that leaves meanwhile keeps its seat until then: it could have any number of logins under way.
        context.channel()
                .closeFuture()
                .addListener(closed ->
                        login.whenComplete((server, failure) -> listener.seats().leave(admitted.caller())));
        login.whenComplete((server, failure) -> {
            admitted.target().password().close();
            if (failure != null) {
                listener.application().ended(attempt.session(), SessionEnd.SERVER_LOST);
                door.refuse(context, told(attempt, failure));
            } else if (door.isOver(context)) {
                server.discard();
                listener.application().ended(attempt.session(), SessionEnd.CLIENT_LOST);
            } else {
                join(attempt, admitted, server);
            }
        });
    }

    private CompletableFuture<ServerConnection> search(Admission.Admitted admitted) {
        try {
            return new ServerSearch(listener.towardsServer(context.channel()))
                    .login(admitted.target(), door.parameters().forwarded(admitted.leeway()));
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e); // such as no thread to look a name up
        }
    }

    private static Refusal told(ConnectionAttempt attempt, Throwable failure) {
        return failure instanceof RefusedSetting setting
                ? setting.refusal()
                : Errors.refusal(attempt.session(), failure);
    }

    private void turnAway(ConnectionAttempt attempt, Admission.Admitted admitted, SessionEnd end) {
        admitted.target().password().close();
        listener.application().ended(attempt.session(), end);
    }

    private static void greet(Session session, ByteBuf frame) {
        var status = ParameterStatus.decode(frame.slice(frame.readerIndex() + 5, frame.readableBytes() - 5));
        if (!session.reported(status)) {
            session.end(SessionEnd.ENDED, Errors.notPinned(status));
        }
        session.client().write(frame, session.client().voidPromise());
    }

    private void join(ConnectionAttempt attempt, Admission.Admitted admitted, ServerConnection server) {
        Channel client = context.channel();
        Session session = listener.session(attempt.session(), admitted, client, server);
        CancelKeys.Key key = listener.cancelKeys().issue(door.minor(), session::cancel);
        client.closeFuture().addListener(closed -> listener.cancelKeys().revoke(key));
        client.write(Backend.authenticationOk(client.alloc()), client.voidPromise());
        server.statuses().forEach(status -> greet(session, status));
        client.write(Backend.backendKeyData(client.alloc(), key.process(), key.secret()), client.voidPromise());
        client.writeAndFlush(Backend.readyForQuery(client.alloc(), 'I'), client.voidPromise());
        server.channel().pipeline().addLast(new Relay(session, session.serverSide()::read, session::serverLost));
        client.pipeline().addLast(new Relay(session, session.clientSide()::read, session::clientLost));
        door.open(context, session);
        session.pressure();
    }
}
