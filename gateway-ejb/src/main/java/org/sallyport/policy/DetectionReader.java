package org.sallyport.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.sallyport.contract.Sought;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code patterns} and {@code detection}. */
final class DetectionReader {
    /** RE2's work grows with the text, and with the pattern: one repeated a thousand times takes a thousand times as long. */
    private static final int LONGEST_PATTERN = 500;

    private static final int LARGEST_PROGRAM = 1000;

    /** To find out that a pattern is larger than this takes long. */
    private static final long MOST_REPETITIONS = 100_000;

    private static final java.util.regex.Pattern REPETITION =
            java.util.regex.Pattern.compile("\\{[0-9]*,?([0-9]{1,9})\\}|\\{([0-9]{1,9}),\\}");

    /** As a name stands in records and logs. */
    private static final java.util.regex.Pattern NAME = java.util.regex.Pattern.compile("[A-Za-z0-9._-]{1,63}");

    private final YamlNodes yaml;
    private final Map<String, Sought> sought = new TreeMap<>();

    DetectionReader(YamlNodes yaml) {
        this.yaml = yaml;
        Stream.of(Sought.Known.values()).forEach(known -> sought.put(known.label(), known));
    }

    void pattern(String name, Node node) {
        String what = "pattern `" + name + "`";
        if (!NAME.matcher(name).matches()) {
            yaml.problemAtKey(node, what + " must be named with letters, digits, `.`, `_` and `-`, at most 63");
        }
        if (sought.containsKey(name)) {
            yaml.problemAtKey(node, what + " is looked for by the gateway itself; take another name");
        }
        String expression = yaml.string(node, what);
        complaint(expression).ifPresent(complaint -> yaml.problem(node, what + " " + complaint));
        sought.putIfAbsent(name, new Sought.Pattern(name, expression));
    }

    private static Optional<String> complaint(String expression) {
        if (expression.length() > LONGEST_PATTERN) {
            return Optional.of("is longer than " + LONGEST_PATTERN + " characters");
        }
        try {
            if (repetitions(expression) > MOST_REPETITIONS) {
                return Optional.of("is too large; repeat less in it");
            }
            Pattern pattern = Pattern.compile(expression);
            if (pattern.programSize() > LARGEST_PROGRAM) {
                return Optional.of("is too large; repeat less in it");
            }
            return pattern.matches("")
                    ? Optional.of("matches the empty text, so it is found everywhere")
                    : Optional.empty();
        } catch (PatternSyntaxException wrong) {
            return Optional.of("is no regular expression of RE2: " + wrong.getDescription());
        }
    }

    /** As if each repetition stood inside the one before; RE2 makes that many copies. */
    private static long repetitions(String expression) {
        long all = 1;
        var repetition = REPETITION.matcher(expression);
        while (repetition.find() && all <= MOST_REPETITIONS) {
            String most = repetition.group(1) == null ? repetition.group(2) : repetition.group(1);
            all *= Math.max(1, Long.parseLong(most));
        }
        return all;
    }

    Detection detection(Node node, Collection<String> connections, Collection<String> roles) {
        Map<String, Node> entries = yaml.mapping(node, "a detection", List.of("find", "connections", "roles", "do"));
        return new Detection(
                find(entries, node),
                names(entries, "connections", connections),
                names(entries, "roles", roles),
                hides(entries, node));
    }

    private List<Sought> find(Map<String, Node> entries, Node in) {
        Node node = entries.get("find");
        List<Sought> found = new ArrayList<>();
        if (node == null) {
            yaml.problem(in, "a detection needs `find`");
            return found;
        }
        List<String> names = yaml.strings(node, "`find` of a detection");
        if (names.isEmpty()) {
            yaml.problem(node, "`find` of a detection lists nothing");
        }
        for (String name : names) {
            Sought named = sought.get(name);
            if (named == null) {
                yaml.problem(
                        node,
                        "`" + name + "` is not known and not under `patterns`; known: "
                                + String.join(", ", sought.keySet()));
            } else {
                found.add(named);
            }
        }
        return found;
    }

    private Set<String> names(Map<String, Node> entries, String key, Collection<String> known) {
        Node node = entries.get(key);
        if (node == null) {
            return Set.of();
        }
        Set<String> names = new HashSet<>(yaml.strings(node, "`" + key + "` of a detection"));
        if (names.isEmpty()) {
            yaml.problem(node, "`" + key + "` of a detection lists nothing; leave it out to mean all");
        }
        names.stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> yaml.problem(node, "`" + name + "` is not under `" + key + "`"));
        return names;
    }

    private boolean hides(Map<String, Node> entries, Node in) {
        String text = yaml.required(entries, "do", in, "a detection");
        if (!text.isEmpty() && !text.equals("mask") && !text.equals("alert")) {
            yaml.problem(entries.getOrDefault("do", in), "`do` of a detection must be mask or alert");
        }
        return text.equals("mask");
    }
}
