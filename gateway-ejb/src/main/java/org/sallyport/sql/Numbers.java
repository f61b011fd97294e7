package org.sallyport.sql;

import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numeric constants, PostgreSQL 16's forms included. */
final class Numbers {

    private static final String DIGITS = "[0-9](?:_?[0-9])*+";
    // 1..10 is the number 1 and two dots, so a point before a point is not the number's.
    private static final Pattern NUMBER =
            Pattern.compile("0[xX](?:_?[0-9a-fA-F])++|0[oO](?:_?[0-7])++|0[bB](?:_?[01])++|(?:" + DIGITS
                    + "(?:\\.(?!\\.)(?:" + DIGITS + ")?)?|\\." + DIGITS + ")(?:[eE][+-]?" + DIGITS + ")?");

    /** With a minus before them of a smaller type than others of their size. */
    private static final Set<BigInteger> BORDERS =
            Set.of(BigInteger.ONE.shiftLeft(Integer.SIZE - 1), BigInteger.ONE.shiftLeft(Long.SIZE - 1));

    private Numbers() {}

    static int end(String sql, int from) {
        int digits = from;
        while (digits < sql.length() && Characters.isDigit(sql.charAt(digits))) {
            digits++;
        }
        if (digits > from && (digits == sql.length() || endsInteger(sql.charAt(digits)))) {
            return digits;
        }
        Matcher matcher = NUMBER.matcher(sql).region(from, sql.length());
        // Servers before 15 read 1abc as a number and a name, later ones as an error.
        if (!matcher.lookingAt()
                || (matcher.end() < sql.length() && Characters.continuesName(sql.charAt(matcher.end())))) {
            throw new UnreadableSql("trailing junk after numeric literal");
        }
        return matcher.end();
    }

    /** Neither the number nor a name goes on with it. */
    private static boolean endsInteger(char c) {
        return c != '.' && !Characters.continuesName(c);
    }

    /** What type a number has by its size, as PostgreSQL chooses it; of what is not in plain decimal digits the number itself. */
    static String kind(String number) {
        String digits = number.replace("_", "");
        if (digits.indexOf('.') >= 0 && digits.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))) {
            return "n";
        }
        boolean plain = digits.length() <= 19 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!plain) {
            return number;
        }
        BigInteger value = new BigInteger(digits);
        if (BORDERS.contains(value)) {
            return number;
        }
        return value.bitLength() < Integer.SIZE ? "i" : value.bitLength() < Long.SIZE ? "l" : "n";
    }
}
