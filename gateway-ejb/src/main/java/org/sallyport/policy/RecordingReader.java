package org.sallyport.policy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.unit.ByteSize;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a connection's {@code record}. */
final class RecordingReader {
    private static final Pattern AGE = Pattern.compile("([1-9][0-9]{0,6})(s|m|h|d)");

    /** Longer than anybody may have to keep anything, and far from the ends of the store's calendar. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Whoever looks at a result reads all of it up to the page he wants. */
    private static final long MOST_RESULTS = 64L * 1024 * 1024;

    private final YamlNodes yaml;

    RecordingReader(YamlNodes yaml) {
        this.yaml = yaml;
    }

    Recording recording(Node node, String what) {
        Map<String, Node> entries = yaml.mapping(node, what, List.of("results", "keep"));
        Node results = entries.get("results");
        Node keep = entries.get("keep");
        return new Recording(
                results == null ? 0 : size(results, "`results` of " + what),
                keep == null ? Optional.empty() : age(keep, "`keep` of " + what));
    }

    private long size(Node node, String what) {
        try {
            long size = ByteSize.of(yaml.string(node, what));
            if (size <= MOST_RESULTS) {
                return size;
            }
        } catch (IllegalArgumentException e) {
            // said below, as for one that is too large
        }
        yaml.problem(node, what + " must be a size such as 1MiB, and at most 64MiB");
        return 0;
    }

    private Optional<Duration> age(Node node, String what) {
        Matcher matcher = AGE.matcher(yaml.string(node, what));
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            Duration age = switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
            if (age.compareTo(LONGEST) <= 0) {
                return Optional.of(age);
            }
        }
        yaml.problem(node, what + " must be a number with s, m, h or d, at most 36500d, such as 90d");
        return Optional.empty();
    }
}
