package org.sallyport.wire;

/** A name of a prepared statement or portal that might be another's to the server: an error of the message, after which the session goes on. */
public final class UnusableName extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableName() {
        super("a name that is long, or not of ASCII");
    }
}
