package org.sallyport.value;

/** What a JSON string with escapes means, in UTF-8. Half a surrogate pair becomes a question mark. */
final class JsonText {
    private static final int HEXADECIMAL = 16;
    private static final int DIGITS = 4;

    private byte[] text = new byte[128];
    private int length;

    /** Of what was decoded last; no longer than what it was decoded from. */
    byte[] text() {
        return text;
    }

    /** Decodes what stands between the quotes; returns its length. */
    int decode(byte[] json, int from, int to) {
        text = Room.of(text, to - from);
        length = 0;
        int at = from;
        while (at < to) {
            if (json[at] != '\\' || at + 1 >= to) {
                text[length++] = json[at++];
            } else if (json[at + 1] == 'u') {
                at = unicode(json, at, to);
            } else {
                text[length++] = simple(json[at + 1]);
                at += 2;
            }
        }
        return length;
    }

    private static byte simple(byte escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }

    /** Six bytes for at most three, and twelve for four. */
    private int unicode(byte[] json, int at, int to) {
        int unit = unit(json, at, to);
        int behind = at + 2 + DIGITS;
        if (Character.isHighSurrogate((char) unit)) {
            int low = unit(json, behind, to);
            if (low >= 0 && Character.isLowSurrogate((char) low)) {
                put(Character.toCodePoint((char) unit, (char) low));
                return behind + 2 + DIGITS;
            }
        }
        put(unit < 0 || Character.isSurrogate((char) unit) ? '?' : unit);
        return Math.min(behind, to);
    }

    /** Of {@code \\u} and four digits; -1 where there is none. */
    private static int unit(byte[] json, int at, int to) {
        if (at + 2 + DIGITS > to || json[at] != '\\' || json[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 2 + DIGITS; i++) {
            int digit = Character.digit(json[i], HEXADECIMAL);
            if (digit < 0) {
                return -1;
            }
            unit = unit * HEXADECIMAL + digit;
        }
        return unit;
    }

    private void put(int codePoint) {
        if (codePoint < 0x80) {
            text[length++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            text[length++] = (byte) (0xC0 | codePoint >> 6);
            text[length++] = continued(codePoint);
        } else if (codePoint < 0x10000) {
            text[length++] = (byte) (0xE0 | codePoint >> 12);
            text[length++] = continued(codePoint >> 6);
            text[length++] = continued(codePoint);
        } else {
            text[length++] = (byte) (0xF0 | codePoint >> 18);
            text[length++] = continued(codePoint >> 12);
            text[length++] = continued(codePoint >> 6);
            text[length++] = continued(codePoint);
        }
    }

    private static byte continued(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }
}
