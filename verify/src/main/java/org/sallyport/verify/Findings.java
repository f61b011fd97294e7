package org.sallyport.verify;

import java.io.PrintStream;

/** What was found, said as it is found. */
final class Findings {
    /** One edit is seen once, a table that was exchanged for another in every row: people want to see the first ones. */
    private static final int SHOWN = 100;

    private final PrintStream out;
    private long count;

    Findings(PrintStream out) {
        this.out = out;
    }

    /** Something is not as it was recorded. */
    void add(String place, String what) {
        count++;
        if (count <= SHOWN) {
            out.println("FOUND " + place + ": " + what);
        } else if (count == SHOWN + 1) {
            out.println("FOUND more than " + SHOWN + ", of which no more is said");
        }
    }

    /** Something that whoever reads this should know. */
    void note(String what) {
        out.println(what);
    }

    long count() {
        return count;
    }
}
