package org.sallyport.contract;

/** Why a session is over. */
public enum SessionEnd {
    /** The client sent Terminate. */
    TERMINATED,
    /** The client's connection broke. */
    CLIENT_LOST,
    /** The server could not be reached, refused the login, or its connection broke. */
    SERVER_LOST,
    /** The application ended it, as when the token came to its end, or the operator did. */
    ENDED,
    /** The peer broke the protocol. */
    PROTOCOL_VIOLATION,
    /** The gateway shut down. */
    SHUTDOWN
}
