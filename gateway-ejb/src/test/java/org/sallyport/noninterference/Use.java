package org.sallyport.noninterference;

/** What a statement does with a labelled value. */
enum Use {
    /** A column of a result, as itself. */
    SHOWN,
    /** In an expression that is a column of a result, of functions that cannot fail. */
    DERIVED,
    /** In an expression that is a column of a result and may fail, or is chosen by the value. */
    RISKED,
    /** As part of a whole row. */
    ROW,
    WHERE,
    /** In a condition inside a subquery: EXISTS, IN, ANY. */
    SUBQUERY,
    JOIN,
    GROUP,
    HAVING,
    ORDER,
    DISTINCT,
    AGGREGATE,
    WINDOW,
    LIMIT,
    /** An argument of a function that makes rows. */
    SHAPES,
    /** In a set operation that compares. */
    SET_OPERATION,
    /** A view that chooses its rows by it. */
    VIEW,
    RECURSION,
    /** Into a column that is not labelled. */
    WRITTEN,
    /** A constraint that compares it with what is written. */
    CONSTRAINT,
    RETURNING,
    EXPLAIN
}
