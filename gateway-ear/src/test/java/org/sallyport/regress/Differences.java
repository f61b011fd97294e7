package org.sallyport.regress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.regress.PgRegress.Outcome;

/** Which tests came out differently through the gateway, and which may. */
final class Differences {
    private static final Pattern SECTION =
            Pattern.compile("(?ms)^## PostgreSQL's regression suite\\n(.*?)(?=^## |\\z)");

    /** A row of the section's table: its first column is the test's name. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9_.]+)` \\|");

    private Differences() {}

    /** The tests whose outputs are not the same, byte for byte. */
    static SortedSet<String> between(Outcome direct, Outcome gateway) {
        Set<String> all = new TreeSet<>(direct.outputs().keySet());
        all.addAll(gateway.outputs().keySet());
        SortedSet<String> different = new TreeSet<>();
        for (String test : all) {
            if (!output(direct, test).equals(output(gateway, test))) {
                different.add(test);
            }
        }
        return different;
    }

    private static String output(Outcome outcome, String test) {
        return outcome.outputs().getOrDefault(test, "");
    }

    /** The tests that docs/fidelity.md lists. */
    static SortedSet<String> listed(Path page) {
        SortedSet<String> listed = new TreeSet<>();
        Matcher row = ROW.matcher(section(page));
        while (row.find()) {
            listed.add(row.group(1));
        }
        return listed;
    }

    private static String section(Path page) {
        try {
            Matcher section = SECTION.matcher(Files.readString(page, StandardCharsets.UTF_8));
            if (!section.find()) {
                throw new IllegalStateException(page + " has no section on the regression suite");
            }
            return section.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line for each run, and one for their comparison. */
    static String summary(Outcome direct, Outcome gateway) {
        int all = direct.outputs().size();
        int different = between(direct, gateway).size();
        return """
                direct:  %d tests, not as PostgreSQL expects: %s; %d s
                gateway: %d tests, not as PostgreSQL expects: %s; %d s
                same output: %d of %d; different: %s
                """.formatted(
                        all,
                        direct.failed(),
                        direct.time().toSeconds(),
                        gateway.outputs().size(),
                        gateway.failed(),
                        gateway.time().toSeconds(),
                        all - different,
                        all,
                        between(direct, gateway));
    }
}
