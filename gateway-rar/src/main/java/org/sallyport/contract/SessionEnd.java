package org.sallyport.contract;

/** Why a session is over. */
public enum SessionEnd {
    /** The client sent Terminate. */
    TERMINATED,
    /** The client's connection broke. */
    CLIENT_LOST,
    /** The server could not be reached, refused the login, or its connection broke. */
    SERVER_LOST,
    /** The token came to its end. */
    EXPIRED,
    /** The application or the operator ended it. */
    ENDED,
    /** The peer broke the protocol. */
    PROTOCOL_VIOLATION,
    /** The gateway shut down. */
    SHUTDOWN
}
