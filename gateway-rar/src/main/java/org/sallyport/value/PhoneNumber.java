package org.sallyport.value;

/**
 * Telephone numbers: {@code +49 30 1234567} with any grouping, {@code (415) 555-2671}, {@code 415-555-2671} and {@code 415.555.2671}. Digits
 * alone may be anything.
 */
final class PhoneNumber {
    /** E.164 allows no more; fewer are no number that is called from abroad. */
    private static final int MOST_DIGITS = 15;

    private static final int LEAST_DIGITS = 8;

    private PhoneNumber() {}

    /** Where the number ends that begins with the plus sign at {@code at}; -1 where none does. */
    static int endOfInternational(byte[] text, int at, int from, int to) {
        boolean begins = (at == from || !Ascii.isWord(text[at - 1]))
                && at + 1 < to
                && text[at + 1] >= '1'
                && text[at + 1] <= '9';
        int end = -1;
        int digits = 0;
        int i = at + 1;
        while (begins && i < to) {
            int group = Ascii.digits(text, i, to, MOST_DIGITS + 1);
            digits += group;
            i += group;
            if (group == 0 || digits > MOST_DIGITS || Ascii.isWordAt(text, i, to)) {
                break;
            }
            end = digits >= LEAST_DIGITS ? i : -1;
            i = separated(text, i, to);
        }
        return end;
    }

    /** Where the next group may begin: behind a blank, point, hyphen or slash, and parentheses beside it. */
    private static int separated(byte[] text, int at, int to) {
        int i = at;
        while (i < to && i < at + 3 && " .-/()".indexOf(text[i]) >= 0) {
            i++;
        }
        return i == at ? to : i;
    }

    /** Where the number ends that begins with the parenthesis at {@code at}; -1 where none does. */
    static int endOfParenthesized(byte[] text, int at, int to) {
        if (!isAreaCode(text, at + 1, to) || at + 4 >= to || text[at + 4] != ')') {
            return -1;
        }
        int next = at + 5 < to && text[at + 5] == ' ' ? at + 6 : at + 5;
        return isAreaCode(text, next, to) && next + 3 < to && " -.".indexOf(text[next + 3]) >= 0
                ? last(text, next + 4, to)
                : -1;
    }

    /** Where the number ends that begins with the area code at {@code at}; -1 where none does. */
    static int endOfNorthAmerican(byte[] text, int at, int from, int to) {
        boolean begins = !Ascii.cameOn(text, at, from) || isCountryCode(text, at - 2, from);
        if (!begins || !isAreaCode(text, at, to) || at + 7 >= to || !isAreaCode(text, at + 4, to)) {
            return -1;
        }
        boolean separated = (text[at + 3] == '-' || text[at + 3] == '.') && text[at + 7] == text[at + 3];
        return separated ? last(text, at + 8, to) : -1;
    }

    private static boolean isCountryCode(byte[] text, int at, int from) {
        return text[at] == '1' && (at == from || !Ascii.isWord(text[at - 1])) && !Ascii.cameOn(text, at, from);
    }

    /** Three digits, of which the first is none of 0 and 1. */
    private static boolean isAreaCode(byte[] text, int at, int to) {
        return Ascii.digits(text, at, to, 4) == 3 && text[at] >= '2';
    }

    private static int last(byte[] text, int at, int to) {
        return Ascii.digits(text, at, to, 5) == 4 && !Ascii.goesOn(text, at + 4, to) ? at + 4 : -1;
    }
}
