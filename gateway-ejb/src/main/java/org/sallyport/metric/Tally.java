package org.sallyport.metric;

/** Is told what happens, so that it can be counted. Thread-safe; never blocks and never fails. */
@FunctionalInterface
public interface Tally {
    /** Where nobody counts. */
    Tally NONE = happening -> {};

    void count(Happening happening);
}
