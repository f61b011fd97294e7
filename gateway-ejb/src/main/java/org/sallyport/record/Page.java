package org.sallyport.record;

/**
 * A window on a list.
 *
 * @param number counts from 0
 * @param size   at most {@value #LARGEST}, so that one question cannot fill the heap
 */
public record Page(int number, int size) {
    public static final int LARGEST = 500;

    public Page {
        if (number < 0 || size < 1 || size > LARGEST || (long) number * size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a page has a number from 0 and a size from 1 to " + LARGEST);
        }
    }

    /** How many rows come before it. */
    public int first() {
        return number * size;
    }
}
