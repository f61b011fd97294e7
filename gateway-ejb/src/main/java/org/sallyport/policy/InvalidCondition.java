package org.sallyport.policy;

/** A condition that is none. */
final class InvalidCondition extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidCondition(Exception cause) {
        super(
                String.valueOf(cause.getMessage())
                        .lines()
                        .findFirst()
                        .orElse("")
                        .replaceFirst("^ERROR: <input>:", ""),
                cause);
    }
}
