package org.sallyport.policy;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.contract.Mask;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code labels} and {@code masks}. */
final class LabelReader {

    private static final Pattern COLUMN = Pattern.compile("([^/]+)/([^./]+)\\.([^./]+)\\.([^./]+)");

    private final YamlNodes yaml;
    private final MaskReader masks;

    LabelReader(YamlNodes yaml, MaskKeys keys) {
        this.yaml = yaml;
        this.masks = new MaskReader(yaml, keys);
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
        return masks.mask(label, node);
    }
}
