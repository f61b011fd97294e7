package org.sallyport.record;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides the literals that follow {@code PASSWORD} in SQL, and passwords in connection strings.
 *
 * <p>Hides too much rather than too little: {@code password = 'x'} in a WHERE is hidden too. Linear in the text's length,
 * which a client chooses.
 */
final class Passwords {
    static final String HIDDEN = "***";

    private static final Pattern WORD = Pattern.compile("\\bpassword\\b\"?", Pattern.CASE_INSENSITIVE);

    /** Key and value, or a URI's user and password; bounded, so that no text makes the search quadratic. */
    private static final Pattern CONNECTION = Pattern.compile(
            "(\\bpassword\\s{0,9}=\\s{0,9}|://[^\\s:/@']{1,100}:)(?!'\\*\\*\\*')[^\\s'@&]{1,1000}",
            Pattern.CASE_INSENSITIVE);

    private final String sql;
    private int at;

    private Passwords(String sql) {
        this.sql = sql;
    }

    static String hidden(String sql) {
        String literals = new Passwords(sql).literalsHidden();
        return CONNECTION.matcher(literals).replaceAll(match -> Matcher.quoteReplacement(match.group(1) + HIDDEN));
    }

    private String literalsHidden() {
        StringBuilder shown = new StringBuilder(sql.length());
        Matcher word = WORD.matcher(sql);
        int copied = 0;
        while (word.find(at)) {
            at = word.end();
            skipGap();
            int literal = at;
            if (skipLiteral()) {
                shown.append(sql, copied, literal).append('\'').append(HIDDEN).append('\'');
                copied = at;
            }
        }
        return shown.append(sql, copied, sql.length()).toString();
    }

    /** White space, comments, and the equals sign of options. */
    private void skipGap() {
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at)) || sql.charAt(at) == '=') {
                at++;
            } else if (sql.startsWith("--", at)) {
                at = endAfter("\n", at);
            } else if (sql.startsWith("/*", at)) {
                skipComment();
            } else {
                return;
            }
        }
    }

    /** PostgreSQL's comments nest. */
    private void skipComment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
    }

    private boolean skipLiteral() {
        if (sql.startsWith("$", at)) {
            return skipDollarQuoted();
        }
        int quote = sql.startsWith("&", at + 1) ? at + 2 : sql.startsWith("'", at) ? at : at + 1;
        if (!sql.startsWith("'", quote)) {
            return false;
        }
        // A backslash hides the next quote in E'' only; taken so everywhere, at worst more is hidden.
        at = quote + 1;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\\' || sql.startsWith("''", at)) {
                at = Math.min(at + 2, sql.length());
            } else if (c == '\'') {
                at++;
                return true;
            } else {
                at++;
            }
        }
        return true;
    }

    private boolean skipDollarQuoted() {
        int tagEnd = at + 1;
        while (tagEnd < sql.length()
                && Character.isJavaIdentifierPart(sql.charAt(tagEnd))
                && sql.charAt(tagEnd) != '$') {
            tagEnd++;
        }
        if (!sql.startsWith("$", tagEnd)) {
            return false;
        }
        String tag = sql.substring(at, tagEnd + 1);
        at = endAfter(tag, tagEnd + 1);
        return true;
    }

    private int endAfter(String mark, int from) {
        int found = sql.indexOf(mark, from);
        return found < 0 ? sql.length() : found + mark.length();
    }
}
