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
import java.util.Base64;
import java.util.Optional;
import org.sallyport.contract.Secret;
import org.sallyport.contract.Target;

/** A real PostgreSQL that wants SCRAM-SHA-256 of everybody but its superuser, and a key store made by the JDK's keytool. */
final class RealServer implements AutoCloseable {
    static final String PASSWORD = "a password of the gateway's";

    /** Room enough for a test that is about something else. */
    static final ListenerSettings.Limits LIMITS =
            new ListenerSettings.Limits(100, 100, 100, Duration.ofSeconds(30), 1 << 20);

    private final EmbeddedPostgres postgres;

    private RealServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static RealServer start(Path folder)
            throws IOException, SQLException, InterruptedException, GeneralSecurityException {
        Path rules = Files.writeString(
                folder.resolve("hba.conf"),
                "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
        folder.toFile().setExecutable(true, false);
        rules.toFile().setReadable(true, false);
        pem(keyStore(folder), folder);
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("hba_file", rules.toString())
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", folder.resolve("server.crt").toString())
                .setServerConfig("ssl_key_file", folder.resolve("server.key").toString())
                .setServerConfig("max_prepared_transactions", "5")
                .start();
        RealServer server = new RealServer(postgres);
        server.execute("CREATE ROLE gateway LOGIN SUPERUSER PASSWORD '" + PASSWORD.replace("'", "''") + "'");
        return server;
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String value(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return String.valueOf(result.getString(1));
        }
    }

    Target target() {
        return target(postgres.getPort(), PASSWORD);
    }

    static Target target(int port, String password) {
        return new Target(
                "127.0.0.1",
                port,
                "postgres",
                Target.TlsMode.DISABLE,
                Optional.empty(),
                "gateway",
                new Secret(password.toCharArray()));
    }

    /** The server's own certificate, as PEM. */
    static Path certificate(Path folder) {
        return folder.resolve("server.crt");
    }

    Target target(Target.TlsMode mode, String host, Optional<Path> rootCertificates) {
        return new Target(
                host,
                postgres.getPort(),
                "postgres",
                mode,
                rootCertificates,
                "gateway",
                new Secret(PASSWORD.toCharArray()));
    }

    private static void pem(ListenerSettings.KeyStoreFile store, Path folder)
            throws IOException, GeneralSecurityException {
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
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
    }

    static ListenerSettings.KeyStoreFile keyStore(Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("listener.p12");
        if (Files.exists(file)) {
            return new ListenerSettings.KeyStoreFile(file.toString(), "PKCS12", "changeit");
        }
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "listener",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=a test",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("keytool failed");
        }
        return new ListenerSettings.KeyStoreFile(file.toString(), "PKCS12", "changeit");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
