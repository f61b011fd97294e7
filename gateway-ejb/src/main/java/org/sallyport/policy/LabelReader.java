package org.sallyport.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.contract.Mask;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code labels} and {@code masks}. */
final class LabelReader {

    private static final String REDACTED = "********";
    private static final Pattern COLUMN = Pattern.compile("([^/]+)/([^./]+)\\.([^./]+)\\.([^./]+)");

    private final YamlNodes yaml;

    LabelReader(YamlNodes yaml) {
        this.yaml = yaml;
    }

    List<Label.ColumnPattern> columns(String label, Node node, Set<String> connections) {
        return yaml.list(node, "label `" + label + "`").stream()
                .map(item -> column(item, connections))
                .toList();
    }

    private Label.ColumnPattern column(Node node, Set<String> connections) {
        String text = yaml.string(node, "a labelled column");
        Matcher matcher = COLUMN.matcher(text);
        if (!matcher.matches()) {
            yaml.problem(node, "`" + text + "` is no column; expected connection/schema.table.column, `*` allowed");
            return new Label.ColumnPattern("", "", "", "");
        }
        Label.ColumnPattern pattern =
                new Label.ColumnPattern(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
        // A label that no connection carries protects nothing: most likely its name is misspelt.
        if (connections.stream().noneMatch(pattern::covers)) {
            yaml.problem(node, "no connection is named `" + pattern.connection() + "`");
        }
        return pattern;
    }

    Mask mask(String label, Node node) {
        String what = "mask of `" + label + "`";
        Map<String, Node> entries =
                yaml.mapping(node, what, List.of("keepLast", "keepFirst", "redact", "null", "constant"));
        if (entries.size() != 1) {
            yaml.problem(node, what + " must be exactly one of keepLast, keepFirst, redact, null, constant");
            return new Mask.Nothing();
        }
        Map.Entry<String, Node> entry = entries.entrySet().iterator().next();
        return switch (entry.getKey()) {
            case "keepLast" -> new Mask.KeepLast(yaml.integer(entry.getValue(), "`keepLast`", 0, 1000));
            case "keepFirst" -> new Mask.KeepFirst(yaml.integer(entry.getValue(), "`keepFirst`", 0, 1000));
            case "constant" -> new Mask.Constant(yaml.string(entry.getValue(), "`constant`"));
            case "redact" -> onlyTrue(entry, new Mask.Constant(REDACTED));
            default -> onlyTrue(entry, new Mask.Nothing());
        };
    }

    private Mask onlyTrue(Map.Entry<String, Node> entry, Mask mask) {
        if (!yaml.truth(entry.getValue(), "`" + entry.getKey() + "`")) {
            yaml.problem(entry.getValue(), "`" + entry.getKey() + "` can only be true; leave the label out instead");
        }
        return mask;
    }
}
