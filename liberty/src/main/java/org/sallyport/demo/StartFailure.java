package org.sallyport.demo;

import org.jspecify.annotations.Nullable;

/** Something could not be started; the message is for the person who wanted it. */
public final class StartFailure extends RuntimeException {

    /** Without a stack: the message is all there is to know. */
    public StartFailure(@Nullable String message) {
        super(message, null, false, false);
    }

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
