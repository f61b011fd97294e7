package org.sallyport.console;

import java.util.stream.Collectors;

/**
 * Makes hostile text safe to judge by eye: characters that would not show, or that would reorder what is shown, are written
 * out. Escaping for HTML is left to the page.
 */
final class Plain {
    private Plain() {}

    static String text(String hostile) {
        return hostile.codePoints().mapToObj(Plain::visible).collect(Collectors.joining());
    }

    private static String visible(int c) {
        if (c == '\n' || c == '\t') {
            return Character.toString(c);
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> "\u27E8U+%04X\u27E9".formatted(c);
            // A space that is not the space looks like one.
            case Character.SPACE_SEPARATOR -> c == ' ' ? " " : "\u27E8U+%04X\u27E9".formatted(c);
            default -> Character.toString(c);
        };
    }
}
