package org.sallyport.console;

import org.sallyport.identity.Unseen;

/**
 * Makes hostile text safe to judge by eye: characters that would not show, or that would reorder what is shown, are written
 * out. Escaping for HTML is left to the page.
 */
final class Plain {
    private Plain() {}

    static String text(String hostile) {
        StringBuilder plain = new StringBuilder(hostile.length());
        hostile.codePoints().forEach(c -> {
            if (c < 0x7f && (c >= ' ' || c == '\n' || c == '\t')) {
                plain.append((char) c);
            } else {
                plain.append(Unseen.is(c) ? written(c) : Character.toString(c));
            }
        });
        return plain.toString();
    }

    private static String written(int c) {
        return "\u27E8U+%04X\u27E9".formatted(c);
    }
}
