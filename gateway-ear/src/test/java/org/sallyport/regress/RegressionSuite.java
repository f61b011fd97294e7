package org.sallyport.regress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sallyport.demo.Folders;
import org.sallyport.demo.TlsFiles;
import org.sallyport.regress.PgRegress.Outcome;

/** Law 7: PostgreSQL's own regression suite does not see the gateway, but where docs/fidelity.md says so. */
class RegressionSuite {
    private final Path work = Path.of(System.getProperty("regress.work"));

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void showsNoOtherDifferenceThanTheListedOnes() throws IOException {
        PgRegress suite = PgRegress.find();
        Folders.delete(work);
        TlsFiles tls = TlsFiles.create(work);
        Outcome direct;
        try (Cluster cluster = Cluster.start(suite.programs(), work.resolve("direct-cluster"), tls)) {
            direct = suite.run(work.resolve("direct"), cluster.environment());
        }
        Outcome gateway;
        try (Cluster cluster = Cluster.start(suite.programs(), work.resolve("gateway-cluster"), tls);
                GuardedCluster guarded = GuardedCluster.start(cluster, work, tls)) {
            gateway = suite.run(work.resolve("gateway"), guarded.environment());
        }
        String summary = Differences.summary(direct, gateway);
        Files.writeString(work.resolve("summary.txt"), summary);
        System.out.println(summary);
        assertThat(gateway.outputs()).hasSameSizeAs(direct.outputs()).hasSizeGreaterThan(200);
        assertThat(Differences.between(direct, gateway))
                .describedAs("diff -r %1$s/direct/results %1$s/gateway/results", work)
                .isEqualTo(Differences.listed(Path.of("../docs/fidelity.md")));
    }
}
