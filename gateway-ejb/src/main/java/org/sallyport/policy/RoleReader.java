package org.sallyport.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code roles}. */
final class RoleReader {

    private static final List<String> KEYS =
            List.of("groups", "connections", "may", "catalog", "unmask", "unrestricted");
    private static final List<String> RIGHTS = List.of("read", "change", "define");
    private static final Pattern RELATION = Pattern.compile("([^./]+)\\.([^./]+)");

    private final YamlNodes yaml;
    private final Collection<String> connections;
    private final Collection<String> labels;

    RoleReader(YamlNodes yaml, Collection<String> connections, Collection<String> labels) {
        this.yaml = yaml;
        this.connections = connections;
        this.labels = labels;
    }

    Role role(String name, Node node) {
        String what = "role `" + name + "`";
        Map<String, Node> entries = yaml.mapping(node, what, KEYS);
        Map<Right, List<RelationPattern>> may = may(entries, what);
        boolean unrestricted = truth(entries, "unrestricted", what);
        if (unrestricted && Stream.of("may", "catalog", "unmask").anyMatch(entries::containsKey)) {
            yaml.problem(
                    node, what + " is unrestricted, so `may`, `catalog` and `unmask` mean nothing; leave them out");
        }
        return new Role(
                name,
                required(entries, "groups", node, what),
                connections(entries, node, what),
                may.getOrDefault(Right.READ, List.of()),
                may.getOrDefault(Right.CHANGE, List.of()),
                may.getOrDefault(Right.DEFINE, List.of()),
                unmask(entries, what),
                truth(entries, "catalog", what),
                unrestricted);
    }

    private boolean truth(Map<String, Node> entries, String key, String what) {
        Node node = entries.get(key);
        return node != null && yaml.truth(node, "`" + key + "` of " + what);
    }

    private Set<String> required(Map<String, Node> entries, String key, Node in, String what) {
        Node node = entries.get(key);
        if (node == null) {
            yaml.problem(in, what + " needs `" + key + "`");
            return Set.of();
        }
        return new HashSet<>(yaml.strings(node, "`" + key + "` of " + what));
    }

    private Set<String> connections(Map<String, Node> entries, Node in, String what) {
        Set<String> named = required(entries, "connections", in, what);
        for (String connection : named) {
            if (!connections.contains(connection)) {
                yaml.problem(
                        entries.getOrDefault("connections", in),
                        what + " names connection `" + connection + "`, which is not under `connections`");
            }
        }
        return named;
    }

    private List<String> unmask(Map<String, Node> entries, String what) {
        Node node = entries.get("unmask");
        if (node == null) {
            return List.of();
        }
        List<String> patterns = yaml.strings(node, "`unmask` of " + what);
        for (String pattern : patterns) {
            if (labels.stream().noneMatch(label -> Wildcard.matches(pattern, label))) {
                yaml.problem(node, what + " unmasks `" + pattern + "`, which no label matches");
            }
        }
        return patterns;
    }

    private Map<Right, List<RelationPattern>> may(Map<String, Node> entries, String what) {
        Map<Right, List<RelationPattern>> may = new EnumMap<>(Right.class);
        Node list = entries.get("may");
        if (list == null) {
            return may;
        }
        for (Node item : yaml.list(list, "`may` of " + what)) {
            yaml.mapping(item, "`may` of " + what, RIGHTS).forEach((key, node) -> {
                if (RIGHTS.contains(key)) {
                    may.computeIfAbsent(Right.valueOf(key.toUpperCase(Locale.ROOT)), r -> new ArrayList<>())
                            .addAll(patterns(node, key));
                }
            });
        }
        return may;
    }

    private List<RelationPattern> patterns(Node node, String key) {
        return yaml.list(node, "`" + key + "`").stream().map(this::pattern).toList();
    }

    private RelationPattern pattern(Node node) {
        String text = yaml.string(node, "a relation");
        Matcher matcher = RELATION.matcher(text);
        if (!matcher.matches()) {
            yaml.problem(node, "`" + text + "` is no relation; expected schema.table, `*` allowed");
            return new RelationPattern("", "");
        }
        return new RelationPattern(matcher.group(1), matcher.group(2));
    }
}
