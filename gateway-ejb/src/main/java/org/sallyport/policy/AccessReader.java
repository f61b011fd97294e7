package org.sallyport.policy;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sallyport.contract.Target.TlsMode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code issuers} and {@code connections}. */
final class AccessReader {

    private static final int DEFAULT_PORT = 5432;

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
        Map<String, Node> entries = yaml.mapping(node, what, List.of("server", "credential"));
        Node server = entries.get("server");
        if (server == null) {
            yaml.problem(node, what + " needs `server`");
        }
        return new Connection(
                name,
                server == null
                        ? new Server("", DEFAULT_PORT, "", TlsMode.VERIFY_FULL, Optional.empty())
                        : server(server, what),
                yaml.required(entries, "credential", node, what));
    }

    private Server server(Node node, String what) {
        String of = "`server` of " + what;
        Map<String, Node> entries =
                yaml.mapping(node, of, List.of("host", "port", "database", "tls", "rootCertificates"));
        Node port = entries.get("port");
        return new Server(
                yaml.required(entries, "host", node, of),
                port == null ? DEFAULT_PORT : yaml.integer(port, "`port`", 1, 65535),
                yaml.required(entries, "database", node, of),
                entries.containsKey("tls") ? tls(entries.get("tls")) : TlsMode.VERIFY_FULL,
                Optional.ofNullable(entries.get("rootCertificates")).flatMap(this::path));
    }

    private TlsMode tls(Node node) {
        String mode = yaml.string(node, "`tls`");
        for (TlsMode candidate : TlsMode.values()) {
            if (candidate.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(mode)) {
                return candidate;
            }
        }
        yaml.problem(node, "`tls` must be one of disable, require, verify-ca, verify-full");
        return TlsMode.VERIFY_FULL;
    }

    private Optional<Path> path(Node node) {
        try {
            return Optional.of(Path.of(yaml.string(node, "`rootCertificates`")));
        } catch (InvalidPathException e) {
            yaml.problem(node, "`rootCertificates` must be the path of a file");
            return Optional.empty();
        }
    }
}
