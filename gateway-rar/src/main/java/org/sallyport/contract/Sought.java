package org.sallyport.contract;

import java.util.Locale;

/** What may be looked for in values. */
public sealed interface Sought {

    /** Under which it is counted; holds nothing of what is found. */
    String label();

    /** What the gateway knows by itself. */
    enum Known implements Sought {
        /** A payment card's number, by its issuer's range, its length and its check digit. */
        CARD,
        /** A social security number of the USA, with its hyphens. */
        SSN,
        /** An international bank account number, by its country's length and its check digits. */
        IBAN,
        EMAIL,
        /** A telephone number in international form, or with the area code of North America. */
        PHONE,
        /** An API key or token with a known prefix, or a private key in PEM. */
        KEY,
        /** A JSON web token. */
        JWT;

        @Override
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a regular expression of RE2's syntax matches. */
    record Pattern(String label, String expression) implements Sought {}
}
