package org.sallyport.sql;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides passwords in SQL: the literals after {@code PASSWORD}, and what connection strings carry.
 *
 * <p>It reads the text as the server does, so that nobody can hide a statement as if it were a password. Linear in the
 * text's length, which a client chooses.
 */
public final class Passwords {
    private static final String HIDDEN = "***";

    /** Key and value, or a URI's user and password; bounded, so that no text makes the search quadratic. */
    private static final Pattern CONNECTION = Pattern.compile(
            "(password\\s{0,9}=\\s{0,9}|://[^\\s:/@']{1,100}:)[^\\s'@&]{1,1000}", Pattern.CASE_INSENSITIVE);

    private Passwords() {}

    /** The text with its passwords hidden; all of it where it cannot be read, since it cannot run either. */
    public static String hidden(String sql) {
        String lower = sql.toLowerCase(Locale.ROOT);
        // The third spells names with escapes.
        if (!lower.contains("password") && !lower.contains("://") && !lower.contains("u&\"")) {
            return sql;
        }
        try {
            return hidden(sql, Lexer.tokens(sql));
        } catch (UnreadableSql unreadable) {
            return "[unreadable, with a password in it: " + sql.length() + " characters]";
        }
    }

    private static String hidden(String sql, List<Token> tokens) {
        StringBuilder shown = new StringBuilder(sql.length());
        int copied = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.kind() != Token.Kind.STRING) {
                continue;
            }
            shown.append(sql, copied, token.start());
            String literal = sql.substring(token.start(), token.end());
            shown.append(isPassword(tokens, i) ? "'" + HIDDEN + "'" : withoutConnectionPasswords(literal));
            copied = token.end();
        }
        return shown.append(sql, copied, sql.length()).toString();
    }

    private static boolean isPassword(List<Token> tokens, int literal) {
        int before = literal - 1;
        if (before >= 0 && tokens.get(before).text().equals("=")) {
            before--;
        }
        return before >= 0
                && tokens.get(before).isName()
                && tokens.get(before).text().equals("password");
    }

    private static String withoutConnectionPasswords(String literal) {
        return CONNECTION.matcher(literal).replaceAll(match -> Matcher.quoteReplacement(match.group(1) + HIDDEN));
    }
}
