package org.sallyport.policy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.sql.StatementKinds;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code guardrails}. */
final class GuardrailReader {

    private static final List<String> KEYS =
            List.of("name", "on", "if", "when", "do", "reason", "hint", "approvers", "timeout");
    private static final List<String> CONDITIONS = List.of("any", "all", "calls", "sets");
    private static final Approvers NOBODY = new Approvers(Set.of(), 1);

    private final YamlNodes yaml;
    private final ApprovalReader approvals;
    private final Map<String, Node> names = new HashMap<>();

    GuardrailReader(YamlNodes yaml) {
        this.yaml = yaml;
        this.approvals = new ApprovalReader(yaml);
    }

    Guardrail guardrail(Node node) {
        Map<String, Node> entries = yaml.mapping(node, "a guardrail", KEYS);
        String name = yaml.required(entries, "name", node, "a guardrail");
        String what = "guardrail `" + name + "`";
        Node before = names.putIfAbsent(name, node);
        if (before != null) {
            yaml.problem(node, what + " stands twice; first at " + yaml.place(before));
        }
        Guardrail.Action action = action(entries, node, what);
        Condition condition = entries.containsKey("if") ? condition(entries.get("if"), what) : new Condition.Always();
        Optional<When> when = new WhenReader(yaml).when(entries, what, When::ofGuardrail);
        List<String> kinds = kinds(entries, node, condition, what);
        return new Guardrail(
                name,
                kinds,
                condition,
                when,
                action,
                entries.containsKey("reason") ? yaml.string(entries.get("reason"), "`reason`") : "",
                entries.containsKey("hint") ? yaml.string(entries.get("hint"), "`hint`") : "",
                approvers(entries, node, action, what),
                approvals.timeout(entries));
    }

    /** What calls a function or changes a setting can be of any kind, and {@code when} may ask for the kind itself. */
    private List<String> kinds(Map<String, Node> entries, Node in, Condition condition, String what) {
        Node node = entries.get("on");
        boolean ofAnyKind = condition instanceof Condition.Calls
                || condition instanceof Condition.Sets
                || (condition instanceof Condition.Always && entries.containsKey("when"));
        if (node == null) {
            if (!ofAnyKind) {
                yaml.problem(in, what + " needs `on`");
            }
            return List.of();
        }
        List<String> kinds =
                yaml.list(node, "`on` of " + what).stream().map(this::kind).toList();
        if (kinds.isEmpty()) {
            yaml.problem(node, "`on` of " + what + " lists no kind");
        }
        if (condition instanceof Condition.NoWhere) {
            checkConditioned(node, kinds, what);
        }
        return kinds;
    }

    private String kind(Node node) {
        String kind = StatementKinds.canonical(yaml.string(node, "a kind of statement"));
        if (!StatementKinds.isKnown(kind)) {
            yaml.problem(node, "`" + kind + "` is no kind of statement; expected such as DELETE, COPY TO, DROP TABLE");
        }
        return kind;
    }

    private Guardrail.Action action(Map<String, Node> entries, Node in, String what) {
        String text = yaml.required(entries, "do", in, what);
        return switch (text) {
            case "hold" -> Guardrail.Action.HOLD;
            case "warn" -> Guardrail.Action.WARN;
            case "deny", "" -> Guardrail.Action.DENY;
            default -> {
                yaml.problem(entries.getOrDefault("do", in), "`do` of " + what + " must be deny, hold or warn");
                yield Guardrail.Action.DENY;
            }
        };
    }

    /** {@code no-where}, alone or in a list under {@code any} or {@code all}; or what is called, or set. */
    private Condition condition(Node node, String what) {
        if (node instanceof ScalarNode) {
            checkNoWhere(node, List.of(yaml.string(node, "`if` of " + what)));
            return new Condition.NoWhere();
        }
        Map<String, Node> entries = yaml.mapping(node, "`if` of " + what, CONDITIONS);
        if (entries.size() != 1) {
            yaml.problem(
                    node, "`if` of " + what + " must be no-where or exactly one of " + String.join(", ", CONDITIONS));
        }
        if (entries.containsKey("calls")) {
            return new Condition.Calls(names(entries.get("calls"), "`calls` of " + what));
        }
        if (entries.containsKey("sets")) {
            return new Condition.Sets(settings(entries.get("sets"), "`sets` of " + what));
        }
        entries.values().forEach(list -> checkNoWhere(list, yaml.strings(list, "`if` of " + what)));
        return new Condition.NoWhere();
    }

    private void checkNoWhere(Node node, List<String> conditions) {
        if (conditions.isEmpty()) {
            yaml.problem(node, "`if` lists no condition; expected no-where");
        }
        for (String condition : conditions) {
            if (!condition.equals("no-where")) {
                yaml.problem(
                        node,
                        "condition `" + condition
                                + "` is not supported by this version; known: no-where, {calls: […]}, {sets: […]}");
            }
        }
    }

    private List<String> names(Node node, String what) {
        List<String> names = yaml.strings(node, what);
        if (names.isEmpty()) {
            yaml.problem(node, what + " lists nothing");
        }
        return names;
    }

    /** Names of settings are case-insensitive. */
    private Set<String> settings(Node node, String what) {
        Set<String> settings = new HashSet<>();
        for (String name : names(node, what)) {
            if (name.indexOf('*') >= 0) {
                yaml.problem(node, what + " names `" + name + "`; expected settings by their whole names");
            }
            settings.add(name.toLowerCase(Locale.ROOT));
        }
        return settings;
    }

    private void checkConditioned(Node node, List<String> kinds, String what) {
        for (String kind : kinds) {
            if (!kind.equals("DELETE") && !kind.equals("UPDATE")) {
                yaml.problem(node, "no-where says nothing of " + kind + "; " + what + " may be on DELETE and UPDATE");
            }
        }
    }

    private Approvers approvers(Map<String, Node> entries, Node in, Guardrail.Action action, String what) {
        Node node = entries.get("approvers");
        if (node == null) {
            if (action == Guardrail.Action.HOLD) {
                yaml.problem(in, what + " holds, so it needs `approvers`");
            }
            return NOBODY;
        }
        if (action != Guardrail.Action.HOLD) {
            yaml.problem(node, what + " does not hold, so nobody can approve; leave `approvers` out");
        }
        return approvals.approvers(node, what);
    }
}
