package org.sallyport.demo;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;

/**
 * One PostgreSQL cluster of our own on the loopback address.
 *
 * <p>It can be closed and started again with its data, as a database server can.
 */
public final class Postgres implements AutoCloseable {

    /** A login and its password. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    private final int port;
    private final Login superuser = new Login("postgres", Passwords.random());
    private final PostgresEngine engine;

    /** Describes a cluster of embedded binaries, with its data in {@code folder}; nothing is started yet. */
    public Postgres(Path folder, int port, TlsFiles tls) {
        this(folder, port, tls, Map.of());
    }

    /**
     * Describes one that is configured otherwise. By itself it does not wait for the disk, since its data is not to survive the machine.
     *
     * @param configuration as postgresql.conf has it
     */
    public Postgres(Path folder, int port, TlsFiles tls, Map<String, String> configuration) {
        this(port, tls, settings -> new EmbeddedEngine(folder, settings, configuration));
    }

    /** Describes a cluster that another engine runs. */
    public Postgres(int port, TlsFiles tls, Function<PostgresEngine.Settings, PostgresEngine> engine) {
        this.port = port;
        this.engine = engine.apply(new PostgresEngine.Settings(port, tls, superuser));
    }

    public Postgres start() {
        engine.start();
        return this;
    }

    /** Creates a role and a database that it owns. */
    public Login createOwner(String role, String database) {
        Login login = createLogin(role);
        createDatabase(database, login);
        return login;
    }

    /** A role that owns nothing. */
    public Login createLogin(String role) {
        Login login = new Login(role, Passwords.random());
        execute("postgres", superuser, "CREATE ROLE \"" + role + "\" LOGIN PASSWORD '" + login.password() + "'");
        return login;
    }

    public void createDatabase(String database, Login owner) {
        execute("postgres", superuser, "CREATE DATABASE \"" + database + "\" OWNER \"" + owner.user() + "\"");
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
    public void close() {
        engine.close();
    }
}
