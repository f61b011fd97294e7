package org.sallyport.proxy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sallyport.contract.Secret;
import org.sallyport.contract.Server;
import org.sallyport.contract.Target;

/** A real PostgreSQL that wants SCRAM-SHA-256 of everybody but its superuser, and a key store made by the JDK's keytool. */
final class RealServer implements AutoCloseable {
    static final String PASSWORD = "a password of the gateway's";

    /** Room enough for a test that is about something else. */
    static final ListenerSettings.Limits LIMITS =
            new ListenerSettings.Limits(100, 100, 100, 100, Duration.ofSeconds(30), 1 << 20);

    private final EmbeddedPostgres postgres;

    private RealServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static RealServer start(Path folder)
            throws IOException, SQLException, InterruptedException, GeneralSecurityException {
        return start(folder, EmbeddedPostgres.builder());
    }

    /** Starts the server that {@code builder} describes; its files stand in {@code folder}. */
    static RealServer start(Path folder, EmbeddedPostgres.Builder builder)
            throws IOException, SQLException, InterruptedException, GeneralSecurityException {
        RealServer server = new RealServer(configured(folder, builder).start());
        server.execute("CREATE ROLE gateway LOGIN SUPERUSER PASSWORD '" + PASSWORD.replace("'", "''") + "'");
        return server;
    }

    /** A hot standby that never hears of its primary: sessions there are read-only. */
    static RealServer startStandby(Path folder, Supplier<EmbeddedPostgres.Builder> builders)
            throws IOException, SQLException, InterruptedException, GeneralSecurityException {
        Path cluster = folder.resolve("cluster");
        start(folder, builders.get().setDataDirectory(cluster).setCleanDataDirectory(false))
                .close();
        Files.createFile(cluster.resolve("standby.signal"));
        return new RealServer(
                configured(folder, builders.get().setDataDirectory(cluster).setCleanDataDirectory(false))
                        .start());
    }

    private static EmbeddedPostgres.Builder configured(Path folder, EmbeddedPostgres.Builder builder)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path rules = Files.writeString(folder.resolve("hba.conf"), """
                host all postgres 127.0.0.1/32 trust
                host all let_in,restricted 127.0.0.1/32 trust
                host all old_md5 127.0.0.1/32 md5
                host all old_password 127.0.0.1/32 password
                host all all 127.0.0.1/32 scram-sha-256
                """);
        folder.toFile().setExecutable(true, false);
        rules.toFile().setReadable(true, false);
        pem(keyStore(folder), folder);
        return builder.setServerConfig("password_encryption", "scram-sha-256") // as it is from PostgreSQL 14 on
                .setServerConfig("hba_file", rules.toString())
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", folder.resolve("server.crt").toString())
                .setServerConfig("ssl_key_file", folder.resolve("server.key").toString())
                .setServerConfig("max_prepared_transactions", "5");
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Takes an advisory lock, which is released with the connection. */
    Connection lock(int key) throws SQLException {
        Connection connection = postgres.getPostgresDatabase().getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + key + ")");
        }
        return connection;
    }

    String value(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return String.valueOf(result.getString(1));
        }
    }

    int port() {
        return postgres.getPort();
    }

    Target target() {
        return target(postgres.getPort(), PASSWORD);
    }

    static Target target(int port, String password) {
        return new Target(
                server(port, Server.Security.of(Server.TlsMode.DISABLE, Optional.empty())),
                "gateway",
                new Secret(password.toCharArray()));
    }

    /** The server's own certificate, as PEM. */
    static Path certificate(Path folder) {
        return folder.resolve("server.crt");
    }

    private static Server server(int port, Server.Security security) {
        return new Server(
                List.of(new Server.Host("127.0.0.1", port)), Server.SessionAttributes.ANY, "postgres", security);
    }

    Target target(String database) {
        Target target = target();
        Server server = target.server();
        return new Target(
                new Server(server.hosts(), server.attributes(), database, server.security()),
                target.user(),
                target.password());
    }

    Target target(Server.TlsMode mode, String host, Optional<Path> rootCertificates) {
        return new Target(
                new Server(
                        List.of(new Server.Host(host, postgres.getPort())),
                        Server.SessionAttributes.ANY,
                        "postgres",
                        Server.Security.of(mode, rootCertificates)),
                "gateway",
                new Secret(PASSWORD.toCharArray()));
    }

    /** Writes the key store's key and certificate as the server reads them. */
    static void pem(ListenerSettings.KeyStoreFile store, Path folder) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(
                Path.of(store.file()).toFile(), store.password().toCharArray());
        Path key = pem(
                folder.resolve("server.key"),
                "PRIVATE KEY",
                keys.getKey("listener", store.password().toCharArray()).getEncoded());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        pem(certificate(folder), "CERTIFICATE", keys.getCertificate("listener").getEncoded());
    }

    private static Path pem(Path file, String type, byte[] content) throws IOException {
        return Files.writeString(file, pem(type, content));
    }

    static String pem(String type, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }

    static ListenerSettings.KeyStoreFile keyStore(Path folder) throws IOException, InterruptedException {
        return keyStore(folder, "-keyalg", "EC");
    }

    /** A key store with one self-signed certificate, made with {@code arguments} unless it is there. */
    static ListenerSettings.KeyStoreFile keyStore(Path folder, String... arguments)
            throws IOException, InterruptedException {
        Path file = folder.resolve("listener.p12");
        if (!Files.exists(file)) {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "listener",
                    "-dname",
                    "CN=a test",
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    "changeit",
                    "-keystore",
                    file.toString()));
            command.addAll(List.of(arguments));
            int exit = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IOException("keytool failed");
            }
        }
        return new ListenerSettings.KeyStoreFile(file.toString(), "PKCS12", "changeit");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
