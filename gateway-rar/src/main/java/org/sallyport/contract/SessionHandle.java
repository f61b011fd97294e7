package org.sallyport.contract;

import java.util.concurrent.CompletionStage;

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

    /** Sends the client a NoticeResponse; lost where the session is already over. */
    void notice(Notice notice);
}
