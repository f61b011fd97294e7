package org.sallyport.policy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.identity.Identity;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the tests of a policy from a file or a folder of them, or says all that is wrong with them. */
public final class PolicyCases {
    private static final List<String> KEYS = List.of("name", "identity", "at", "connection", "sql", "expect", "rule");
    private static final List<String> WHO = List.of("name", "groups", "claims");
    private static final List<String> VERDICTS = List.of("permit", "warn", "hold", "deny");

    private final YamlNodes yaml = new YamlNodes();
    private final List<PolicyCase> cases = new ArrayList<>();

    private PolicyCases() {}

    /** @throws InvalidBundle with every problem found */
    public static List<PolicyCase> load(Path place) {
        PolicyCases reader = new PolicyCases();
        PolicyFiles.of(place)
                .forEach((file, text) -> reader.yaml.parse(file, text).ifPresent(reader::file));
        if (!reader.yaml.problems().isEmpty()) {
            throw new InvalidBundle(reader.yaml.problems());
        }
        return List.copyOf(reader.cases);
    }

    private void file(Node root) {
        Node tests = yaml.mapping(root, "a file of tests", List.of("tests")).get("tests");
        if (tests == null) {
            yaml.problem(root, "a file of tests needs `tests`");
            return;
        }
        yaml.list(tests, "`tests`").forEach(this::test);
    }

    private void test(Node node) {
        Map<String, Node> entries = yaml.mapping(node, "a test", KEYS);
        String name = yaml.required(entries, "name", node, "a test");
        String what = "test `" + name + "`";
        String verdict = yaml.required(entries, "expect", node, what);
        if (!verdict.isEmpty() && !VERDICTS.contains(verdict)) {
            yaml.problem(
                    entries.getOrDefault("expect", node),
                    "`expect` of " + what + " must be permit, warn, hold or deny");
        }
        String connection = yaml.required(entries, "connection", node, what);
        Node who = entries.get("identity");
        if (who == null) {
            yaml.problem(node, what + " needs `identity`");
        }
        Identity identity = who == null ? nobody() : identity(who, what);
        Optional<String> rule = Optional.ofNullable(entries.get("rule")).map(text -> yaml.string(text, "`rule`"));
        cases.add(new PolicyCase(
                name,
                yaml.place(node),
                new Circumstances(identity, connection, at(entries.get("at"), what)),
                yaml.required(entries, "sql", node, what),
                verdict,
                rule));
    }

    private static Identity nobody() {
        return new Identity("nobody", Set.of(), Map.of(), Instant.MAX);
    }

    private Identity identity(Node node, String what) {
        Map<String, Node> entries = yaml.mapping(node, "`identity` of " + what, WHO);
        Node groups = entries.get("groups");
        Node claims = entries.get("claims");
        return new Identity(
                entries.containsKey("name") ? yaml.string(entries.get("name"), "`name`") : "somebody",
                groups == null ? Set.of() : new HashSet<>(yaml.strings(groups, "`groups` of " + what)),
                claims == null ? Map.of() : claims(claims, what),
                Instant.MAX);
    }

    private Instant at(@org.jspecify.annotations.Nullable Node node, String what) {
        if (node == null) {
            return PolicyCase.SOME_DAY;
        }
        try {
            return Instant.parse(yaml.string(node, "`at` of " + what));
        } catch (DateTimeParseException e) {
            yaml.problem(node, "`at` of " + what + " must be a time such as 2026-11-26T10:00:00Z");
            return PolicyCase.SOME_DAY;
        }
    }

    private Map<String, Object> claims(Node node, String what) {
        Map<String, Object> claims = new LinkedHashMap<>();
        yaml.entries(node, "`claims` of " + what).forEach((key, value) -> claims.put(key, claim(value)));
        return claims;
    }

    /** As JSON would have it: what looks like a number or a truth value is one, unless it is quoted. */
    private Object claim(Node node) {
        if (node instanceof SequenceNode list) {
            return list.getValue().stream().map(this::claim).toList();
        }
        if (node instanceof MappingNode) {
            return claims(node, "a claim");
        }
        String text = ((ScalarNode) node).getValue();
        try {
            return switch (node.getTag().getValue()) {
                case "tag:yaml.org,2002:int" -> Long.parseLong(text);
                case "tag:yaml.org,2002:float" -> Double.parseDouble(text);
                case "tag:yaml.org,2002:bool" -> Boolean.parseBoolean(text);
                default -> text;
            };
        } catch (NumberFormatException e) {
            yaml.problem(node, "`" + text + "` is no number that a claim can be; expected it in quotes");
            return text;
        }
    }
}
