package org.sallyport.value;

/** Names of members as JSON writes them. */
final class JsonNames {
    private JsonNames() {}

    /** Without escapes; what is no escape stays, since PostgreSQL lets no such name in. */
    static String unescape(String written) {
        StringBuilder name = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            char character = written.charAt(i);
            if (character != '\\' || i + 1 == written.length()) {
                name.append(character);
                continue;
            }
            char escape = written.charAt(++i);
            if (escape == 'u' && i + 4 < written.length()) {
                name.append((char) codeUnit(written, i + 1));
                i += 4;
            } else {
                name.append(unescape(escape));
            }
        }
        return name.toString();
    }

    private static int codeUnit(String written, int from) {
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            unit = unit << 4 | Character.digit(written.charAt(i), 16) & 15;
        }
        return unit;
    }

    private static char unescape(char escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape;
        };
    }
}
