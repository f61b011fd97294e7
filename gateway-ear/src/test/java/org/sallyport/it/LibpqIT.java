package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PostgreSQL 18's libpq under Debian's psql: TLS from the first byte, and protocol 3.2 with its longer cancel keys. */
@WithGateway
class LibpqIT {
    private static final Path LIBRARY = Path.of("target/libpq18");

    private final Map<String, String> environment;

    LibpqIT(Gateway gateway) {
        environment = new HashMap<>(Route.through(gateway, "bench").environment());
        environment.put(
                "LD_LIBRARY_PATH", LIBRARY.resolve("lib").toAbsolutePath().toString());
    }

    /** The build puts it there on the one platform for which it is published with what Debian's psql can load. */
    @BeforeEach
    void unpack() {
        assumeTrue(Files.isDirectory(LIBRARY), "no libpq 18 for this platform");
        Programs.require("xz");
        Programs.Result result = Programs.run(Map.of(), "sh", "-ec", "cd target/libpq18 && tar -xJf *.txz lib");
        assertThat(result.status()).as(result.errors()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"postgres, 3.0", "postgres, 3.2", "direct, 3.0", "direct, 3.2"})
    void connectsAsItIsTold(String negotiation, String protocol) {
        environment.put("PGSSLNEGOTIATION", negotiation);
        environment.put("PGMINPROTOCOLVERSION", protocol);
        environment.put("PGMAXPROTOCOLVERSION", protocol);
        Programs.Result said = Programs.run(environment, "psql", "-XAt", "-c", "SELECT 'over ' || 'there'");
        assertThat(said).isEqualTo(new Programs.Result(0, "over there\n", ""));
    }

    @ParameterizedTest
    @CsvSource({"3.0", "3.2"})
    void cancels(String protocol) {
        environment.put("PGMINPROTOCOLVERSION", protocol);
        environment.put("PGMAXPROTOCOLVERSION", protocol);
        Programs.Result said = Programs.run(
                environment, "timeout", "--foreground", "-s", "INT", "5", "psql", "-X", "-c", "SELECT pg_sleep(60)");
        assertThat(said.errors()).contains("canceling statement due to user request");
    }
}
