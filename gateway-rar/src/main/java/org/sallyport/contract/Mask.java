package org.sallyport.contract;

import java.util.List;

/**
 * What happens to the values of one result column. SQL NULL stays NULL, but for {@link Redacted}; the column's type stays
 * what it is.
 *
 * <p>A mask suits some types; for values of any other it shows NULL. In an array each element is masked. Lengths count
 * Unicode code points.
 */
public sealed interface Mask {

    /** The character that stands for each hidden one. */
    char SENTINEL = '*';

    /** Stands for a value whose length is hidden too. */
    String HIDDEN = "********";

    /** The value as it is. */
    record Clear() implements Mask {
        @Override
        public boolean suits(int typeOid) {
            return true;
        }
    }

    /** SQL NULL in place of every value. */
    record Nothing() implements Mask {
        @Override
        public boolean suits(int typeOid) {
            return true;
        }
    }

    /** A fixed text, so that not even the length shows; for an array one of this text alone. */
    record Constant(String text) implements Mask {}

    /** A fixed text in place of every value and of NULL, so that not even that shows. */
    record Redacted() implements Mask {
        public static final String TEXT = HIDDEN;

        /** No arrays: whether the array is NULL would show. */
        @Override
        public boolean suits(int typeOid) {
            return MaskedType.of(typeOid).filter(this::suits).isPresent();
        }
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

    /** {@link #HIDDEN} before the domain of an e-mail address; what is none is hidden whole. */
    record Email() implements Mask {}

    /** HMAC-SHA-256 of the value: 32 hexadecimal digits, a UUID or a whole number that is not negative. */
    record Hash(MaskKey key) implements Mask {
        @Override
        public boolean suits(MaskedType type) {
            return switch (type) {
                case UUID, INT2, INT4, INT8 -> true;
                default -> type.isText();
            };
        }
    }

    /**
     * Other digits in place of the digits, by FF1 of NIST SP 800-38G; what has fewer than {@link #LEAST_DIGITS}, more than
     * {@link #MOST_DIGITS} or anything but digits and separators is hidden whole.
     */
    record Tokenize(MaskKey key) implements Mask {
        /** Fewer have under a million values, which the standard forbids. */
        public static final int LEAST_DIGITS = 6;

        /** More are no number of anything; the work grows with the square. */
        public static final int MOST_DIGITS = 64;
    }

    /** The first moment of the period that a day or time lies in; of one with a time zone, by UTC. */
    record ToPeriod(Period period) implements Mask {
        @Override
        public boolean suits(MaskedType type) {
            return type.isDate();
        }
    }

    /** What {@link ToPeriod} leaves of a date. */
    enum Period {
        MONTH,
        YEAR,
        DECADE
    }

    /** The largest multiple of {@code step} that is not above the number. */
    record ToStep(int step) implements Mask {
        public ToStep {
            if (step < 1) {
                throw new IllegalArgumentException("a step is positive, not " + step);
            }
        }

        @Override
        public boolean suits(MaskedType type) {
            return type.isNumber();
        }
    }

    /** {@link #HIDDEN} in place of what stands at some paths of a JSON document. */
    record Json(List<JsonPath> paths) implements Mask {
        public Json {
            paths = List.copyOf(paths);
        }

        @Override
        public boolean suits(MaskedType type) {
            return type == MaskedType.JSON || type == MaskedType.JSONB;
        }
    }

    /**
     * {@link #HIDDEN} in place of what some of the detectors find in texts and in JSON documents, in their keys too; everything else as it is.
     * A value too long to be looked at becomes NULL where anything would be hidden.
     */
    record Screened(List<Detector> detectors) implements Mask {
        public Screened {
            detectors = List.copyOf(detectors);
        }

        /** Whether anything is hidden, or all only counted. */
        public boolean hides() {
            return detectors.stream().anyMatch(Detector::hides);
        }

        @Override
        public boolean suits(MaskedType type) {
            return switch (type) {
                case TEXT, VARCHAR, BPCHAR, JSON, JSONB -> true;
                default -> false;
            };
        }
    }

    /**
     * Where something stands in JSON documents: the member of the member of the outermost object, and so on. Arrays on the way
     * are looked through, as PostgreSQL's lax paths do.
     *
     * @param elements whether, where an array stands there, its elements are meant
     */
    record JsonPath(List<String> names, boolean elements) {
        public JsonPath {
            names = List.copyOf(names);
        }
    }

    /** Whether what it shows of a value depends on a secret. */
    default boolean isKeyed() {
        return this instanceof Hash || this instanceof Tokenize;
    }

    /** Whether it shows anything of values of a type but NULL. */
    default boolean suits(int typeOid) {
        return MaskedType.of(typeOid)
                .or(() -> MaskedType.ofElements(typeOid))
                .filter(this::suits)
                .isPresent();
    }

    /** The same of values and elements of one of those types. */
    default boolean suits(MaskedType type) {
        return type.isText();
    }

    private static void requireNotNegative(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("a mask keeps zero or more characters, not " + count);
        }
    }
}
