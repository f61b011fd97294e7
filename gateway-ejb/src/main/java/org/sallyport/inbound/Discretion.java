package org.sallyport.inbound;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sallyport.inbound.Docket.Finding;
import org.sallyport.policy.Access;
import org.sallyport.policy.Label;

/**
 * Says of which statements the values must not go on record as they are: those that compare labelled columns with something or write
 * into them, and those of which nobody knows. Thread-safe.
 */
final class Discretion {
    /** What they run stands somewhere else, or in a string. */
    private static final Set<String> OPAQUE = Set.of("EXECUTE", "CALL", "DO");

    private final List<Label> labels;

    Discretion(List<Label> labels) {
        this.labels = List.copyOf(labels);
    }

    /** @param refused whether it does not run */
    boolean hides(Access access, Finding finding, boolean refused) {
        if (labels.isEmpty() || labels.stream().noneMatch(label -> covers(label, access.connection()))) {
            return false;
        }
        if (finding.kinds().isEmpty() || finding.kinds().stream().anyMatch(OPAQUE::contains)) {
            return true;
        }
        List<String> touched = finding.touched().labels();
        if (!finding.told()) {
            return !touched.isEmpty() || mentions(finding.sql(), access.connection());
        }
        // Whoever sees a label only masked, and may not use it, gives no value to compare with it.
        boolean compares = touched.stream()
                .anyMatch(label -> access.sees(label) || !access.uses(label).isEmpty());
        return finding.writesMasked() || compares || (refused && !touched.isEmpty());
    }

    private static boolean isIn(String text, String name) {
        return !isPattern(name) && text.contains(name.toLowerCase(Locale.ROOT));
    }

    private static boolean isPattern(String name) {
        return name.contains("*");
    }

    private static boolean covers(Label label, String connection) {
        return label.columns().stream().anyMatch(column -> column.covers(connection));
    }

    /** Where nobody has said what the statement means: whether the name of a labelled table or column is anywhere in the text. */
    private boolean mentions(String sql, String connection) {
        String text = sql.toLowerCase(Locale.ROOT);
        return labels.stream()
                .flatMap(label -> label.columns().stream())
                .filter(column -> column.covers(connection))
                .anyMatch(column -> isIn(text, column.table())
                        || isIn(text, column.column())
                        || (isPattern(column.table()) && isPattern(column.column())));
    }
}
