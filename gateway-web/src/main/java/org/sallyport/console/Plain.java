package org.sallyport.console;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Makes hostile text safe to judge by eye: characters that would not show, or that would reorder what is shown, are written
 * out. Escaping for HTML is left to the page.
 */
final class Plain {
    /** Letters, marks and signs that show nothing: what else Unicode has as Default_Ignorable_Code_Point, and a blank of Braille. */
    private static final Predicate<String> BLANK = Pattern.compile(
                    "[\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800"
                            + "\\u3164\\uFE00-\\uFE0F\\uFFA0\\x{E0100}-\\x{E01EF}]")
            .asPredicate();

    private Plain() {}

    static String text(String hostile) {
        StringBuilder plain = new StringBuilder(hostile.length());
        hostile.codePoints().forEach(c -> {
            if (c < 0x7f && (c >= ' ' || c == '\n' || c == '\t')) {
                plain.append((char) c);
            } else {
                plain.append(visible(c));
            }
        });
        return plain.toString();
    }

    private static String visible(int c) {
        if (BLANK.test(Character.toString(c))) {
            return written(c);
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> written(c);
            // A space that is not the space looks like one.
            case Character.SPACE_SEPARATOR -> written(c);
            default -> Character.toString(c);
        };
    }

    private static String written(int c) {
        return "\u27E8U+%04X\u27E9".formatted(c);
    }
}
