package org.sallyport.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keys and tokens of well-known services, by the prefixes that were given to them to be found; private keys in PEM; and JSON web tokens. */
final class ApiKey {
    private static final byte[] PEM = bytes("-----BEGIN ");
    private static final byte[] PEM_KEY = bytes("PRIVATE KEY-----");
    private static final byte[] PEM_END = bytes("-----END ");
    private static final byte[] JWT = bytes("eyJ");
    private static final int LEAST_OF_JWT = 10;

    /**
     * How a key begins, and at least how many characters follow.
     *
     * @param token whether hyphens and underscores may be among them
     */
    private record Form(byte[] prefix, int least, boolean token) {
        Form(String prefix, int least, boolean token) {
            this(bytes(prefix), least, token);
        }
    }

    private static final Form[] FORMS = {
        new Form("AKIA", 16, false),
        new Form("ASIA", 16, false),
        new Form("AIza", 35, true),
        new Form("ghp_", 36, false),
        new Form("gho_", 36, false),
        new Form("ghu_", 36, false),
        new Form("ghs_", 36, false),
        new Form("ghr_", 36, false),
        new Form("github_pat_", 40, true),
        new Form("glpat-", 20, true),
        new Form("sk_live_", 16, false),
        new Form("sk_test_", 16, false),
        new Form("rk_live_", 16, false),
        new Form("rk_test_", 16, false),
        new Form("whsec_", 24, false),
        new Form("sk-", 32, true),
        new Form("xoxa-", 20, true),
        new Form("xoxb-", 20, true),
        new Form("xoxp-", 20, true),
        new Form("xoxr-", 20, true),
        new Form("xoxs-", 20, true),
        new Form("npm_", 36, false),
        new Form("pypi-", 50, true),
        new Form("hf_", 30, false),
        new Form("dop_v1_", 64, false),
    };

    /** By the first character. */
    private static final Form[][] BY_FIRST = new Form[128][];

    static {
        for (int first = 0; first < BY_FIRST.length; first++) {
            int character = first;
            BY_FIRST[first] = Arrays.stream(FORMS)
                    .filter(form -> form.prefix()[0] == character)
                    .toArray(Form[]::new);
        }
    }

    private ApiKey() {}

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Where the key ends that begins with the letter at {@code at}; -1 where none does. */
    static int end(byte[] text, int at, int from, int to) {
        for (Form form : BY_FIRST[text[at]]) {
            if (stands(form.prefix(), text, at, to) && begins(text, at, from)) {
                int first = at + form.prefix().length;
                int end = run(text, first, to, form.token());
                if (end - first >= form.least() && hasDigit(text, first, end)) {
                    return end;
                }
            }
        }
        return -1;
    }

    /** Where the token of three parts ends that begins at {@code at}; -1 where none does. */
    static int endOfJwt(byte[] text, int at, int from, int to) {
        if (!stands(JWT, text, at, to) || !begins(text, at, from)) {
            return -1;
        }
        int header = part(text, at, to);
        int payload = header > 0 && stands(JWT, text, header, to) ? part(text, header, to) : -1;
        return payload > 0 ? run(text, payload, to, true) : -1;
    }

    /** Where the next part begins, behind a point; -1 where there is none. */
    private static int part(byte[] text, int at, int to) {
        int end = run(text, at, to, true);
        return end - at >= LEAST_OF_JWT && end < to && text[end] == '.' ? end + 1 : -1;
    }

    /** Where the private key ends that begins with the hyphen at {@code at}; -1 where none does. */
    static int endOfPem(byte[] text, int at, int to) {
        if (!stands(PEM, text, at, to)) {
            return -1;
        }
        int kind = at + PEM.length;
        while (kind < to && kind < at + 2 * PEM.length && !stands(PEM_KEY, text, kind, to)) {
            kind++;
        }
        if (!stands(PEM_KEY, text, kind, to)) {
            return -1;
        }
        int end = kind + PEM_KEY.length;
        while (end < to && !stands(PEM_END, text, end, to)) {
            end++;
        }
        return end;
    }

    /** Else each part of a long name would be looked at up to its end. */
    private static boolean begins(byte[] text, int at, int from) {
        return at == from || !Ascii.isToken(text[at - 1]);
    }

    private static boolean stands(byte[] prefix, byte[] text, int at, int to) {
        return at + prefix.length <= to && Arrays.equals(prefix, 0, prefix.length, text, at, at + prefix.length);
    }

    private static int run(byte[] text, int at, int to, boolean token) {
        int end = at;
        while (end < to && (token ? Ascii.isToken(text[end]) : Ascii.isWord(text[end]))) {
            end++;
        }
        return end;
    }

    private static boolean hasDigit(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Ascii.isDigit(text[i])) {
                return true;
            }
        }
        return false;
    }
}
