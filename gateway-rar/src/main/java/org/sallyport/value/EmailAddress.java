package org.sallyport.value;

/** E-mail addresses, from their {@code @} to both sides. */
final class EmailAddress {
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 253;

    private EmailAddress() {}

    /** Where the address begins whose {@code @} stands at {@code at}; {@code at} itself where none does. */
    static int start(byte[] text, int at, int from) {
        int start = at;
        while (start > from && at - start < LONGEST_LOCAL && isOfLocal(text[start - 1])) {
            start--;
        }
        while (start < at && !Ascii.isWord(text[start]) && text[start] != '_') {
            start++;
        }
        return start;
    }

    private static boolean isOfLocal(byte character) {
        return Ascii.isWord(character) || "._%+-'".indexOf(character) >= 0;
    }

    /** Where the domain behind the {@code @} ends; -1 where there is none with a point and a top level of letters. */
    static int end(byte[] text, int at, int to) {
        int end = -1;
        int label = at + 1;
        while (label < to && label - at <= LONGEST_DOMAIN) {
            int i = label;
            boolean letters = true;
            while (i < to && i - at <= LONGEST_DOMAIN && (Ascii.isWord(text[i]) || text[i] == '-')) {
                letters &= Ascii.isLetter(text[i]);
                i++;
            }
            if (i == label) {
                break;
            }
            boolean top = label > at + 1 && i - label >= 2 && (letters || isPunycode(text, label, i));
            end = top ? i : end;
            if (i >= to || text[i] != '.') {
                break;
            }
            label = i + 1;
        }
        return end;
    }

    private static boolean isPunycode(byte[] text, int from, int to) {
        return to - from > 4
                && (text[from] | 0x20) == 'x'
                && (text[from + 1] | 0x20) == 'n'
                && text[from + 2] == '-'
                && text[from + 3] == '-';
    }
}
