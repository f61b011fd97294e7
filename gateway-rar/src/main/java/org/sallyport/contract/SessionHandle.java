package org.sallyport.contract;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The application's handle on a live session; every method may be called on any thread and returns at once. */
public interface SessionHandle {

    /** Ends the session: the client gets {@code reason} as a FATAL error, the server connection is closed. */
    void end(Refusal reason);

    /**
     * Asks the session's own server for the value of a setting, as SHOW tells it, once what was sent before is answered. Takes no
     * snapshot, and the client hears nothing of it.
     *
     * @param setting a name of lower-case letters and underscores
     * @return completes on the session's event loop; exceptionally, with {@link IllegalStateException}, where the server cannot be
     *         asked: something was sent that no Sync followed, the transaction has failed, or the session is over
     */
    CompletionStage<String> show(String setting);

    /**
     * Puts commands to the session's own server, once what was sent before is answered, and has it take back whatever they did: with a
     * transaction of their own (READ COMMITTED, READ WRITE), or in an open one with a savepoint. Locks that they took are given back; an
     * open transaction has a transaction id and a snapshot afterwards. The client hears nothing of it.
     *
     * @param commands each exactly one of SQL's; none that ends a transaction or outlives one
     * @return the rows that they return, each value as text; completes on the session's event loop; exceptionally, with {@link NotAnswered}
     *         where one of them fails, and with {@link IllegalStateException} where the server cannot be asked, as by {@link #show}
     */
    CompletionStage<List<List<@Nullable String>>> ask(List<String> commands);

    /** Sends the client a NoticeResponse; lost where the session is already over. */
    void notice(Notice notice);
}
