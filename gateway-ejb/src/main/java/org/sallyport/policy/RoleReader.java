package org.sallyport.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sallyport.meaning.Flow.Use;
import org.sallyport.sql.StatementKinds;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code roles}. */
final class RoleReader {

    private static final List<String> KEYS = List.of(
            "groups connections when may catalog unmask unmaskOnApproval uses shadow unrestricted byGrant".split(" "));
    private static final List<String> MAY_KEYS = List.of("read", "change", "define", "call", "commands");
    private static final Pattern RELATION = Pattern.compile("([^./()]+)\\.([^./()]+)(?:\\((.*)\\))?");

    /** What of a column that is not seen a role may be given all the same. */
    private static final Map<String, Set<Use>> USES = Map.of(
            "equality", Set.of(Use.EQUALITY),
            "predicate", Set.of(Use.EQUALITY, Use.PREDICATE),
            "join", Set.of(Use.EQUALITY, Use.JOIN),
            "order", Set.of(Use.ORDER),
            "group", Set.of(Use.GROUP),
            "distinct", Set.of(Use.DISTINCT),
            "count", Set.of(Use.COUNT),
            "window", Set.of(Use.WINDOW));

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
        List<Permission> may = may(entries, what);
        boolean unrestricted = truth(entries, "unrestricted", what);
        List<String> idle = Stream.of("may", "catalog", "unmask", "unmaskOnApproval", "uses")
                .filter(entries::containsKey)
                .toList();
        if (unrestricted && !idle.isEmpty()) {
            yaml.problem(
                    node,
                    what + " is unrestricted, so `" + String.join("`, `", idle) + "` means nothing; leave it out");
        }
        return new Role(
                name,
                required(entries, "groups", node, what),
                connections(entries, node, what),
                when(entries, what),
                may,
                unmask(entries, what),
                onApproval(entries, what),
                uses(entries, what),
                truth(entries, "catalog", what),
                truth(entries, "shadow", what),
                unrestricted,
                byGrant(entries, what));
    }

    private Optional<ByGrant> byGrant(Map<String, Node> entries, String role) {
        Node node = entries.get("byGrant");
        if (node == null) {
            return Optional.empty();
        }
        String what = "`byGrant` of " + role;
        // What an unrestricted session has set would stay when it is none any more.
        List<String> lasting =
                Stream.of("unrestricted", "shadow").filter(entries::containsKey).toList();
        if (!lasting.isEmpty()) {
            yaml.problem(node, role + " is given for a time, so `" + String.join("`, `", lasting) + "` may not be");
        }
        Map<String, Node> of = yaml.mapping(node, what, List.of("approvers", "longest"));
        Node approvers = of.get("approvers");
        if (approvers == null) {
            yaml.problem(node, what + " needs `approvers`");
            return Optional.empty();
        }
        ApprovalReader approvals = new ApprovalReader(yaml);
        return Optional.of(new ByGrant(approvals.approvers(approvers, what), approvals.longest(of), Optional.empty()));
    }

    private Optional<When> when(Map<String, Node> entries, String what) {
        return new WhenReader(yaml).when(entries, what, When::ofRole);
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
        patterns.forEach(pattern -> requireLabel(pattern, node, what + " unmasks"));
        return patterns;
    }

    private Optional<UnmaskOnApproval> onApproval(Map<String, Node> entries, String role) {
        Node node = entries.get("unmaskOnApproval");
        if (node == null) {
            return Optional.empty();
        }
        String what = "`unmaskOnApproval` of " + role;
        Map<String, Node> of = yaml.mapping(node, what, List.of("labels", "approvers", "timeout"));
        Node labels = of.get("labels");
        List<String> patterns = labels == null ? List.of() : yaml.strings(labels, "`labels` of " + what);
        if (patterns.isEmpty()) {
            yaml.problem(node, what + " needs at least one of `labels`");
        }
        patterns.forEach(pattern -> requireLabel(pattern, of.getOrDefault("labels", node), what + " names"));
        Node approvers = of.get("approvers");
        if (approvers == null) {
            yaml.problem(node, what + " needs `approvers`");
            return Optional.empty();
        }
        ApprovalReader approvals = new ApprovalReader(yaml);
        return Optional.of(new UnmaskOnApproval(patterns, approvals.approvers(approvers, what), approvals.timeout(of)));
    }

    private void requireLabel(String pattern, Node node, String does) {
        if (labels.stream().noneMatch(label -> Wildcard.matches(pattern, label))) {
            yaml.problem(node, does + " `" + pattern + "`, which no label matches");
        }
    }

    private Map<String, Set<Use>> uses(Map<String, Node> entries, String what) {
        Node node = entries.get("uses");
        Map<String, Set<Use>> uses = new HashMap<>();
        if (node != null) {
            yaml.entries(node, "`uses` of " + what).forEach((pattern, list) -> {
                requireLabel(pattern, list, what + " uses");
                Set<Use> allowed = new HashSet<>();
                for (String word : yaml.strings(list, "`uses` of " + what)) {
                    if (!USES.containsKey(word)) {
                        yaml.problem(
                                list,
                                "`" + word + "` is no use of a column; expected one of "
                                        + String.join(", ", new TreeSet<>(USES.keySet())));
                    }
                    allowed.addAll(USES.getOrDefault(word, Set.of()));
                }
                uses.put(pattern, Set.copyOf(allowed));
            });
        }
        return uses;
    }

    private List<Permission> may(Map<String, Node> entries, String what) {
        Node list = entries.get("may");
        List<Permission> may = new ArrayList<>();
        if (list == null) {
            return may;
        }
        for (Node item : yaml.list(list, "`may` of " + what)) {
            Map<String, Node> keys = yaml.mapping(item, "`may` of " + what, MAY_KEYS);
            Set<String> commands = commands(keys, what);
            for (Right right : Right.values()) {
                if (keys.containsKey(right.verb())) {
                    patterns(keys.get(right.verb()), right)
                            .forEach(pattern -> may.add(new Permission(right, pattern, commands)));
                }
            }
            if (Stream.of(Right.values()).map(Right::verb).noneMatch(keys::containsKey)) {
                yaml.problem(item, "`may` of " + what + " needs one of read, change, define, call");
            }
        }
        return may;
    }

    private Set<String> commands(Map<String, Node> keys, String what) {
        Node node = keys.get("commands");
        if (node == null) {
            return Set.of();
        }
        Set<String> commands = yaml.strings(node, "`commands` of " + what).stream()
                .map(StatementKinds::canonical)
                .collect(Collectors.toSet());
        for (String command : commands) {
            if (!StatementKinds.isKnown(command)) {
                yaml.problem(
                        node,
                        "`" + command + "` is no kind of statement; expected such as INSERT, DROP INDEX, COPY TO");
            }
        }
        if (commands.isEmpty()) {
            yaml.problem(node, "`commands` of " + what + " lists none; leave it out to mean all");
        }
        return commands;
    }

    private List<RelationPattern> patterns(Node node, Right right) {
        return yaml.list(node, "`" + right.verb() + "`").stream()
                .map(item -> pattern(item, right))
                .toList();
    }

    private RelationPattern pattern(Node node, Right right) {
        String text = yaml.string(node, "a relation");
        Matcher matcher = RELATION.matcher(text);
        if (!matcher.matches()) {
            yaml.problem(
                    node,
                    "`" + text + "` is no relation; expected schema.table or schema.table(column, …), `*` allowed");
            return new RelationPattern("", "", Set.of());
        }
        Set<String> columns = columns(node, matcher.group(3));
        if (!columns.isEmpty() && (right == Right.DEFINE || right == Right.CALL)) {
            yaml.problem(node, "`" + text + "`: " + right.verb() + " is given on the whole, not on columns");
        }
        return new RelationPattern(matcher.group(1), matcher.group(2), columns);
    }

    private Set<String> columns(Node node, @Nullable String list) {
        if (list == null) {
            return Set.of();
        }
        Set<String> columns = Stream.of(list.split(",", -1)).map(String::strip).collect(Collectors.toSet());
        if (columns.stream().anyMatch(column -> column.isEmpty() || column.contains("*"))) {
            yaml.problem(node, "columns must be named one by one, with a comma between two");
        }
        return columns;
    }
}
