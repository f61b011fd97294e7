package org.sallyport.journal;

/** There is no room for a record: the journal's limit is reached, or its disk is full. */
public final class JournalFull extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalFull() {
        super("the journal is full");
    }
}
