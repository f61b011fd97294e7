package org.sallyport.policy;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code issuers} and {@code connections}. */
final class AccessReader {

    private final YamlNodes yaml;

    AccessReader(YamlNodes yaml) {
        this.yaml = yaml;
    }

    Issuer issuer(Node node) {
        Map<String, Node> entries =
                yaml.mapping(node, "an issuer", List.of("issuer", "audience", "jwks", "identity", "groups"));
        Node groups = entries.get("groups");
        return new Issuer(
                yaml.required(entries, "issuer", node, "an issuer"),
                yaml.required(entries, "audience", node, "an issuer"),
                Optional.ofNullable(entries.get("jwks")).flatMap(this::uri),
                template(entries.containsKey("identity") ? entries.get("identity") : null),
                groups == null ? new GroupMapping.Claim("groups") : groups(groups));
    }

    private String template(@org.jspecify.annotations.Nullable Node node) {
        if (node == null) {
            return "{sub}";
        }
        String template = yaml.string(node, "`identity`");
        if (!template.contains("{")) {
            yaml.problem(node, "`identity` names no claim, so all callers would be one; expected such as \"{sub}\"");
        }
        return template;
    }

    private GroupMapping groups(Node node) {
        if (node instanceof ScalarNode) {
            return new GroupMapping.Claim(yaml.string(node, "`groups`"));
        }
        return new GroupMapping.Templates(yaml.strings(node, "`groups` (a claim's name or a list of templates)"));
    }

    private Optional<URI> uri(Node node) {
        try {
            URI uri = new URI(yaml.string(node, "`jwks`"));
            if (uri.isAbsolute() && uri.getScheme().matches("https?")) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // said below, as for a relative one
        }
        yaml.problem(node, "`jwks` must be an address that starts with https:// or http://");
        return Optional.empty();
    }

    Connection connection(String name, Node node) {
        String what = "connection `" + name + "`";
        Map<String, Node> entries = yaml.mapping(node, what, List.of("server", "credential", "shadow", "record"));
        Node server = entries.get("server");
        if (server == null) {
            yaml.problem(node, what + " needs `server`");
        }
        Node recording = entries.get("record");
        return new Connection(
                name,
                server == null ? ServerReader.NONE : new ServerReader(yaml).server(server, "`server` of " + what),
                yaml.required(entries, "credential", node, what),
                entries.containsKey("shadow") && yaml.truth(entries.get("shadow"), "`shadow` of " + what),
                recording == null
                        ? Recording.USUAL
                        : new RecordingReader(yaml).recording(recording, "`record` of " + what));
    }
}
