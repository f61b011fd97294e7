package org.sallyport.inbound;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sallyport.inbound.Docket.Finding;
import org.sallyport.policy.Access;
import org.sallyport.policy.Label;
import org.sallyport.policy.Label.ColumnPattern;

/**
 * Says of which statements the values must not go on record as they are: those that compare labelled columns with something or write
 * into them, and those of which nobody knows. Thread-safe.
 */
final class Discretion {
    /** What they run stands somewhere else, or in a string. */
    private static final Set<String> OPAQUE = Set.of("EXECUTE", "CALL", "DO");

    private final List<Label> labels;
    private final Map<String, Names> names = new ConcurrentHashMap<>();

    Discretion(List<Label> labels) {
        this.labels = List.copyOf(labels);
    }

    /** @param refused whether it does not run */
    boolean hides(Access access, Finding finding, boolean refused) {
        if (labels.isEmpty() || names(access.connection()).none()) {
            return false;
        }
        if (finding.kinds().isEmpty() || finding.kinds().stream().anyMatch(OPAQUE::contains)) {
            return true;
        }
        List<String> touched = finding.touched().labels();
        if (!finding.told()) {
            return !touched.isEmpty() || names(access.connection()).areIn(finding.sql());
        }
        // Whoever sees a label only masked, and may not use it, gives no value to compare with it.
        boolean compares = touched.stream()
                .anyMatch(label -> access.sees(label) || !access.uses(label).isEmpty());
        return finding.writesMasked() || compares || (refused && !touched.isEmpty());
    }

    private List<ColumnPattern> columns(String connection) {
        return labels.stream()
                .flatMap(label -> label.columns().stream())
                .filter(column -> column.covers(connection))
                .toList();
    }

    private Names names(String connection) {
        return names.computeIfAbsent(connection, name -> Names.of(columns(name)));
    }

    /**
     * The names of a connection's labelled tables and columns: what counts where nobody has said what a statement means.
     *
     * @param none  whether there are none
     * @param any   whether it may be any name at all
     * @param words as words of their own, whatever is around them
     */
    private record Names(boolean none, boolean any, Pattern words) {
        static Names of(List<ColumnPattern> columns) {
            String names = columns.stream()
                    .flatMap(column -> Stream.of(column.table(), column.column()))
                    .filter(name -> !isPattern(name))
                    .distinct()
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|"));
            return new Names(
                    columns.isEmpty(),
                    columns.stream().anyMatch(column -> isPattern(column.table()) && isPattern(column.column())),
                    Pattern.compile(
                            "(?<![\\w$])(?:" + names + ")(?![\\w$])", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
        }

        private static boolean isPattern(String name) {
            return name.contains("*");
        }

        boolean areIn(String sql) {
            return any || words.matcher(sql).find();
        }
    }
}
