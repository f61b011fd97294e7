package org.sallyport.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.contract.Mask;
import org.sallyport.contract.MaskKey;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one of {@code masks}. */
final class MaskReader {
    private static final List<String> KINDS = List.of(
            "keepLast", "keepFirst", "redact", "null", "constant", "email", "hash", "tokenize", "generalize", "json");

    private static final int LARGEST_STEP = 1_000_000_000;

    /** One step of a path: a member by its name, bare or in quotes, or an array's elements. */
    private static final Pattern STEP =
            Pattern.compile("\\.([\\p{L}_][\\p{L}\\p{N}_-]*)|\\.\"([^\"\\\\]+)\"|(\\[\\*])");

    private static final List<String> PERIODS = List.of("year", "month", "decade");

    private final YamlNodes yaml;
    private final MaskKeys keys;

    MaskReader(YamlNodes yaml, MaskKeys keys) {
        this.yaml = yaml;
        this.keys = keys;
    }

    Mask mask(String label, Node node) {
        String what = "mask of `" + label + "`";
        Map<String, Node> entries = yaml.mapping(node, what, KINDS);
        if (entries.size() != 1) {
            yaml.problem(node, what + " must be exactly one of " + String.join(", ", KINDS));
            return new Mask.Nothing();
        }
        Map.Entry<String, Node> entry = entries.entrySet().iterator().next();
        return switch (entry.getKey()) {
            case "keepLast" -> new Mask.KeepLast(yaml.integer(entry.getValue(), "`keepLast`", 0, 1000));
            case "keepFirst" -> new Mask.KeepFirst(yaml.integer(entry.getValue(), "`keepFirst`", 0, 1000));
            case "constant" -> new Mask.Constant(yaml.string(entry.getValue(), "`constant`"));
            case "redact" -> onlyTrue(entry, new Mask.Constant(Mask.HIDDEN));
            case "email" -> onlyTrue(entry, new Mask.Email());
            case "hash" -> keyed(label, entry, Mask.Hash::new);
            case "tokenize" -> keyed(label, entry, Mask.Tokenize::new);
            case "generalize" -> generalize(entry.getValue());
            case "json" -> json(entry.getValue());
            default -> onlyTrue(entry, new Mask.Nothing());
        };
    }

    private Mask onlyTrue(Map.Entry<String, Node> entry, Mask mask) {
        if (!yaml.truth(entry.getValue(), "`" + entry.getKey() + "`")) {
            yaml.problem(entry.getValue(), "`" + entry.getKey() + "` can only be true; leave the label out instead");
        }
        return mask;
    }

    private Mask keyed(String label, Map.Entry<String, Node> entry, Function<MaskKey, Mask> maker) {
        Node node = entry.getValue();
        String what = "`" + entry.getKey() + "`";
        Map<String, Node> entries = yaml.mapping(node, what, List.of("key"));
        String alias = yaml.required(entries, "key", node, what);
        if (alias.isEmpty()) {
            return new Mask.Nothing();
        }
        Node at = entries.getOrDefault("key", node);
        return keys.find(alias, entry.getKey(), label, problem -> yaml.problem(at, problem))
                .map(maker)
                .orElse(new Mask.Nothing());
    }

    private Mask generalize(Node node) {
        String text = yaml.string(node, "`generalize`");
        if (PERIODS.contains(text)) {
            return new Mask.ToPeriod(Mask.Period.valueOf(text.toUpperCase(Locale.ROOT)));
        }
        if (text.matches("[1-9][0-9]{0,9}") && Long.parseLong(text) <= LARGEST_STEP) {
            return new Mask.ToStep(Integer.parseInt(text));
        }
        if (!text.isEmpty()) {
            yaml.problem(
                    node,
                    "`generalize` must be one of " + String.join(", ", PERIODS) + ", or a whole number from 1 to "
                            + LARGEST_STEP);
        }
        return new Mask.Nothing();
    }

    private Mask json(Node node) {
        List<Node> paths = yaml.list(node, "`json`");
        if (paths.isEmpty()) {
            yaml.problem(node, "`json` needs at least one path");
        }
        return new Mask.Json(paths.stream().map(this::path).toList());
    }

    private Mask.JsonPath path(Node node) {
        String text = yaml.string(node, "a path of `json`");
        List<String> names = new ArrayList<>();
        boolean elements = false;
        Matcher step = STEP.matcher(text);
        int end = text.startsWith("$") ? 1 : text.length();
        while (step.find(end) && step.start() == end) {
            elements = step.group(3) != null;
            if (!elements) {
                names.add(step.group(1) != null ? step.group(1) : step.group(2));
            }
            end = step.end();
        }
        if (end < text.length() || (names.isEmpty() && !elements)) {
            yaml.problem(
                    node,
                    "`" + text
                            + "` is no path; expected the names of members and `[*]` for the elements of an array, as in"
                            + " `$.contacts[*].phone` or `$.\"home phone\"`");
        }
        return new Mask.JsonPath(names, elements);
    }
}
