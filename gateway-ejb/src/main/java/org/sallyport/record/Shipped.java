package org.sallyport.record;

/**
 * How far a journal is in the store.
 *
 * @param sequence of its last record there; zero where none is
 * @param chain    that record's, by which the store knows the journal from a copy that went another way; zeros where none is
 */
public record Shipped(long sequence, byte[] chain) {
    static final Shipped NOTHING = new Shipped(0, new byte[32]);
}
