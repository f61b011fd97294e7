package org.sallyport.it;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** A way to the databases, as libpq's environment: past the gateway, or through it as somebody unrestricted. */
record Route(Map<String, String> environment) {

    static Route direct(Gateway gateway, String database) {
        return new Route(gateway.directEnvironment(database));
    }

    static Route through(Gateway gateway, String database) {
        return through(gateway, database, Agent.in(gateway, "operators"));
    }

    static Route through(Gateway gateway, String database, Agent agent) {
        return new Route(gateway.environment(database, agent.name(), agent.token()));
    }

    /** Runs a program to its end; what it wrote to its errors stands where it wrote it. */
    String run(String... command) {
        return Programs.runMerged(environment, command);
    }

    /** A pgjdbc connection with some of the driver's settings, such as {@code a=b&c=d}. */
    Connection connect(String settings) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", setting("PGUSER"));
        properties.setProperty("password", setting("PGPASSWORD"));
        properties.setProperty("sslmode", setting("PGSSLMODE"));
        properties.setProperty("sslrootcert", environment.getOrDefault("PGSSLROOTCERT", ""));
        properties.setProperty("loginTimeout", "20");
        properties.setProperty("socketTimeout", "60");
        String place = setting("PGHOST") + ":" + setting("PGPORT") + "/" + setting("PGDATABASE");
        return DriverManager.getConnection("jdbc:postgresql://" + place + "?" + settings, properties);
    }

    private String setting(String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set");
        }
        return value;
    }

    @Override
    public String toString() {
        return setting("PGHOST") + ":" + setting("PGPORT");
    }
}
