package org.sallyport.regress;

import java.nio.file.Path;
import java.util.Map;
import org.sallyport.demo.Ports;
import org.sallyport.demo.Postgres;
import org.sallyport.demo.TlsFiles;

/** A fresh cluster with the database that the suite works in, for one run of it. */
final class Cluster implements AutoCloseable {
    static final String DATABASE = "regression";

    private final Postgres postgres;

    private Cluster(Postgres postgres) {
        this.postgres = postgres;
    }

    static Cluster start(Path programs, Path folder, TlsFiles tls) {
        Postgres postgres =
                new Postgres(Ports.free(), tls, settings -> new InstalledEngine(programs, folder, settings)).start();
        postgres.createDatabase(DATABASE, postgres.superuser());
        // As pg_regress does with a database that it makes itself.
        for (String setting : new String[] {
            "lc_messages TO 'C'",
            "lc_monetary TO 'C'",
            "lc_numeric TO 'C'",
            "lc_time TO 'C'",
            "bytea_output TO 'hex'",
            "timezone_abbreviations TO 'Default'"
        }) {
            postgres.execute("postgres", postgres.superuser(), "ALTER DATABASE " + DATABASE + " SET " + setting);
        }
        return new Cluster(postgres);
    }

    int port() {
        return postgres.port();
    }

    Postgres.Login superuser() {
        return postgres.superuser();
    }

    /** libpq's environment of a client that connects to the cluster itself. */
    Map<String, String> environment() {
        return environment(postgres.port(), postgres.superuser().password());
    }

    /** libpq's environment of a client that connects as the superuser, here or by the gateway. */
    Map<String, String> environment(int port, String password) {
        return Map.of(
                "PGHOST",
                "127.0.0.1",
                "PGPORT",
                Integer.toString(port),
                "PGUSER",
                postgres.superuser().user(),
                "PGPASSWORD",
                password,
                "PGSSLMODE",
                "require");
    }

    @Override
    public void close() {
        postgres.close();
    }
}
