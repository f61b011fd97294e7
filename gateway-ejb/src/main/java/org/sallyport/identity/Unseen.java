package org.sallyport.identity;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Characters that show nothing, look like the space, or reorder what is shown: by these two texts look alike that are not. */
public final class Unseen {
    /** Letters, marks and signs that show nothing: what else Unicode has as Default_Ignorable_Code_Point, and a blank of Braille. */
    private static final Predicate<String> BLANK = Pattern.compile(
                    "[\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800"
                            + "\\u3164\\uFE00-\\uFE0F\\uFFA0\\x{E0100}-\\x{E01EF}]")
            .asPredicate();

    private Unseen() {}

    /** Whether it is one; the space itself is one too. */
    public static boolean is(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> true;
            default -> BLANK.test(Character.toString(character));
        };
    }
}
