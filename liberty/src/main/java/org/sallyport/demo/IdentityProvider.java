package org.sallyport.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The demo's identity provider: a Liberty server with one issuer for agents and one for people.
 *
 * <p>It can be stopped and started again; tokens issued before stay valid, since its signing key is on disk.
 */
public final class IdentityProvider implements AutoCloseable {
    public static final List<String> AGENTS = List.of("reporting-agent", "migration-agent");
    public static final String PERSON = "dana";

    private static final String CONSOLE = "sallyport";
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    private final LibertyServer server;
    private final String url;
    private final Map<String, String> secrets;

    private IdentityProvider(LibertyServer server, String url, Map<String, String> secrets) {
        this.server = server;
        this.url = url;
        this.secrets = secrets;
    }

    /**
     * Describes a provider; nothing is started yet.
     *
     * @param port       of its HTTPS, on 127.0.0.1
     * @param consoleUrl the console that people sign in to
     */
    public static IdentityProvider define(ServerHome home, int port, String consoleUrl) {
        Map<String, String> secrets = new TreeMap<>();
        AGENTS.forEach(agent -> secrets.put(agent, Passwords.random()));
        secrets.put(PERSON, Passwords.random());
        secrets.put(CONSOLE, Passwords.random());
        Path signing = home.folder().resolve("signing.p12");
        TlsFiles.generateKey(signing, "signing", home.tls().password(), TlsFiles.RSA);

        Map<String, String> variables = new TreeMap<>(home.tlsVariables());
        variables.put("identity.https.port", Integer.toString(port));
        variables.put("console.url", consoleUrl);
        variables.put("signing.keystore", signing.toAbsolutePath().toString());
        variables.put("signing.keystore.password", home.tls().password());
        AGENTS.forEach(agent -> variables.put(agent + ".secret", secrets.get(agent)));
        variables.put("dana.password", secrets.get(PERSON));
        variables.put("console.secret", secrets.get(CONSOLE));
        return new IdentityProvider(home.define(variables), "https://127.0.0.1:" + port, secrets);
    }

    public IdentityProvider start() {
        server.start();
        return this;
    }

    /** The issuer of agents' tokens, as their {@code iss} has it. */
    public String agents() {
        return url + "/oidc/endpoint/agents";
    }

    /** The issuer of people's tokens. */
    public String people() {
        return url + "/oidc/endpoint/people";
    }

    /** The secret the console's server authenticates with. */
    public String consoleSecret() {
        return secret(CONSOLE);
    }

    /** The password of {@link #PERSON}. */
    public String password() {
        return secret(PERSON);
    }

    private String secret(String name) {
        String secret = secrets.get(name);
        if (secret == null) {
            throw new IllegalArgumentException("the identity provider knows no " + name);
        }
        return secret;
    }

    /** A fresh token for one of {@link #AGENTS} or for {@link #PERSON}; the client must trust the provider's TLS. */
    public String token(String name, HttpClient client) {
        HttpRequest request = HttpRequest.newBuilder(URI.create((name.equals(PERSON) ? people() : agents()) + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(ANSWER_LIMIT)
                .POST(BodyPublishers.ofString(form(name)))
                .build();
        HttpResponse<String> response = send(request, client);
        Matcher token = ACCESS_TOKEN.matcher(response.body());
        if (!token.find()) {
            throw new IllegalStateException("no token for %s: HTTP %d".formatted(name, response.statusCode()));
        }
        return token.group(1);
    }

    private static HttpResponse<String> send(HttpRequest request, HttpClient client) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("the identity provider does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for a token", e);
        }
    }

    private String form(String name) {
        Map<String, String> fields = new TreeMap<>();
        if (name.equals(PERSON)) {
            fields.putAll(Map.of("grant_type", "password", "username", PERSON, "password", password()));
            fields.putAll(Map.of("client_id", CONSOLE, "client_secret", consoleSecret(), "scope", "openid profile"));
        } else {
            fields.putAll(Map.of("grant_type", "client_credentials", "scope", "openid"));
            fields.putAll(Map.of("client_id", name, "client_secret", secret(name)));
        }
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Writes what the script {@code liberty/demo/token} needs to know. */
    void describeTo(Path file) {
        String lines = secrets.entrySet().stream()
                .map(secret -> secret.getKey() + "=" + secret.getValue())
                .collect(Collectors.joining("\n", "agents-url=" + agents() + "\npeople-url=" + people() + "\n", "\n"));
        Folders.writePrivate(file, lines);
    }

    public LibertyServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
    }
}
