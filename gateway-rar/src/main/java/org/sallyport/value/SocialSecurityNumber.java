package org.sallyport.value;

/** Social security numbers of the USA as they are written: three, two and four digits, with hyphens. Nine digits alone may be anything. */
final class SocialSecurityNumber {
    private static final int LENGTH = 11;

    private SocialSecurityNumber() {}

    /** Where the number ends that begins at {@code at}; -1 where none does. */
    static int end(byte[] text, int at, int from, int to) {
        int end = at + LENGTH;
        boolean written = end <= to
                && Ascii.digits(text, at, to, 4) == 3
                && text[at + 3] == '-'
                && Ascii.digits(text, at + 4, to, 3) == 2
                && text[at + 6] == '-'
                && Ascii.digits(text, at + 7, to, 5) == 4;
        return written && isGiven(text, at) && !Ascii.cameOn(text, at, from) && !Ascii.goesOn(text, end, to) ? end : -1;
    }

    /** None begins with 000, 666 or 9, and none has a part of zeros. */
    private static boolean isGiven(byte[] text, int at) {
        int area = 100 * (text[at] - '0') + 10 * (text[at + 1] - '0') + text[at + 2] - '0';
        boolean group = text[at + 4] != '0' || text[at + 5] != '0';
        boolean serial = text[at + 7] != '0' || text[at + 8] != '0' || text[at + 9] != '0' || text[at + 10] != '0';
        return area > 0 && area != 666 && area < 900 && group && serial;
    }
}
