package org.sallyport.sql;

/** The escapes of {@code E'…'} strings. */
final class BackslashEscapes {

    private BackslashEscapes() {}

    /** Decodes the escape at {@code at} into {@code value}; answers the offset after it. */
    static int decode(String sql, int at, StringBuilder value) {
        if (at + 1 >= sql.length()) {
            throw new UnreadableSql("unterminated quoted string");
        }
        char c = sql.charAt(at + 1);
        return switch (c) {
            case 'b' -> put(value, '\b', at);
            case 'f' -> put(value, '\f', at);
            case 'n' -> put(value, '\n', at);
            case 'r' -> put(value, '\r', at);
            case 't' -> put(value, '\t', at);
            case 'v' -> put(value, '\u000b', at);
            case 'u' -> unicode(sql, at + 2, 4, value);
            case 'U' -> unicode(sql, at + 2, 8, value);
            case 'x' -> bytes(sql, at + 2, 2, 16, value);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> bytes(sql, at + 1, 3, 8, value);
            default -> put(value, c, at);
        };
    }

    private static int put(StringBuilder value, char c, int at) {
        value.append(c);
        return at + 2;
    }

    private static int unicode(String sql, int from, int length, StringBuilder value) {
        value.appendCodePoint(UnicodeEscapes.codePoint(sql, from, length));
        return from + length;
    }

    private static int bytes(String sql, int from, int most, int radix, StringBuilder value) {
        int end = from;
        int number = 0;
        while (end < sql.length() && end - from < most && Character.digit(sql.charAt(end), radix) >= 0) {
            number = number * radix + Character.digit(sql.charAt(end), radix);
            end++;
        }
        if (end == from) {
            value.append('x');
        } else if (number > 0x7f) {
            // Single bytes of a longer UTF-8 character: what they make together is not worth guessing.
            throw new UnreadableSql("escaped byte beyond ASCII");
        } else {
            value.append((char) number);
        }
        return end;
    }
}
