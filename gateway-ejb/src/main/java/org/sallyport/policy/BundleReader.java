package org.sallyport.policy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.sallyport.contract.Mask;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Makes a {@link PolicyBundle} of a file or a folder of them, or says all that is wrong with it. Of several files the lists are
 * put together, and the mappings; a name that stands in two of them is a mistake.
 */
final class BundleReader {

    private static final List<String> KEYS = List.of(
            "sallyport", "issuers", "connections", "labels", "masks", "roles", "guardrails", "patterns", "detection");

    private final YamlNodes yaml = new YamlNodes();

    /** The values of each key, one from each file that has it. */
    private final Map<String, List<Node>> sections = new HashMap<>();

    private final List<Issuer> issuers = new ArrayList<>();
    private final Map<String, Connection> connections = new LinkedHashMap<>();
    private final List<Label> labels = new ArrayList<>();
    private final List<Role> roles = new ArrayList<>();
    private final List<Guardrail> guardrails = new ArrayList<>();
    private final List<Detection> detection = new ArrayList<>();

    private final MaskKeys keys;

    private BundleReader(MaskKeys keys) {
        this.keys = keys;
    }

    static PolicyBundle read(Path place, MaskKeys keys) {
        PolicyFiles files = PolicyFiles.of(place);
        BundleReader reader = new BundleReader(keys);
        files.forEach((file, text) -> reader.yaml.parse(file, text).ifPresent(reader::file));
        reader.bundle();
        if (!reader.yaml.problems().isEmpty()) {
            throw new InvalidBundle(reader.yaml.problems());
        }
        return new PolicyBundle(
                files.version(),
                reader.issuers,
                reader.connections,
                reader.labels,
                reader.roles,
                reader.guardrails,
                reader.detection);
    }

    private void file(Node root) {
        Map<String, Node> entries = yaml.mapping(root, "the bundle", KEYS);
        String format = yaml.required(entries, "sallyport", root, "the bundle");
        if (!format.isEmpty() && !format.equals("1")) {
            yaml.problem(entries.getOrDefault("sallyport", root), "`sallyport` must be 1, the format's version");
        }
        entries.forEach((key, node) ->
                sections.computeIfAbsent(key, section -> new ArrayList<>()).add(node));
    }

    private void bundle() {
        each("issuers", node -> issuers.add(new AccessReader(yaml).issuer(node)));
        named("connections", (name, node) -> connections.put(name, new AccessReader(yaml).connection(name, node)));
        labels();
        RoleReader roleReader = new RoleReader(
                yaml, connections.keySet(), labels.stream().map(Label::name).toList());
        named("roles", (name, node) -> roles.add(roleReader.role(name, node)));
        GuardrailReader guardrailReader = new GuardrailReader(yaml);
        each("guardrails", node -> guardrails.add(guardrailReader.guardrail(node)));
        DetectionReader detectionReader = new DetectionReader(yaml);
        named("patterns", detectionReader::pattern);
        List<String> names = roles.stream().map(Role::name).toList();
        each("detection", node -> detection.add(detectionReader.detection(node, connections.keySet(), names)));
    }

    private void labels() {
        Map<String, Node> maskNodes = new LinkedHashMap<>();
        Map<String, Mask> masks = new LinkedHashMap<>();
        LabelReader reader = new LabelReader(yaml, keys);
        named("masks", (name, node) -> {
            maskNodes.put(name, node);
            masks.put(name, reader.mask(name, node));
        });
        named("labels", (name, node) -> {
            if (!masks.containsKey(name)) {
                yaml.problem(node, "label `" + name + "` has no mask; expected an entry `" + name + "` under `masks`");
            }
            Mask mask = masks.getOrDefault(name, new Mask.Nothing());
            labels.add(reader.label(name, node, connections.keySet(), mask));
            maskNodes.remove(name);
        });
        maskNodes.forEach((name, node) ->
                yaml.problem(node, "mask for `" + name + "`, which is no label; expected it under `labels`"));
    }

    private void each(String key, Consumer<Node> reader) {
        for (Node section : section(key)) {
            yaml.list(section, "`" + key + "`").forEach(reader);
        }
    }

    private void named(String key, BiConsumer<String, Node> reader) {
        Map<String, Node> first = new HashMap<>();
        for (Node section : section(key)) {
            yaml.entries(section, "`" + key + "`").forEach((name, node) -> {
                Node before = first.putIfAbsent(name, node);
                if (before == null) {
                    reader.accept(name, node);
                } else {
                    yaml.problemAtKey(
                            node,
                            "`" + name + "` stands twice in `" + key + "`; first at " + yaml.place(yaml.key(before)));
                }
            });
        }
    }

    private List<Node> section(String key) {
        return sections.getOrDefault(key, List.of());
    }
}
