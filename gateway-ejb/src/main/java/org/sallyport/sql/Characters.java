package org.sallyport.sql;

import java.nio.charset.StandardCharsets;

/** The scanner's classes of characters. */
final class Characters {

    /** NAMEDATALEN - 1. */
    private static final int NAME_BYTES = 63;

    private Characters() {}

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u000b';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean startsName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    static boolean continuesName(char c) {
        return startsName(c) || isDigit(c) || c == '$';
    }

    /** Folds ASCII only, as the server does in UTF-8. */
    static String fold(String name) {
        int upper = 0;
        while (upper < name.length() && !isUpper(name.charAt(upper))) {
            upper++;
        }
        if (upper == name.length()) {
            return name;
        }
        StringBuilder folded = new StringBuilder(name.length()).append(name, 0, upper);
        for (int i = upper; i < name.length(); i++) {
            char c = name.charAt(i);
            folded.append(isUpper(c) ? (char) (c + ('a' - 'A')) : c);
        }
        return folded.toString();
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 0x80);
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    /** Cuts a name to 63 bytes at a character's boundary. */
    static String truncate(String name) {
        if (name.length() <= NAME_BYTES / 3) {
            return name;
        }
        int bytes = 0;
        int i = 0;
        while (i < name.length()) {
            int codePoint = name.codePointAt(i);
            bytes += new String(Character.toChars(codePoint)).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > NAME_BYTES) {
                return name.substring(0, i);
            }
            i += Character.charCount(codePoint);
        }
        return name;
    }

    static int lineEnd(String sql, int from) {
        int end = from;
        while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    /** The offset after the block comment that starts at {@code from}; comments nest. */
    static int commentEnd(String sql, int from) {
        int depth = 1;
        int i = from + 2;
        while (i < sql.length()) {
            if (sql.startsWith("/*", i)) {
                depth++;
                i += 2;
            } else if (sql.startsWith("*/", i)) {
                i += 2;
                if (--depth == 0) {
                    return i;
                }
            } else {
                i++;
            }
        }
        throw new UnreadableSql("unterminated comment");
    }
}
