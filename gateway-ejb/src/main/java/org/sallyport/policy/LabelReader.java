package org.sallyport.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.contract.Mask;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code labels} and {@code masks}. */
final class LabelReader {

    private static final Pattern COLUMN = Pattern.compile("([^/]+)/([^./]+)\\.([^./]+)\\.([^./]+)");

    private static final String FOREIGN_KEYS = "foreign-keys";

    private final YamlNodes yaml;
    private final MaskReader masks;

    LabelReader(YamlNodes yaml, MaskKeys keys) {
        this.yaml = yaml;
        this.masks = new MaskReader(yaml, keys);
    }

    /** A list of columns, or a mapping with that and with what follows them. */
    Label label(String name, Node node, Set<String> connections, Mask mask) {
        String what = "label `" + name + "`";
        if (!(node instanceof MappingNode)) {
            return new Label(name, columns(node, what, connections), mask);
        }
        Map<String, Node> entries = yaml.mapping(node, what, List.of("columns", "follow"));
        Node columns = entries.get("columns");
        if (columns == null) {
            yaml.problem(node, what + " needs `columns`");
        }
        return new Label(
                name, columns == null ? List.of() : columns(columns, what, connections), mask, follows(entries, what));
    }

    private boolean follows(Map<String, Node> entries, String what) {
        Node node = entries.get("follow");
        if (node == null) {
            return false;
        }
        List<String> followed = yaml.strings(node, "`follow` of " + what);
        if (!followed.equals(List.of(FOREIGN_KEYS))) {
            yaml.problem(node, "`follow` of " + what + " must be [" + FOREIGN_KEYS + "]");
        }
        return true;
    }

    private List<Label.ColumnPattern> columns(Node node, String what, Set<String> connections) {
        return yaml.list(node, what).stream()
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
        return masks.mask(label, node);
    }
}
