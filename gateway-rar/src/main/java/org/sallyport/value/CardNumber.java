package org.sallyport.value;

/** Payment cards' numbers: digits alone, or in the groups that stand on the card, with blanks or hyphens between them. */
final class CardNumber {
    private static final int LEAST = 13;
    private static final int MOST = 19;

    private CardNumber() {}

    /** Where the number ends that begins at {@code at}; -1 where none does. */
    static int end(byte[] text, int at, int from, int to) {
        if (Ascii.cameOn(text, at, from)) {
            return -1;
        }
        int alone = Ascii.digits(text, at, to, MOST + 1);
        int end = alone >= LEAST ? at + alone : grouped(text, at, alone, to);
        return end > 0 && !Ascii.goesOn(text, end, to) && isCard(text, at, end) ? end : -1;
    }

    /** 4-4-4-4, 4-4-4-4-3, 4-6-5 or 4-6-4. */
    private static int grouped(byte[] text, int at, int first, int to) {
        int behind = at + first;
        if (first != 4 || behind >= to || (text[behind] != ' ' && text[behind] != '-')) {
            return -1;
        }
        byte separator = text[behind];
        int second = group(text, behind, to, separator);
        int third = second > 0 ? group(text, behind + 1 + second, to, separator) : 0;
        int end = behind + 2 + second + third;
        if (second == 6) {
            return third == 5 || third == 4 ? end : -1;
        }
        if (second != 4 || third != 4 || group(text, end, to, separator) != 4) {
            return -1;
        }
        int fifth = group(text, end + 5, to, separator);
        return fifth == 3 ? end + 9 : end + 5;
    }

    /** The digits behind a separator. */
    private static int group(byte[] text, int at, int to, byte separator) {
        return at < to && text[at] == separator ? Ascii.digits(text, at + 1, to, 7) : 0;
    }

    private static boolean isCard(byte[] text, int at, int end) {
        int length = 0;
        int prefix = 0;
        for (int i = at; i < end; i++) {
            if (Ascii.isDigit(text[i])) {
                prefix = length < 4 ? prefix * 10 + text[i] - '0' : prefix;
                length++;
            }
        }
        return isIssued(prefix, length) && checks(text, at, end);
    }

    /** The ranges of the large schemes, so that a time in milliseconds is no card. */
    private static boolean isIssued(int prefix, int length) {
        int first = prefix / 1000;
        int two = prefix / 100;
        if (first == 4) {
            return length == 13 || length == 16 || length == 19;
        }
        if (two == 34 || two == 37) {
            return length == 15;
        }
        if (two == 36 || two == 38 || two == 39 || (prefix >= 3000 && prefix <= 3059)) {
            return length == 14 || length == 16;
        }
        boolean mastercard = (two >= 51 && two <= 55) || (prefix >= 2221 && prefix <= 2720);
        boolean others = prefix >= 3528 && prefix <= 3589;
        if (mastercard || others) {
            return length == 16;
        }
        boolean maestro = prefix == 5018 || prefix == 5020 || prefix == 5038 || prefix == 5893;
        return (first == 6 || maestro) && length >= 16;
    }

    /** Luhn's formula: every second digit from the right doubled, the sum a multiple of ten. */
    private static boolean checks(byte[] text, int at, int end) {
        int sum = 0;
        boolean doubled = false;
        for (int i = end - 1; i >= at; i--) {
            if (Ascii.isDigit(text[i])) {
                int digit = text[i] - '0';
                int counted = doubled ? 2 * digit : digit;
                sum += counted > 9 ? counted - 9 : counted;
                doubled = !doubled;
            }
        }
        return sum % 10 == 0;
    }
}
