package org.sallyport.proxy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Notice;
import org.sallyport.contract.Refusal;
import org.sallyport.contract.SessionHandle;

/** The handle of a session that is being admitted; once it lives everything goes to it. Thread-safe. */
final class PendingSession implements SessionHandle {
    private @Nullable Session session;
    private @Nullable Refusal ending;

    /** An end that was asked for meanwhile is carried out now. */
    synchronized void join(Session session) {
        this.session = session;
        if (ending != null) {
            session.end(ending);
        }
    }

    @Override
    public synchronized void end(Refusal reason) {
        if (session == null) {
            ending = reason;
        } else {
            session.end(reason);
        }
    }

    @Override
    public synchronized CompletionStage<String> show(String setting) {
        return session == null
                ? CompletableFuture.failedStage(new IllegalStateException("the session has not begun"))
                : session.show(setting);
    }

    @Override
    public synchronized CompletionStage<List<List<@Nullable String>>> ask(List<String> commands) {
        return session == null
                ? CompletableFuture.failedStage(new IllegalStateException("the session has not begun"))
                : session.ask(commands);
    }

    @Override
    public synchronized void notice(Notice notice) {
        if (session != null) {
            session.notice(notice);
        }
    }
}
