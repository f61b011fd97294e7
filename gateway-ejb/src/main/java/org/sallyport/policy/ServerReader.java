package org.sallyport.policy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sallyport.contract.Server;
import org.sallyport.contract.Server.AuthenticationMethod;
import org.sallyport.contract.Server.ChannelBinding;
import org.sallyport.contract.Server.Host;
import org.sallyport.contract.Server.Security;
import org.sallyport.contract.Server.SessionAttributes;
import org.sallyport.contract.Server.TlsMode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a connection's {@code server}. */
final class ServerReader {

    /** In place of one that cannot be read: the bundle is refused then. */
    static final Server NONE =
            new Server(List.of(), SessionAttributes.ANY, "", Security.of(TlsMode.VERIFY_FULL, Optional.empty()));

    private static final int DEFAULT_PORT = 5432;

    private static final List<String> KEYS = List.of(
            "host",
            "port",
            "hosts",
            "target_session_attrs",
            "database",
            "tls",
            "rootCertificates",
            "channel_binding",
            "require_auth");

    private final YamlNodes yaml;

    ServerReader(YamlNodes yaml) {
        this.yaml = yaml;
    }

    Server server(Node node, String what) {
        Map<String, Node> entries = yaml.mapping(node, what, KEYS);
        return new Server(
                hosts(entries, node, what),
                oneOf(entries, "target_session_attrs", SessionAttributes.ANY),
                yaml.required(entries, "database", node, what),
                security(entries));
    }

    private List<Host> hosts(Map<String, Node> entries, Node node, String what) {
        Node several = entries.get("hosts");
        if (several == null) {
            return List.of(host(entries, node, what));
        }
        for (String single : List.of("host", "port")) {
            if (entries.containsKey(single)) {
                yaml.problem(entries.get(single), "`" + single + "` beside `hosts`; expected it in each of them");
            }
        }
        List<Node> hosts = yaml.list(several, "`hosts`");
        if (hosts.isEmpty()) {
            yaml.problem(several, "`hosts` needs at least one, such as {host: db1.internal, port: 5432}");
        }
        return hosts.stream()
                .map(host -> host(yaml.mapping(host, "a host", List.of("host", "port")), host, "a host"))
                .toList();
    }

    private Host host(Map<String, Node> entries, Node node, String what) {
        String name = yaml.required(entries, "host", node, what);
        if (name.contains(",")) {
            yaml.problem(entries.getOrDefault("host", node), "`host` must be one; expected `hosts` for several");
        }
        Node port = entries.get("port");
        return new Host(name, port == null ? DEFAULT_PORT : yaml.integer(port, "`port`", 1, 65535));
    }

    private Security security(Map<String, Node> entries) {
        Security security = new Security(
                oneOf(entries, "tls", TlsMode.VERIFY_FULL),
                Optional.ofNullable(entries.get("rootCertificates")).flatMap(this::path),
                oneOf(entries, "channel_binding", ChannelBinding.PREFER),
                methods(entries.get("require_auth")));
        check(security, entries);
        return security;
    }

    private Set<AuthenticationMethod> methods(@Nullable Node node) {
        if (node == null) {
            return Set.of(AuthenticationMethod.SCRAM_SHA_256);
        }
        Set<AuthenticationMethod> methods = new LinkedHashSet<>();
        for (Node method : yaml.list(node, "`require_auth`")) {
            methods.add(oneOf(method, "require_auth", AuthenticationMethod.SCRAM_SHA_256));
        }
        if (methods.isEmpty()) {
            yaml.problem(node, "`require_auth` needs at least one of " + spellings(AuthenticationMethod.class));
        }
        return methods;
    }

    private <E extends Enum<E>> E oneOf(Map<String, Node> entries, String key, E otherwise) {
        Node node = entries.get(key);
        return node == null ? otherwise : oneOf(node, key, otherwise);
    }

    private <E extends Enum<E>> E oneOf(Node node, String key, E otherwise) {
        String text = yaml.string(node, "`" + key + "`");
        Class<E> type = otherwise.getDeclaringClass();
        for (E candidate : type.getEnumConstants()) {
            if (spelling(candidate).equals(text)) {
                return candidate;
            }
        }
        yaml.problem(node, "`" + key + "` must be one of " + spellings(type));
        return otherwise;
    }

    private static String spellings(Class<? extends Enum<?>> type) {
        return Stream.of(type.getEnumConstants()).map(ServerReader::spelling).collect(Collectors.joining(", "));
    }

    private static String spelling(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Optional<Path> path(Node node) {
        try {
            return Optional.of(Path.of(yaml.string(node, "`rootCertificates`")));
        } catch (InvalidPathException e) {
            yaml.problem(node, "`rootCertificates` must be the path of a file");
            return Optional.empty();
        }
    }

    /** Refuses what would give the password away or could never log in. */
    private void check(Security security, Map<String, Node> entries) {
        Node methods = entries.get("require_auth");
        if (methods != null) {
            checkMethods(security, methods);
        }
        Node binding = entries.get("channel_binding");
        if (binding != null
                && security.channelBinding() == ChannelBinding.REQUIRE
                && security.tls() == TlsMode.DISABLE) {
            yaml.problem(binding, "`channel_binding: require` needs TLS; expected another `tls` than disable");
        }
    }

    private void checkMethods(Security security, Node methods) {
        if (security.methods().contains(AuthenticationMethod.PASSWORD)
                && !security.tls().verifies()) {
            yaml.problem(
                    methods, "`password` would be sent to whoever answers; expected `tls` verify-ca or verify-full");
        }
        if (security.methods().contains(AuthenticationMethod.MD5) && security.tls() == TlsMode.DISABLE) {
            yaml.problem(methods, "`md5` can be overheard and replayed; expected another `tls` than disable");
        }
        if (security.channelBinding() == ChannelBinding.REQUIRE
                && !security.methods().equals(Set.of(AuthenticationMethod.SCRAM_SHA_256))) {
            yaml.problem(methods, "`channel_binding: require` leaves only scram-sha-256; expected no other method");
        }
    }
}
