package org.sallyport.wire;

/** A text that is not in the session's encoding: an error of the statement, after which the session goes on. */
public final class UndecodableText extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UndecodableText() {
        super("invalid byte sequence for encoding \"UTF8\"");
    }
}
