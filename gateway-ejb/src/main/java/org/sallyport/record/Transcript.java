package org.sallyport.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Parameter;
import org.sallyport.sql.Literals;
import org.sallyport.sql.Passwords;

/** Turns what a client sent into what may be kept of it: bounded, without secrets, and fit for the store. */
public final class Transcript {
    /** Longer than what people and most programs write; an INSERT of ten thousand rows is told by its beginning. */
    static final int LONGEST_TEXT = 256 * 1024;

    static final int LONGEST_PARAMETER = 4 * 1024;

    /** All parameters of one statement: Bind carries up to 65 535 of them. */
    static final int LONGEST_PARAMETERS = 256 * 1024;

    /** More than a statement of anybody's reaches, but for a CASCADE. */
    static final int MOST_NAMES = 500;

    /** Both parts of a relation's name, as long as PostgreSQL has them; the store looks for them whole. */
    static final int LONGEST_NAME = 256;

    private static final String MARKER = " [… ";

    private Transcript() {}

    /** A statement's text with the passwords in it hidden. */
    public static String of(String sql) {
        return bounded(storable(Passwords.hidden(sql)), LONGEST_TEXT);
    }

    /** A statement's text with the values in it hidden. */
    public static String of(String sql, Pseudonyms pseudonyms) {
        return bounded(storable(Literals.hidden(sql, pseudonyms::of)), LONGEST_TEXT);
    }

    /** Parameters hidden; null is SQL NULL. */
    public static List<@Nullable String> of(List<Parameter> parameters, Pseudonyms pseudonyms) {
        return of(parameters).stream()
                .map(value -> value == null ? null : pseudonyms.of(value))
                .collect(Collectors.toList());
    }

    /** Parameters as text, binary ones of rare types and texts not in UTF-8 as hexadecimal digits after {@code \x}; null is SQL NULL. */
    public static List<@Nullable String> of(List<Parameter> parameters) {
        List<@Nullable String> kept = new ArrayList<>(parameters.size());
        int length = 0;
        for (Parameter parameter : parameters) {
            byte[] value = parameter.value();
            String text = value == null ? null : text(parameter, value);
            length += text == null ? 0 : text.length();
            kept.add(text == null || length <= LONGEST_PARAMETERS ? text : "[not kept]");
        }
        return kept;
    }

    /** What a statement touches. */
    public static StatementRecord.Touched of(List<String> relations, List<String> labels) {
        return relations.isEmpty() && labels.isEmpty()
                ? StatementRecord.Touched.NOTHING
                : new StatementRecord.Touched(names(relations), names(labels));
    }

    private static List<String> names(List<String> names) {
        List<String> kept = new ArrayList<>();
        for (String name : names.subList(0, Math.min(names.size(), MOST_NAMES))) {
            kept.add(bounded(storable(name), LONGEST_NAME));
        }
        if (names.size() > MOST_NAMES) {
            kept.add(marker(names.size(), "names").strip());
        }
        return kept;
    }

    private static String text(Parameter parameter, byte[] value) {
        // What is long is text, or will be cut: not worth a copy.
        Optional<String> read = parameter.binary() && value.length <= LONGEST_PARAMETER
                ? BinaryValue.text(parameter.typeOid(), value)
                : Optional.empty();
        return read.map(Transcript::storable).orElseGet(() -> text(parameter.binary(), value));
    }

    /** Whether {@link #of(String)} keeps it whole. */
    public static boolean isWhole(String sql) {
        return sql.length() <= LONGEST_TEXT;
    }

    /** Whether {@link #of(List)} keeps every value whole. */
    public static boolean isWhole(List<Parameter> parameters) {
        long length = 0;
        for (Parameter parameter : parameters) {
            byte[] value = parameter.value();
            int bytes = value == null ? 0 : value.length * (isOfDigits(parameter, value) ? 2 : 1);
            if (bytes > LONGEST_PARAMETER) {
                return false;
            }
            length += bytes + 2;
        }
        return length <= LONGEST_PARAMETERS;
    }

    private static boolean isOfDigits(Parameter parameter, byte[] value) {
        return parameter.binary()
                || (value.length <= LONGEST_PARAMETER
                        && SentText.read(value, value.length).isEmpty());
    }

    private static String text(boolean binary, byte[] value) {
        // One byte more than characters are kept, four times: so that the end cannot be cut inside a character.
        int read = Math.min(value.length, 4 * (LONGEST_PARAMETER + 1));
        Optional<String> text = binary ? Optional.empty() : SentText.read(value, read);
        if (text.isEmpty()) {
            int shown = Math.min(value.length, LONGEST_PARAMETER / 2);
            String digits = SentText.digits(value, shown);
            return shown == value.length ? digits : digits + marker(value.length, "bytes");
        }
        String kept = storable(text.get());
        return kept.length() <= LONGEST_PARAMETER ? kept : cut(kept, LONGEST_PARAMETER) + marker(value.length, "bytes");
    }

    /** The beginning of a text that was kept, and how long it was when it came. */
    static String abridged(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        // Only the marker makes one so long: what else looks like one is the client's.
        return text.length() > LONGEST_TEXT
                ? cut(text, longest) + text.substring(text.lastIndexOf(MARKER))
                : bounded(text, longest);
    }

    /** The first of some parameters that were kept, and how many there are. */
    static List<@Nullable String> abridged(List<@Nullable String> parameters, int longest) {
        List<@Nullable String> kept = new ArrayList<>();
        int length = 0;
        for (String parameter : parameters) {
            length += 1 + (parameter == null ? 0 : parameter.length());
            if (length > longest) {
                kept.add(marker(parameters.size(), "parameters").strip());
                return kept;
            }
            kept.add(parameter);
        }
        return kept;
    }

    private static String bounded(String text, int longest) {
        return text.length() <= longest ? text : cut(text, longest) + marker(text.length(), "characters");
    }

    private static String cut(String text, int length) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    private static String marker(int length, String unit) {
        return MARKER + length + " " + unit + "]";
    }

    /** PostgreSQL's text holds no NUL. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
