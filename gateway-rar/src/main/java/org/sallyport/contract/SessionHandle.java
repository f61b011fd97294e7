package org.sallyport.contract;

/** The application's handle on a live session; every method may be called on any thread and returns at once. */
public interface SessionHandle {

    /** Ends the session: the client gets {@code reason} as a FATAL error, the server connection is closed. */
    void end(Refusal reason);

    /** Sends the client a NoticeResponse; lost where the session is already over. */
    void notice(Notice notice);
}
