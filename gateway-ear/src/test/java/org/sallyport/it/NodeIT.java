package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clients of Node.js, pipelining and not, are told through the gateway what they are told past it. */
@WithGateway
class NodeIT {
    private static final String INSTALL = "mkdir -p target/node && cp -R src/test/node/. target/node && cd target/node"
            + " && npm ci --no-audit --no-fund --ignore-scripts";

    private final Gateway gateway;

    NodeIT(Gateway gateway) {
        this.gateway = gateway;
    }

    @BeforeAll
    static void install() {
        Programs.require("node");
        Programs.require("npm");
        Programs.Result result = Programs.run(Map.of(), "sh", "-ec", INSTALL);
        assertThat(result.status()).as(result.output() + result.errors()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"pg, from another", "postgres, canceling statement"})
    void playsAScript(String client, String seen) throws Exception {
        String told = Transcript.ofBoth(gateway, "bench", route -> route.run("node", "target/node/" + client + ".js"));
        assertThat(told).contains(seen, "exit status 0");
    }
}
