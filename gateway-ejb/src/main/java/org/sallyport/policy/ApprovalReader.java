package org.sallyport.policy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads who may approve or give something, and how long that waits for them or lasts. */
final class ApprovalReader {
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})(s|m|h)");
    private static final Duration LONGEST = Duration.ofHours(24);

    /** A working day's half: who needs more asks again. */
    private static final Duration LONGEST_GRANT = Duration.ofHours(4);

    private final YamlNodes yaml;

    ApprovalReader(YamlNodes yaml) {
        this.yaml = yaml;
    }

    Approvers approvers(Node node, String what) {
        Map<String, Node> of = yaml.mapping(node, "`approvers` of " + what, List.of("groups", "quorum"));
        Node groups = of.get("groups");
        Set<String> named = groups == null ? Set.of() : new HashSet<>(yaml.strings(groups, "`groups`"));
        if (named.isEmpty()) {
            yaml.problem(node, "`approvers` of " + what + " needs at least one of `groups`");
        }
        Node quorum = of.get("quorum");
        if (quorum != null && yaml.integer(quorum, "`quorum`", 1, 100) != 1) {
            yaml.problem(quorum, "`quorum` must be 1: this version takes one approver");
        }
        return new Approvers(named, 1);
    }

    /** What {@code timeout} says, if it is there. */
    Duration timeout(Map<String, Node> entries) {
        Node node = entries.get("timeout");
        return node == null ? Guardrail.DEFAULT_TIMEOUT : duration(node, "timeout");
    }

    /** What {@code longest} says, if it is there. */
    Duration longest(Map<String, Node> entries) {
        Node node = entries.get("longest");
        return node == null ? LONGEST_GRANT : duration(node, "longest");
    }

    private Duration duration(Node node, String key) {
        Matcher matcher = DURATION.matcher(yaml.string(node, "`" + key + "`"));
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            Duration duration = switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofHours(amount);
            };
            if (duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        }
        yaml.problem(node, "`" + key + "` must be a number with s, m or h, at most 24h, such as 15m");
        return Guardrail.DEFAULT_TIMEOUT;
    }
}
