package org.sallyport.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One way to the measured database.
 *
 * @param name      as the report calls it
 * @param port      on 127.0.0.1
 * @param processes those whose CPU time is what this way costs; empty for the direct one
 */
record Level(String name, int port, Login login, List<Process> processes) {

    /**
     * What the client logs in with.
     *
     * @param database through the gateway, the name of its connection
     */
    record Login(String user, String password, String database) {}

    /** A process, which may have children. */
    record Process(String name, long id) {}

    /** libpq's environment. */
    Map<String, String> environment() {
        return new TreeMap<>(Map.of(
                "PGHOST", "127.0.0.1",
                "PGPORT", Integer.toString(port),
                "PGDATABASE", login.database(),
                "PGUSER", login.user(),
                "PGPASSWORD", login.password(),
                "PGSSLMODE", "disable",
                "PGGSSENCMODE", "disable"));
    }

    /** CPU seconds that its processes have used so far, in their order. */
    List<Double> cpu() {
        return processes.stream().map(process -> Cpu.seconds(process.id())).toList();
    }
}
