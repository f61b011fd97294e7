package org.sallyport.value;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.CopyFormat;

/** Rows, and forms of COPY's data, made by chance of what one has to be careful with. */
public final class CopyDice {
    private static final List<String> PIECES = List.of(
            "a",
            "B",
            "7",
            "\\",
            "\t",
            "\n",
            "\r",
            "\"",
            "'",
            ",",
            ";",
            "|",
            "*",
            "N",
            ".",
            "é",
            "€",
            "😀",
            " ",
            "\b",
            "\f",
            "\u000b",
            "@example.com",
            "\\N",
            "NULL",
            "123-45-6789",
            "\\.",
            "#",
            "\u0001");
    private static final List<String> WHOLES = List.of("", "\\N", "\\.", "NULL", "N", "\\NULL", "a b", "********");
    private static final String TEXT_DELIMITERS = "\t,|;*#A ^\u0001";
    private static final String CSV_DELIMITERS = ",;|\t*a ";
    private static final String QUOTES = "\"'|*~q";
    private static final String ESCAPES = "\"'\\|*~ q";

    private final Random random;

    public CopyDice(Random random) {
        this.random = random;
    }

    /** As many columns each, with NULL among them. */
    public List<List<byte @Nullable []>> rows(int columns) {
        List<List<byte @Nullable []>> rows = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            List<byte @Nullable []> row = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                row.add(random.nextInt(6) == 0 ? null : value().getBytes(StandardCharsets.UTF_8));
            }
            rows.add(Collections.unmodifiableList(row));
        }
        return rows;
    }

    private String value() {
        if (random.nextInt(4) == 0) {
            return WHOLES.get(random.nextInt(WHOLES.size()));
        }
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            value.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return value.toString();
    }

    public List<String> names(int columns) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            names.add(random.nextInt(3) == 0 ? "n,\"\\" + i : "c" + random.nextInt(4));
        }
        return names;
    }

    public CopyFormat format(List<String> names) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> text();
            case 2, 3 -> csv(names);
            default -> new CopyFormat.Binary();
        };
    }

    private CopyFormat text() {
        char delimiter = one(TEXT_DELIMITERS);
        List<String> nulls = List.of("\\N", "\\NULL", "\\X*", "\\Z é");
        String nullText = nulls.get(random.nextInt(nulls.size()));
        return nullText.indexOf(delimiter) >= 0
                ? text()
                : new CopyFormat.Text(delimiter, nullText, random.nextBoolean());
    }

    private CopyFormat csv(List<String> names) {
        char delimiter = one(CSV_DELIMITERS);
        char quote = one(QUOTES);
        List<String> nulls = List.of("", "N", "NULL", "\\N", "a b", "\\.", "********");
        String nullText = nulls.get(random.nextInt(nulls.size()));
        if (delimiter == quote || nullText.indexOf(delimiter) >= 0 || nullText.indexOf(quote) >= 0) {
            return csv(names);
        }
        char escape = random.nextBoolean() ? quote : one(ESCAPES);
        return new CopyFormat.Csv(delimiter, nullText, random.nextBoolean(), quote, escape, forced(names));
    }

    private CopyFormat.Forced forced(List<String> names) {
        Set<String> some = names.stream().filter(name -> random.nextBoolean()).collect(Collectors.toSet());
        return switch (random.nextInt(3)) {
            case 0 -> CopyFormat.Forced.NOTHING;
            case 1 -> new CopyFormat.Forced(true, Set.of());
            default -> new CopyFormat.Forced(false, some);
        };
    }

    private char one(String of) {
        return of.charAt(random.nextInt(of.length()));
    }

    /** The options as SQL. */
    public static String sql(CopyFormat format) {
        if (format instanceof CopyFormat.Text text) {
            return "(DELIMITER %s, NULL %s%s)"
                    .formatted(
                            literal(text.delimiter()), literal(text.nullText()), text.header() ? ", HEADER true" : "");
        }
        if (format instanceof CopyFormat.Csv csv) {
            String forced = csv.forced().all()
                    ? ", FORCE_QUOTE *"
                    : csv.forced().columns().isEmpty()
                            ? ""
                            : csv.forced().columns().stream()
                                    .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                                    .collect(Collectors.joining(", ", ", FORCE_QUOTE (", ")"));
            return "(FORMAT csv, DELIMITER %s, NULL %s, HEADER %s, QUOTE %s, ESCAPE %s%s)"
                    .formatted(
                            literal(csv.delimiter()),
                            literal(csv.nullText()),
                            csv.header(),
                            literal(csv.quote()),
                            literal(csv.escape()),
                            forced);
        }
        return "(FORMAT binary)";
    }

    private static String literal(Object text) {
        return "'" + text.toString().replace("'", "''") + "'";
    }
}
