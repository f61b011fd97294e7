package org.sallyport.sql;

/** The escapes of {@code U&'…'} and {@code U&"…"}. */
final class UnicodeEscapes {

    private UnicodeEscapes() {}

    static char validEscape(String escape) {
        boolean valid = escape.length() == 1
                && Character.digit(escape.charAt(0), 16) < 0
                && "+'\"".indexOf(escape.charAt(0)) < 0
                && !Characters.isSpace(escape.charAt(0));
        if (!valid) {
            throw new UnreadableSql("invalid Unicode escape character");
        }
        return escape.charAt(0);
    }

    static String decode(String text, char escape) {
        StringBuilder decoded = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != escape) {
                decoded.append(c);
                i++;
            } else if (i + 1 < text.length() && text.charAt(i + 1) == escape) {
                decoded.append(escape);
                i += 2;
            } else {
                boolean longForm = i + 1 < text.length() && text.charAt(i + 1) == '+';
                int from = i + (longForm ? 2 : 1);
                int length = longForm ? 6 : 4;
                decoded.appendCodePoint(codePoint(text, from, length));
                i = from + length;
            }
        }
        return decoded.toString();
    }

    static int codePoint(String text, int from, int length) {
        if (from + length > text.length()) {
            throw new UnreadableSql("invalid Unicode escape");
        }
        long codePoint = 0;
        for (int i = from; i < from + length; i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw new UnreadableSql("invalid Unicode escape");
            }
            codePoint = codePoint * 16 + digit;
        }
        // Surrogate pairs spell one character in two escapes; nobody needs them who can write the character.
        if (codePoint == 0 || codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) {
            throw new UnreadableSql("invalid Unicode escape value");
        }
        return (int) codePoint;
    }
}
