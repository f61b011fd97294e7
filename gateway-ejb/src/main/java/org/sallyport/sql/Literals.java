package org.sallyport.sql;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Hides values in SQL: strings, bit strings, numbers and comments.
 *
 * <p>It reads the text as the server does. Linear in the text's length, which a client chooses.
 */
public final class Literals {
    private Literals() {}

    /**
     * The text with each value in it replaced; all of it where it cannot be read.
     *
     * @param replacement of a string's value or a number as written; it must have no quotes in it
     */
    public static String hidden(String sql, UnaryOperator<String> replacement) {
        List<Token> tokens;
        try {
            tokens = Lexer.tokens(sql);
        } catch (UnreadableSql unreadable) {
            return "[unreadable, with values that may carry a label: " + sql.length() + " characters]";
        }
        StringBuilder shown = new StringBuilder(sql.length());
        int copied = 0;
        for (Token token : tokens) {
            gap(sql.substring(copied, token.start()), shown);
            shown.append(
                    switch (token.kind()) {
                        case STRING, BITS -> "'" + replacement.apply(token.text()) + "'";
                        case NUMBER -> replacement.apply(token.text());
                        default -> sql.substring(token.start(), token.end());
                    });
            copied = token.end();
        }
        gap(sql.substring(copied), shown);
        return shown.toString();
    }

    /** Blanks and comments; of comments only that they were there, and what they asked of the gateway. */
    private static void gap(String gap, StringBuilder shown) {
        if (!gap.contains("--") && !gap.contains("/*")) {
            shown.append(gap);
            return;
        }
        UnmaskComment.of(gap)
                .ifPresent(asked -> shown.append("/* sallyport: unmask ")
                        .append(String.join(", ", asked.labels()).replace("*/", ""))
                        .append(" */"));
        shown.append(" /* … */ ");
    }
}
