package org.sallyport.api;

/**
 * Which page of a list is asked for.
 *
 * @param page counts from 0
 * @param size at most {@value #LARGEST}
 */
record Window(int page, int size) {
    /** A page of statements is a few megabytes at worst: the long ones are cut. */
    static final int LARGEST = 200;

    private static final int LAST = 1_000_000;

    Window {
        if (page < 0 || page > LAST || size < 1 || size > LARGEST) {
            throw outOfRange();
        }
    }

    static Window of(String page, String size) {
        try {
            return new Window(Integer.parseInt(page), Integer.parseInt(size));
        } catch (NumberFormatException notNumbers) {
            throw outOfRange();
        }
    }

    /** The row that a page of rows begins with. */
    static int first(String first) {
        try {
            int row = Integer.parseInt(first);
            if (row >= 0) {
                return row;
            }
        } catch (NumberFormatException notANumber) {
            // said below, as for one that is out of range
        }
        throw new Refused(ProblemKind.INVALID, "Rows count from 0.");
    }

    static int size(String size) {
        return of("0", size).size();
    }

    private static Refused outOfRange() {
        return new Refused(
                ProblemKind.INVALID, "A page counts from 0 to " + LAST + ", its size is from 1 to " + LARGEST + ".");
    }

    int offset() {
        return page * size;
    }
}
