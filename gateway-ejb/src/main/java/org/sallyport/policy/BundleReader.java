package org.sallyport.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sallyport.contract.Mask;
import org.snakeyaml.engine.v2.nodes.Node;

/** Makes a {@link PolicyBundle} of a file, or says all that is wrong with it. */
final class BundleReader {

    private static final List<String> KEYS =
            List.of("sallyport", "issuers", "connections", "labels", "masks", "roles", "guardrails");
    private static final int VERSION_DIGITS = 16;
    private static final int LARGEST = 1 << 20;

    private final YamlNodes yaml;
    private final List<Issuer> issuers = new ArrayList<>();
    private final Map<String, Connection> connections = new LinkedHashMap<>();
    private final List<Label> labels = new ArrayList<>();
    private final List<Role> roles = new ArrayList<>();
    private final List<Guardrail> guardrails = new ArrayList<>();

    private BundleReader(Path file) {
        yaml = new YamlNodes(file);
    }

    static PolicyBundle read(Path file) {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InvalidBundle(List.of(
                    file + ":1: the file cannot be read: " + e.getClass().getSimpleName()));
        }
        if (content.length > LARGEST) {
            throw new InvalidBundle(List.of(file + ":1: the file is larger than " + LARGEST + " bytes"));
        }
        BundleReader reader = new BundleReader(file);
        reader.yaml.parse(new String(content, StandardCharsets.UTF_8)).ifPresent(reader::bundle);
        if (!reader.yaml.problems().isEmpty()) {
            throw new InvalidBundle(reader.yaml.problems());
        }
        return new PolicyBundle(
                version(content), reader.issuers, reader.connections, reader.labels, reader.roles, reader.guardrails);
    }

    private static String version(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest).substring(0, VERSION_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java platform has SHA-256", e);
        }
    }

    private void bundle(Node root) {
        Map<String, Node> entries = yaml.mapping(root, "the bundle", KEYS);
        String format = yaml.required(entries, "sallyport", root, "the bundle");
        if (!format.isEmpty() && !format.equals("1")) {
            yaml.problem(entries.getOrDefault("sallyport", root), "`sallyport` must be 1, the format's version");
        }
        each(entries, "issuers", node -> issuers.add(new AccessReader(yaml).issuer(node)));
        named(
                entries,
                "connections",
                (name, node) -> connections.put(name, new AccessReader(yaml).connection(name, node)));
        labels(entries);
        RoleReader roleReader = new RoleReader(
                yaml, connections.keySet(), labels.stream().map(Label::name).toList());
        named(entries, "roles", (name, node) -> roles.add(roleReader.role(name, node)));
        GuardrailReader guardrailReader = new GuardrailReader(yaml);
        each(entries, "guardrails", node -> guardrails.add(guardrailReader.guardrail(node)));
    }

    private void labels(Map<String, Node> entries) {
        Map<String, Node> maskNodes = new LinkedHashMap<>();
        Map<String, Mask> masks = new LinkedHashMap<>();
        LabelReader reader = new LabelReader(yaml);
        named(entries, "masks", (name, node) -> {
            maskNodes.put(name, node);
            masks.put(name, reader.mask(name, node));
        });
        named(entries, "labels", (name, node) -> {
            if (!masks.containsKey(name)) {
                yaml.problem(node, "label `" + name + "` has no mask; expected an entry `" + name + "` under `masks`");
            }
            labels.add(new Label(
                    name,
                    reader.columns(name, node, connections.keySet()),
                    masks.getOrDefault(name, new Mask.Nothing())));
            maskNodes.remove(name);
        });
        maskNodes.forEach((name, node) ->
                yaml.problem(node, "mask for `" + name + "`, which is no label; expected it under `labels`"));
    }

    private void each(Map<String, Node> entries, String key, java.util.function.Consumer<Node> reader) {
        Node node = entries.get(key);
        if (node != null) {
            yaml.list(node, "`" + key + "`").forEach(reader);
        }
    }

    private void named(Map<String, Node> entries, String key, java.util.function.BiConsumer<String, Node> reader) {
        Node node = entries.get(key);
        if (node != null) {
            yaml.entries(node, "`" + key + "`").forEach(reader);
        }
    }
}
