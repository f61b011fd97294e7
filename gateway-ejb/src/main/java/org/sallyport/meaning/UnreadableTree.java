package org.sallyport.meaning;

/** A text that is not one of PostgreSQL's trees, or one that is not understood. */
final class UnreadableTree extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableTree(String reason) {
        super(reason);
    }
}
