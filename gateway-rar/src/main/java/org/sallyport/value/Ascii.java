package org.sallyport.value;

/** Classes of the bytes of a text in UTF-8. What is not ASCII is in none: next to it something else may begin. */
final class Ascii {
    private Ascii() {}

    static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    static boolean isLetter(byte character) {
        int lower = character | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    static boolean isWord(byte character) {
        return isDigit(character) || isLetter(character);
    }

    /** Of base64url's alphabet. */
    static boolean isToken(byte character) {
        return isWord(character) || character == '-' || character == '_';
    }

    /** How many digits stand there, up to {@code most}. */
    static int digits(byte[] text, int at, int to, int most) {
        int count = 0;
        while (count < most && at + count < to && isDigit(text[at + count])) {
            count++;
        }
        return count;
    }

    /** Whether a letter or digit stands there. */
    static boolean isWordAt(byte[] text, int at, int to) {
        return at < to && isWord(text[at]);
    }

    /** Whether a number goes on there: by a letter or digit, or by a hyphen or point and a digit. */
    static boolean goesOn(byte[] text, int at, int to) {
        if (isWordAt(text, at, to)) {
            return true;
        }
        boolean joined = at + 1 < to && (text[at] == '-' || text[at] == '.');
        return joined && isDigit(text[at + 1]);
    }

    /** Whether what begins there only goes on with a number: it stands behind a digit and a hyphen or point. */
    static boolean cameOn(byte[] text, int at, int from) {
        boolean joined = at - 2 >= from && (text[at - 1] == '-' || text[at - 1] == '.');
        return joined && isDigit(text[at - 2]);
    }
}
