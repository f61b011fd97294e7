package org.sallyport.regress;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import java.util.Map;
import org.sallyport.demo.GatewayServer;
import org.sallyport.demo.LibertyServer;
import org.sallyport.demo.Ports;
import org.sallyport.demo.Postgres;
import org.sallyport.demo.ServerHome;
import org.sallyport.demo.TlsFiles;
import org.sallyport.it.TestIssuer;

/** The packaged gateway before a {@link Cluster}, under a policy that allows everything to the cluster's superuser. */
final class GuardedCluster implements AutoCloseable {
    private static final Duration LONGEST_RUN = Duration.ofHours(2);

    private final Cluster cluster;
    private final Path folder;
    private final TlsFiles tls;
    private final int port = Ports.free();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final TestIssuer issuer = keep(new TestIssuer());

    private GuardedCluster(Cluster cluster, Path folder, TlsFiles tls) {
        this.cluster = cluster;
        this.folder = folder;
        this.tls = tls;
    }

    /** Starts the gateway of the build before a cluster, with its store in a second one. */
    static GuardedCluster start(Cluster cluster, Path folder, TlsFiles tls) {
        GuardedCluster guarded = new GuardedCluster(cluster, folder, tls);
        try {
            guarded.start();
        } catch (RuntimeException e) {
            guarded.close();
            throw e;
        }
        return guarded;
    }

    private void start() {
        Postgres store = keep(new Postgres(folder.resolve("store"), Ports.free(), tls));
        store.start();
        Path runtime = Path.of(System.getProperty("sallyport.runtime"));
        ServerHome home = ServerHome.of(runtime, "gateway", folder.resolve("gateway-server"), tls);
        LibertyServer server = keep(new GatewayServer(home, port, Ports.free())
                .withStore(store, "sallyport", store.createOwner("sallyport_store", "sallyport"))
                .withShop(cluster.superuser())
                .with("people.issuer", issuer.url())
                .with("console.secret", cluster.superuser().password())
                .withPolicy(policy())
                .define());
        server.start();
    }

    private <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }

    private Path policy() {
        String policy = """
                sallyport: 1
                issuers:
                  - issuer: "%1$s"
                    audience: sallyport
                    jwks: "%1$s/jwks"
                    identity: "{sub}"
                    groups: groups
                connections:
                  %2$s:
                    server: {host: 127.0.0.1, port: %3$d, database: %2$s, tls: verify-full, rootCertificates: "%4$s"}
                    credential: shop-gateway
                roles:
                  everything:
                    groups: [everything]
                    connections: [%2$s]
                    unrestricted: true
                """.formatted(
                        issuer.url(),
                        Cluster.DATABASE,
                        cluster.port(),
                        tls.certificate().toAbsolutePath());
        try {
            return Files.writeString(folder.resolve("policy.yaml"), policy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** libpq's environment of a client of the gateway. Its user has the superuser's name, which tests show. */
    Map<String, String> environment() {
        JWTClaimsSet claims = issuer.claims(cluster.superuser().user(), "everything")
                .expirationTime(Date.from(Instant.now().plus(LONGEST_RUN)))
                .build();
        return cluster.environment(port, issuer.sign(claims));
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            AutoCloseable part = started.pop();
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException("could not stop " + part, e);
            }
        }
    }
}
