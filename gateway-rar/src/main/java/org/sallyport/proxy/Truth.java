package org.sallyport.proxy;

import java.util.Locale;

/** What PostgreSQL takes for a boolean: a beginning of a word that leaves no doubt, in any case, or a digit. */
enum Truth {
    TRUE,
    FALSE,
    NEITHER;

    static Truth of(String value) {
        String word = value.toLowerCase(Locale.ROOT);
        if (begins("true", word) || begins("yes", word) || word.equals("on") || word.equals("1")) {
            return TRUE;
        }
        boolean off = word.length() > 1 && begins("off", word);
        return off || begins("false", word) || begins("no", word) || word.equals("0") ? FALSE : NEITHER;
    }

    private static boolean begins(String whole, String word) {
        return !word.isEmpty() && whole.startsWith(word);
    }
}
