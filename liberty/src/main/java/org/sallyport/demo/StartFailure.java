package org.sallyport.demo;

/** Something could not be started; the message is for the person who wanted it. */
public final class StartFailure extends RuntimeException {

    public StartFailure(String message) {
        super(message, null, false, false);
    }

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
