package org.sallyport.unit;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes as operators write them: {@code 512MiB}. */
public final class ByteSize {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(B|KiB|MiB|GiB)?");
    private static final Map<String, Integer> SHIFTS = Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30);

    private ByteSize() {}

    /** @throws IllegalArgumentException where it is not a whole number with one of the units, or none for bytes */
    public static long of(String size) {
        Matcher parts = SIZE.matcher(size.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected a size such as 512MiB or 1GiB, not \"" + size + "\"");
        }
        String unit = parts.group(2) == null ? "B" : parts.group(2);
        try {
            return Math.multiplyExact(Long.parseLong(parts.group(1)), 1L << SHIFTS.getOrDefault(unit, 0));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("more bytes than can be counted: \"" + size + "\"", e);
        }
    }
}
