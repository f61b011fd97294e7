package org.sallyport.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a cluster from binaries that come as a Maven artifact, as root or as an ordinary user. */
final class EmbeddedEngine implements PostgresEngine {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path folder;
    private final Settings settings;
    private final Map<String, String> configuration;
    private @Nullable EmbeddedPostgres server;

    /**
     * Keeps the data and the log in {@code folder}; the binaries are unpacked beside it.
     *
     * @param configuration of postgresql.conf, where it differs
     */
    EmbeddedEngine(Path folder, Settings settings, Map<String, String> configuration) {
        this.folder = folder;
        this.settings = settings;
        this.configuration = configuration;
    }

    @Override
    public synchronized void start() {
        boolean fresh = !Files.exists(data().resolve("PG_VERSION"));
        try {
            Files.createDirectories(folder);
            EmbeddedPostgres started = builder().start();
            server = started;
            if (fresh) {
                demandPasswords(started);
            }
        } catch (IOException | IllegalStateException | SQLException e) {
            throw new StartFailure("PostgreSQL did not start on port %d; see %s".formatted(settings.port(), log()), e);
        }
    }

    private EmbeddedPostgres.Builder builder() {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPort(settings.port())
                .setOverrideWorkingDirectory(
                        folder.resolveSibling("postgres-binaries").toFile())
                .setDataDirectory(data())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_LIMIT)
                .setOutputRedirector(Redirect.appendTo(log().toFile()))
                .setErrorRedirector(Redirect.appendTo(log().toFile()))
                .setConnectConfig("password", settings.superuser().password())
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("password_encryption", "scram-sha-256")
                .setServerConfig("ssl", "on")
                .setServerConfig(
                        "ssl_cert_file",
                        settings.tls().certificate().toAbsolutePath().toString())
                .setServerConfig(
                        "ssl_key_file", settings.tls().key().toAbsolutePath().toString());
        configuration.forEach(builder::setServerConfig);
        return builder;
    }

    /** initdb lets everyone in; from here on nobody without a password. */
    private void demandPasswords(EmbeddedPostgres started) throws SQLException, IOException {
        Postgres.Login superuser = settings.superuser();
        try (Connection connection = started.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + superuser.user() + " PASSWORD '" + superuser.password() + "'");
            Files.writeString(data().resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    @Override
    public synchronized void close() {
        if (server == null) {
            return;
        }
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL on port " + settings.port() + " did not stop", e);
        } finally {
            server = null;
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolve("postgres.log");
    }
}
