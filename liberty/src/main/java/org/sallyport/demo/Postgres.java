package org.sallyport.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL cluster of our own on the loopback address: TLS offered, SCRAM-SHA-256 demanded of everyone.
 *
 * <p>It can be stopped and started again with its data, as a database server can.
 */
public final class Postgres implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /** A login and its password. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    private final Path folder;
    private final int port;
    private final TlsFiles tls;
    private final Login superuser = new Login("postgres", Passwords.random());
    private @Nullable EmbeddedPostgres server;

    /**
     * Describes a cluster; nothing is started yet.
     *
     * @param folder for its data and its log; the binaries are unpacked beside it
     */
    public Postgres(Path folder, int port, TlsFiles tls) {
        this.folder = folder;
        this.port = port;
        this.tls = tls;
    }

    /** Starts the cluster, the first time with fresh data. */
    public synchronized Postgres start() {
        boolean fresh = !Files.exists(dataFolder().resolve("PG_VERSION"));
        try {
            Files.createDirectories(folder);
            server = builder().start();
            if (fresh) {
                demandPasswords();
            }
        } catch (IOException | IllegalStateException | SQLException e) {
            throw new StartFailure("PostgreSQL did not start on port %d; see %s".formatted(port, log()), e);
        }
        return this;
    }

    private EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setOverrideWorkingDirectory(
                        folder.resolveSibling("postgres-binaries").toFile())
                .setDataDirectory(dataFolder())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_LIMIT)
                .setOutputRedirector(Redirect.appendTo(log().toFile()))
                .setErrorRedirector(Redirect.appendTo(log().toFile()))
                .setConnectConfig("password", superuser.password())
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("password_encryption", "scram-sha-256")
                .setServerConfig("ssl", "on")
                .setServerConfig(
                        "ssl_cert_file", tls.certificate().toAbsolutePath().toString())
                .setServerConfig("ssl_key_file", tls.key().toAbsolutePath().toString());
    }

    /** initdb lets everyone in; from here on nobody without a password. */
    private void demandPasswords() throws SQLException, IOException {
        try (Connection connection = connect("postgres", superuser);
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE postgres PASSWORD '" + superuser.password() + "'");
            Files.writeString(dataFolder().resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    /** Creates a role and a database that it owns. */
    public Login createOwner(String role, String database) {
        Login login = createRole(role);
        execute("postgres", superuser, "CREATE DATABASE \"" + database + "\" OWNER \"" + role + "\"");
        return login;
    }

    public Login createRole(String role) {
        Login login = new Login(role, Passwords.random());
        execute("postgres", superuser, "CREATE ROLE \"" + role + "\" LOGIN PASSWORD '" + login.password() + "'");
        return login;
    }

    /** Runs a script of any number of statements. */
    public void execute(String database, Login login, String sql) {
        try (Connection connection = connect(database, login);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new StartFailure("PostgreSQL refused a statement of the set-up of " + database, e);
        }
    }

    /** A direct connection, past the gateway. */
    public Connection connect(String database, Login login) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("sslmode", "disable");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }

    public int port() {
        return port;
    }

    public Login superuser() {
        return superuser;
    }

    /** Stops the cluster and breaks its connections, keeping its data. */
    @Override
    public synchronized void close() {
        if (server == null) {
            return;
        }
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL on port " + port + " did not stop", e);
        } finally {
            server = null;
        }
    }

    private Path dataFolder() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolve("postgres.log");
    }
}
