package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** psql shows through the gateway what it shows past it. */
@WithGateway
class PsqlIT {
    private final Gateway gateway;

    PsqlIT(Gateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "describe, drop cascades to",
                "queries, SELECT generate_series",
                "errors, ERROR:  SP001",
                "transactions, current transaction is aborted",
                "cursors, MOVE 1",
                "copy, COPY 2",
                "notify, Asynchronous notification",
                "largeobjects, 300000",
            })
    void playsAScript(String name, String seen) throws Exception {
        String told = Transcript.ofBoth(
                gateway,
                "bench",
                route -> route.run("psql", "-X", "-a", "-f", "src/test/resources/psql/" + name + ".sql"));
        assertThat(told).contains(seen);
    }
}
