package org.sallyport.policy;

import java.util.List;

/** The policy file cannot be used; every problem found stands on a line of its own, as {@code file:line: what}. */
public final class InvalidBundle extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidBundle(List<String> problems) {
        super(String.join("\n", problems));
    }
}
