package org.sallyport.policy;

/**
 * What is kept of a connection's sessions besides statements and counts.
 *
 * @param results bytes of each statement's results, as the client saw them, and of its COPY data; zero for none
 */
public record Recording(long results) {
    /** Statements and counts only. */
    public static final Recording NOTHING = new Recording(0);
}
