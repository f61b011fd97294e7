package org.sallyport.value;

import java.util.Set;
import org.sallyport.contract.Sought;
import org.sallyport.contract.Sought.Known;

/**
 * Goes through a text once and finds what the gateway knows by itself. Whatever the text, no byte is looked at more than some times: what may
 * be long is looked for only where nothing of its kind stands before it.
 */
final class KnownScan {
    private static final byte DIGIT = 1;
    private static final byte LETTER = 2;
    private static final byte AT = 4;

    /** A plus sign, a parenthesis or a hyphen. */
    private static final byte SIGN = 8;

    /** Of each byte. */
    private static final byte[] KINDS = kinds();

    /** Nothing is shorter: {@code a@b.cd}. */
    private static final int LEAST_BYTES = 6;

    private final boolean card;
    private final boolean ssn;
    private final boolean iban;
    private final boolean email;
    private final boolean phone;
    private final boolean key;
    private final boolean jwt;

    /** What a text must have one of, for anything to be found. */
    private final int telling;

    private final Found found;

    /** Is told of each thing in its turn. */
    @FunctionalInterface
    interface Found {
        void found(Known what, int start, int end);
    }

    KnownScan(Set<Known> wanted, Found found) {
        card = wanted.contains(Sought.Known.CARD);
        ssn = wanted.contains(Sought.Known.SSN);
        iban = wanted.contains(Sought.Known.IBAN);
        email = wanted.contains(Sought.Known.EMAIL);
        phone = wanted.contains(Sought.Known.PHONE);
        key = wanted.contains(Sought.Known.KEY);
        jwt = wanted.contains(Sought.Known.JWT);
        // A key or token of so many characters has a digit, or will not be missed.
        telling = (email ? AT : 0) | (card || ssn || iban || phone || key || jwt ? DIGIT : 0);
        this.found = found;
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        for (int character = 0; character < 128; character++) {
            byte kind = Ascii.isDigit((byte) character) ? DIGIT : Ascii.isLetter((byte) character) ? LETTER : 0;
            kinds[character] = kind;
        }
        kinds['@'] = AT;
        kinds['+'] = SIGN;
        kinds['('] = SIGN;
        kinds['-'] = SIGN;
        return kinds;
    }

    void scan(byte[] text, int from, int to) {
        if (to - from < LEAST_BYTES || !mayHold(text, from, to)) {
            return;
        }
        int at = from;
        while (at < to) {
            int kind = KINDS[text[at] & 0xFF];
            int end = kind == 0 ? -1 : end(kind, text, at, from, to);
            if (end > at) {
                at = end;
            } else if ((kind & (DIGIT | LETTER)) != 0) {
                at = wordEnd(text, at, to);
            } else {
                at++;
            }
        }
    }

    /** What nearly every text fails. */
    private boolean mayHold(byte[] text, int from, int to) {
        int kinds = 0;
        for (int i = from; i < to; i++) {
            kinds |= KINDS[text[i] & 0xFF];
        }
        return (kinds & telling) != 0;
    }

    private static int wordEnd(byte[] text, int at, int to) {
        int end = at + 1;
        while (end < to && (KINDS[text[end] & 0xFF] & (DIGIT | LETTER)) != 0) {
            end++;
        }
        return end;
    }

    /** Where that ends which begins at {@code at}, at a word's first character or another of a kind; -1 where nothing does. */
    private int end(int kind, byte[] text, int at, int from, int to) {
        return switch (kind) {
            case DIGIT -> number(text, at, from, to);
            case LETTER -> word(text, at, from, to);
            case AT -> address(text, at, from, to);
            default -> sign(text, at, from, to);
        };
    }

    private int number(byte[] text, int at, int from, int to) {
        int end = card ? told(Known.CARD, at, CardNumber.end(text, at, from, to)) : -1;
        if (end < 0 && ssn) {
            end = told(Known.SSN, at, SocialSecurityNumber.end(text, at, from, to));
        }
        if (end < 0 && phone) {
            end = told(Known.PHONE, at, PhoneNumber.endOfNorthAmerican(text, at, from, to));
        }
        return end;
    }

    private int word(byte[] text, int at, int from, int to) {
        int end = iban ? told(Known.IBAN, at, Iban.end(text, at, to)) : -1;
        if (end < 0 && jwt) {
            end = told(Known.JWT, at, ApiKey.endOfJwt(text, at, from, to));
        }
        if (end < 0 && key) {
            end = told(Known.KEY, at, ApiKey.end(text, at, from, to));
        }
        return end;
    }

    private int address(byte[] text, int at, int from, int to) {
        int start = email ? EmailAddress.start(text, at, from) : at;
        return start == at ? -1 : told(Known.EMAIL, start, EmailAddress.end(text, at, to));
    }

    private int sign(byte[] text, int at, int from, int to) {
        if (text[at] == '-') {
            return key ? told(Known.KEY, at, ApiKey.endOfPem(text, at, to)) : -1;
        }
        if (!phone) {
            return -1;
        }
        int end = text[at] == '+'
                ? PhoneNumber.endOfInternational(text, at, from, to)
                : PhoneNumber.endOfParenthesized(text, at, to);
        return told(Known.PHONE, at, end);
    }

    private int told(Known what, int start, int end) {
        if (end > 0) {
            found.found(what, start, end);
        }
        return end;
    }
}
