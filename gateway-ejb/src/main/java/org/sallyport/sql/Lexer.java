package org.sallyport.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits text into tokens exactly as PostgreSQL's scanner does (scan.l), {@code standard_conforming_strings} on.
 *
 * <p>Comments are dropped; {@code U&} forms come out decoded; adjacent string pieces come out joined.
 */
final class Lexer {

    /** Longer texts are refused: JSqlParser's tree would be hundreds of megabytes. */
    static final int MAXIMUM_LENGTH = 1 << 20;

    private static final String OPERATOR_CHARACTERS = "~!@#^&|`?+-*/%<>=";
    private static final String BEYOND_SQL_OPERATORS = "~!@#^&|`?%";
    private static final String SELF = ",()[];";

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String sql) {
        this.sql = sql;
    }

    static List<Token> tokens(String sql) {
        if (sql.length() > MAXIMUM_LENGTH) {
            throw new UnreadableSql("text longer than " + MAXIMUM_LENGTH + " characters");
        }
        Lexer lexer = new Lexer(sql);
        lexer.run();
        return List.copyOf(lexer.tokens);
    }

    private void run() {
        while (at < sql.length()) {
            if (!skipBlank()) {
                next();
            }
        }
    }

    private void next() {
        char c = sql.charAt(at);
        if (isQuotedForm(c)) {
            return;
        }
        if (Characters.startsName(c)) {
            word();
        } else if (Characters.isDigit(c) || (c == '.' && Characters.isDigit(peek(1)))) {
            int end = Numbers.end(sql, at);
            add(Token.Kind.NUMBER, sql.substring(at, end), end);
        } else if (c == '$') {
            dollar();
        } else if (OPERATOR_CHARACTERS.indexOf(c) >= 0) {
            operator();
        } else {
            symbol(c);
        }
    }

    private boolean isQuotedForm(char c) {
        if (c == '\'') {
            string(at, false);
        } else if (c == '"') {
            quotedName();
        } else if ((c == 'e' || c == 'E') && peek(1) == '\'') {
            string(at + 1, true);
        } else if ("bBxX".indexOf(c) >= 0 && peek(1) == '\'') {
            bits(c);
        } else if ((c == 'n' || c == 'N') && peek(1) == '\'') {
            // The scanner itself turns N'…' into the type name nchar and a plain string.
            add(Token.Kind.WORD, "nchar", at + 1);
        } else if ((c == 'u' || c == 'U') && peek(1) == '&' && (peek(2) == '\'' || peek(2) == '"')) {
            unicodeForm();
        } else {
            return false;
        }
        return true;
    }

    private void string(int quote, boolean escapes) {
        StringScan scan = StringScan.from(sql, quote, escapes);
        add(Token.Kind.STRING, scan.value(), scan.end());
    }

    private void bits(char c) {
        StringScan scan = StringScan.from(sql, at + 1, false);
        String digits = c == 'b' || c == 'B' ? "01" : "0123456789abcdefABCDEF";
        if (scan.value().chars().anyMatch(d -> digits.indexOf(d) < 0)) {
            throw new UnreadableSql("bit string with other characters than digits");
        }
        add(Token.Kind.BITS, Character.toLowerCase(c) + scan.value(), scan.end());
    }

    private void quotedName() {
        StringScan scan = StringScan.quotedName(sql, at);
        add(Token.Kind.QUOTED, nonEmpty(scan.value()), scan.end());
    }

    private void unicodeForm() {
        boolean name = peek(2) == '"';
        StringScan scan = name ? StringScan.quotedName(sql, at + 2) : StringScan.from(sql, at + 2, false);
        int start = at;
        at = scan.end();
        char escape = unicodeEscape();
        String value = UnicodeEscapes.decode(scan.value(), escape);
        int end = at;
        at = start;
        add(name ? Token.Kind.QUOTED : Token.Kind.STRING, name ? nonEmpty(value) : value, end);
    }

    /** Reads {@code UESCAPE 'x'} if it follows; leaves {@code at} after what belongs to the token. */
    private char unicodeEscape() {
        int end = at;
        while (at < sql.length() && skipBlank()) {
            // everything blank belongs to neither token
        }
        int length = "uescape".length();
        boolean follows =
                sql.regionMatches(true, at, "uescape", 0, length) && !Characters.continuesName(charAt(at + length));
        if (!follows) {
            at = end;
            return '\\';
        }
        at += length;
        while (at < sql.length() && skipBlank()) {
            // as above
        }
        if (charAt(at) != '\'') {
            throw new UnreadableSql("UESCAPE without a plain string");
        }
        StringScan scan = StringScan.from(sql, at, false);
        at = scan.end();
        return UnicodeEscapes.validEscape(scan.value());
    }

    private void word() {
        int end = at;
        while (end < sql.length() && Characters.continuesName(sql.charAt(end))) {
            end++;
        }
        add(Token.Kind.WORD, Characters.truncate(Characters.fold(sql.substring(at, end))), end);
    }

    private void dollar() {
        if (Characters.isDigit(peek(1))) {
            int end = at + 1;
            while (Characters.isDigit(charAt(end))) {
                end++;
            }
            if (Characters.startsName(charAt(end))) {
                throw new UnreadableSql("trailing junk after parameter");
            }
            add(Token.Kind.PARAMETER, sql.substring(at, end), end);
            return;
        }
        int end = at + 1;
        while (Characters.continuesName(charAt(end)) && charAt(end) != '$') {
            end++;
        }
        if (charAt(end) != '$') {
            throw new UnreadableSql("stray dollar sign");
        }
        String delimiter = sql.substring(at, end + 1);
        int close = sql.indexOf(delimiter, end + 1);
        if (close < 0) {
            throw new UnreadableSql("unterminated dollar-quoted string");
        }
        add(Token.Kind.STRING, sql.substring(end + 1, close), close + delimiter.length());
    }

    private void operator() {
        int end = at;
        while (end < sql.length() && OPERATOR_CHARACTERS.indexOf(sql.charAt(end)) >= 0 && !startsComment(end)) {
            end++;
        }
        // SQL wants `a=-1` to be two operators: a trailing sign stays only behind characters no SQL operator has.
        while (end - at > 1 && "+-".indexOf(sql.charAt(end - 1)) >= 0 && !beyondSql(end)) {
            end--;
        }
        String text = sql.substring(at, end);
        add(text.equals("=>") ? Token.Kind.SYMBOL : Token.Kind.OPERATOR, text, end);
    }

    private boolean beyondSql(int end) {
        return sql.substring(at, end - 1).chars().anyMatch(c -> BEYOND_SQL_OPERATORS.indexOf(c) >= 0);
    }

    private void symbol(char c) {
        if (c == ':' && (peek(1) == ':' || peek(1) == '=')) {
            add(Token.Kind.SYMBOL, sql.substring(at, at + 2), at + 2);
        } else if (c == '.' && peek(1) == '.') {
            add(Token.Kind.SYMBOL, "..", at + 2);
        } else if (SELF.indexOf(c) >= 0 || c == ':' || c == '.') {
            add(Token.Kind.SYMBOL, String.valueOf(c), at + 1);
        } else {
            throw new UnreadableSql("character that no token starts with");
        }
    }

    /** Skips one run of white space or one comment. */
    private boolean skipBlank() {
        if (Characters.isSpace(charAt(at))) {
            at++;
            return true;
        }
        if (!startsComment(at)) {
            return false;
        }
        at = sql.charAt(at) == '-' ? Characters.lineEnd(sql, at) : Characters.commentEnd(sql, at);
        return true;
    }

    private boolean startsComment(int index) {
        char c = charAt(index);
        return (c == '-' && charAt(index + 1) == '-') || (c == '/' && charAt(index + 1) == '*');
    }

    private char peek(int ahead) {
        return charAt(at + ahead);
    }

    private char charAt(int index) {
        return index < sql.length() ? sql.charAt(index) : '\0';
    }

    private static String nonEmpty(String name) {
        if (name.isEmpty()) {
            throw new UnreadableSql("zero-length delimited identifier");
        }
        return Characters.truncate(name);
    }

    private void add(Token.Kind kind, String text, int end) {
        tokens.add(new Token(kind, text, at, end));
        at = end;
    }
}
