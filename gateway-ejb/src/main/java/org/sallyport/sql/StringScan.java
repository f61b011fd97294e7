package org.sallyport.sql;

/**
 * One quoted string or name.
 *
 * @param value its decoded content
 * @param end   the offset after it, and after pieces that continue it
 */
record StringScan(String value, int end) {

    /** Reads the string whose opening quote stands at {@code quote}. */
    static StringScan from(String sql, int quote, boolean escapes) {
        StringBuilder value = new StringBuilder();
        int i = quote + 1;
        while (true) {
            i = piece(sql, i, escapes, value);
            int next = continuation(sql, i);
            if (next < 0) {
                return new StringScan(checked(value), i);
            }
            i = next;
        }
    }

    static StringScan quotedName(String sql, int quote) {
        StringBuilder value = new StringBuilder();
        for (int i = quote + 1; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c != '"') {
                value.append(c);
            } else if (i + 1 < sql.length() && sql.charAt(i + 1) == '"') {
                value.append('"');
                i++;
            } else {
                return new StringScan(checked(value), i + 1);
            }
        }
        throw new UnreadableSql("unterminated quoted identifier");
    }

    private static String checked(StringBuilder value) {
        if (value.indexOf("\0") >= 0) {
            throw new UnreadableSql("zero byte");
        }
        return value.toString();
    }

    private static int piece(String sql, int from, boolean escapes, StringBuilder value) {
        int i = from;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == '\'' && i + 1 < sql.length() && sql.charAt(i + 1) == '\'') {
                value.append('\'');
                i += 2;
            } else if (c == '\'') {
                return i + 1;
            } else if (c == '\\' && escapes) {
                i = BackslashEscapes.decode(sql, i, value);
            } else {
                value.append(c);
                i++;
            }
        }
        throw new UnreadableSql("unterminated quoted string");
    }

    /** Where the content of the next piece starts: white space with a newline and a quote continue a string. */
    private static int continuation(String sql, int from) {
        boolean newline = false;
        int i = from;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == '\'') {
                return newline ? i + 1 : -1;
            }
            if (sql.startsWith("--", i)) {
                i = Characters.lineEnd(sql, i);
            } else if (Characters.isSpace(c)) {
                newline |= c == '\n' || c == '\r';
                i++;
            } else {
                return -1;
            }
        }
        return -1;
    }
}
