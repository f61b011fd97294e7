package org.sallyport.contract;

/**
 * What happens to the values of one result column. SQL NULL stays NULL, but for {@link Redacted}.
 *
 * <p>The text masks are planned only for columns whose type has the same bytes in text and binary format (text, varchar,
 * char, name); any other masked type becomes {@link Nothing}. Lengths count Unicode code points.
 */
public sealed interface Mask {

    /** The character that stands for each hidden one. */
    char SENTINEL = '*';

    /** The value as it is. */
    record Clear() implements Mask {}

    /** SQL NULL in place of every value. */
    record Nothing() implements Mask {}

    /** A fixed text, so that not even the length shows. */
    record Constant(String text) implements Mask {}

    /** A fixed text in place of every value and of NULL, so that not even that shows. */
    record Redacted() implements Mask {
        public static final String TEXT = "********";
    }

    /** All but the last {@code count} characters hidden; a value of at most {@code count} is hidden whole. */
    record KeepLast(int count) implements Mask {
        public KeepLast {
            requireNotNegative(count);
        }
    }

    /** All but the first {@code count} characters hidden; a value of at most {@code count} is hidden whole. */
    record KeepFirst(int count) implements Mask {
        public KeepFirst {
            requireNotNegative(count);
        }
    }

    private static void requireNotNegative(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("a mask keeps zero or more characters, not " + count);
        }
    }
}
