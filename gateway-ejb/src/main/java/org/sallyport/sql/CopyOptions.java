package org.sallyport.sql;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.CopyFormat;
import org.sallyport.contract.CopyFormat.Forced;

/**
 * Reads the options of a COPY TO STDOUT, in the new syntax and in the old one. What is not known here, or leaves a doubt, ends the reading:
 * also what PostgreSQL would refuse by itself.
 */
final class CopyOptions {
    private static final Set<String> TEXTS = Set.of("delimiter", "null", "quote", "escape", "encoding");

    private static final Set<String> FORMATS = Set.of("text", "csv", "binary");

    /** In the text format they stand for something behind a backslash, or might. */
    private static final String NO_DELIMITERS = "\\.abcdefghijklmnopqrstuvwxyz0123456789";

    private final Cursor cursor;
    private final Map<String, String> texts = new HashMap<>();
    private @Nullable String format;
    private @Nullable Boolean header;
    private @Nullable Forced forced;

    private CopyOptions(Cursor cursor) {
        this.cursor = cursor;
    }

    /**
     * The form of the data.
     *
     * @param cursor behind STDOUT
     * @param binary whether the old BINARY stands before the table
     * @return empty where it is not known exactly
     */
    static Optional<CopyFormat> read(Cursor cursor, boolean binary) {
        try {
            CopyOptions options = new CopyOptions(cursor);
            if (binary) {
                options.format("binary");
            }
            options.read();
            return Optional.of(options.format());
        } catch (UnreadableSql e) {
            return Optional.empty();
        }
    }

    private void read() {
        if (cursor.accept("using", "delimiters") || cursor.accept("delimiters")) {
            text("delimiter", cursor.string());
        }
        cursor.accept("with");
        if (cursor.acceptSymbol("(")) {
            do {
                option();
            } while (cursor.acceptSymbol(","));
            if (!cursor.acceptSymbol(")")) {
                throw unknown();
            }
            cursor.expectEnd();
        } else {
            while (!cursor.done()) {
                oldOption();
            }
        }
    }

    private void oldOption() {
        if (cursor.accept("force", "quote")) {
            forced(cursor.isAtName() ? columns() : star());
            return;
        }
        String name = word();
        if (FORMATS.contains(name) && !name.equals("text")) {
            format(name);
        } else if (name.equals("header")) {
            header(true);
        } else if (TEXTS.contains(name)) {
            cursor.accept("as");
            text(name, cursor.string());
        } else {
            throw unknown();
        }
    }

    private Forced columns() {
        Set<String> columns = new HashSet<>();
        do {
            columns.add(cursor.simpleName());
        } while (cursor.acceptSymbol(","));
        return new Forced(false, columns);
    }

    private Forced star() {
        Token token = cursor.next();
        if (token.kind() != Token.Kind.OPERATOR || !token.text().equals("*")) {
            throw unknown();
        }
        return new Forced(true, Set.of());
    }

    private void option() {
        String name = word();
        if (name.equals("header")) {
            header(cursor.isAtSymbol(",") || cursor.isAtSymbol(")") || isTrue());
        } else if (name.equals("force_quote")) {
            forced(cursor.acceptSymbol("(") ? listed() : star());
        } else if (name.equals("format")) {
            format(argument());
        } else if (TEXTS.contains(name)) {
            text(name, argument());
        } else {
            throw unknown();
        }
    }

    private Forced listed() {
        Set<String> columns = new HashSet<>();
        do {
            columns.add(argument());
        } while (cursor.acceptSymbol(","));
        if (!cursor.acceptSymbol(")")) {
            throw unknown();
        }
        return new Forced(false, columns);
    }

    /** Any case will do, here alone; a number is one only without quotes. */
    private boolean isTrue() {
        if (cursor.isAtNumber()) {
            return switch (cursor.next().text()) {
                case "1" -> true;
                case "0" -> false;
                default -> throw unknown();
            };
        }
        return switch (argument().toLowerCase(Locale.ROOT)) {
            case "true", "on" -> true;
            case "false", "off" -> false;
            default -> throw unknown();
        };
    }

    private String word() {
        Token token = cursor.next();
        if (!token.isName()) {
            throw unknown();
        }
        return token.text();
    }

    private String argument() {
        Token token = cursor.next();
        if (token.kind() != Token.Kind.STRING && !token.isName()) {
            throw unknown();
        }
        return token.text();
    }

    private void text(String name, String value) {
        if (texts.put(name, value) != null) {
            throw unknown();
        }
    }

    private void format(String name) {
        if (format != null || !FORMATS.contains(name)) {
            throw unknown();
        }
        format = name;
    }

    private void header(boolean whether) {
        if (header != null) {
            throw unknown();
        }
        header = whether;
    }

    private void forced(Forced columns) {
        if (forced != null) {
            throw unknown();
        }
        forced = columns;
    }

    private CopyFormat format() {
        String encoding = texts.getOrDefault("encoding", "UTF8").toLowerCase(Locale.ROOT);
        require(encoding.replaceAll("[^a-z0-9]", "").matches("utf8|unicode"));
        String kind = format == null ? "text" : format;
        return switch (kind) {
            case "csv" -> csv();
            case "binary" -> binary();
            default -> text();
        };
    }

    private CopyFormat binary() {
        require(header == null && forced == null);
        require(texts.isEmpty() || texts.keySet().equals(Set.of("encoding")));
        return new CopyFormat.Binary();
    }

    /** Where the text for NULL is another text's too, nobody could tell the two apart. */
    private CopyFormat text() {
        require(forced == null && !texts.containsKey("quote") && !texts.containsKey("escape"));
        char delimiter = character("delimiter", '\t');
        String nullText = texts.getOrDefault("null", "\\N");
        require(NO_DELIMITERS.indexOf(delimiter) < 0 && nullText.indexOf(delimiter) < 0);
        require(nullText.matches("\\\\[A-Z][^\\\\\r\n]*"));
        return new CopyFormat.Text(delimiter, nullText, Boolean.TRUE.equals(header));
    }

    private CopyFormat csv() {
        char delimiter = character("delimiter", ',');
        char quote = character("quote", '"');
        char escape = character("escape", quote);
        String nullText = texts.getOrDefault("null", "");
        require(delimiter != quote && nullText.indexOf(delimiter) < 0 && nullText.indexOf(quote) < 0);
        require(nullText.indexOf('\r') < 0 && nullText.indexOf('\n') < 0);
        return new CopyFormat.Csv(
                delimiter,
                nullText,
                Boolean.TRUE.equals(header),
                quote,
                escape,
                forced == null ? Forced.NOTHING : forced);
    }

    private char character(String name, char otherwise) {
        String text = texts.getOrDefault(name, String.valueOf(otherwise));
        require(text.length() == 1 && text.charAt(0) > 0 && text.charAt(0) < 0x80);
        require(!text.equals("\n") && !text.equals("\r"));
        return text.charAt(0);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw unknown();
        }
    }

    private static UnreadableSql unknown() {
        return new UnreadableSql("COPY with options that are not known here");
    }
}
