package org.sallyport.value;

import java.util.Map;
import java.util.TreeMap;

/** International bank account numbers (ISO 13616): as long as their country has them, in one piece or in groups of four, and divisible. */
final class Iban {
    private static final int MODULUS = 97;
    private static final int GROUP = 4;

    /** By country, from SWIFT's registry. */
    private static final Map<Integer, Integer> LENGTHS = lengths(
            "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18"
                    + " FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21"
                    + " LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24"
                    + " RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30");

    private Iban() {}

    private static Map<Integer, Integer> lengths(String countries) {
        Map<Integer, Integer> lengths = new TreeMap<>();
        for (String country : countries.split(" ")) {
            lengths.put(country(country.charAt(0), country.charAt(1)), Integer.valueOf(country.substring(2)));
        }
        return Map.copyOf(lengths);
    }

    private static int country(int first, int second) {
        return (first & ~0x20) << Byte.SIZE | (second & ~0x20);
    }

    /** Where the number ends that begins with the letter at {@code at}; -1 where none does. */
    static int end(byte[] text, int at, int to) {
        boolean begins = at + GROUP < to
                && Ascii.isLetter(text[at + 1])
                && Ascii.isDigit(text[at + 2])
                && Ascii.isDigit(text[at + 3]);
        Integer length = begins ? LENGTHS.get(country(text[at], text[at + 1])) : null;
        return length == null ? -1 : end(text, at, to, length);
    }

    private static int end(byte[] text, int at, int to, int length) {
        int remainder = 0;
        int i = at;
        for (int taken = 0; taken < length; taken++, i++) {
            if (taken > 0 && taken % GROUP == 0 && i < to && text[i] == ' ') {
                i++;
            }
            if (!Ascii.isWordAt(text, i, to)) {
                return -1;
            }
            remainder = taken < GROUP ? remainder : added(remainder, text[i]);
        }
        for (int k = at; k < at + GROUP; k++) {
            remainder = added(remainder, text[k]);
        }
        return remainder == 1 && !Ascii.isWordAt(text, i, to) ? i : -1;
    }

    /** A letter counts as two digits, from 10 for A on. */
    private static int added(int remainder, byte character) {
        return Ascii.isDigit(character)
                ? (remainder * 10 + character - '0') % MODULUS
                : (remainder * 100 + (character & ~0x20) - 'A' + 10) % MODULUS;
    }
}
