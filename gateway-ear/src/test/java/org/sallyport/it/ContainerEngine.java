package org.sallyport.it;

import java.util.List;
import org.sallyport.demo.PostgresEngine;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.PostgreSQLContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** Runs a cluster from the official image; closing it stops the container and keeps it for the next start. */
final class ContainerEngine implements PostgresEngine {
    private static final DockerImageName IMAGE = DockerImageName.parse("postgres:15");
    private static final int READABLE = 0444;

    /** The server wants a key of its own that nobody else can read, which a copied file is not. */
    private static final String START = """
            install -o postgres -g postgres -m 600 /tls-key.pem /server-key.pem && \
            exec docker-entrypoint.sh postgres -c fsync=off -c max_connections=200 \
            -c ssl=on -c ssl_cert_file=/ca.pem -c ssl_key_file=/server-key.pem\
            """;

    private final PostgreSQLContainer<?> container;
    private boolean created;

    ContainerEngine(Settings settings) {
        container = new PostgreSQLContainer<>(IMAGE)
                .withUsername(settings.superuser().user())
                .withPassword(settings.superuser().password())
                .withEnv("POSTGRES_HOST_AUTH_METHOD", "scram-sha-256")
                .withCopyFileToContainer(
                        MountableFile.forHostPath(settings.tls().certificate(), READABLE), "/ca.pem")
                .withCopyFileToContainer(
                        MountableFile.forHostPath(settings.tls().key(), READABLE), "/tls-key.pem");
        container.setPortBindings(List.of("127.0.0.1:" + settings.port() + ":" + PostgreSQLContainer.POSTGRESQL_PORT));
        container.withCreateContainerCmdModifier(command -> command.withEntrypoint("sh", "-c", START));
    }

    /** Whether the build asked for containers; where no engine answers the tests say so rather than pass without. */
    static boolean wanted() {
        if (!Boolean.getBoolean("sallyport.containers")) {
            return false;
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException("-Pcontainers was given, but no Docker engine answers");
        }
        return true;
    }

    @Override
    public void start() {
        if (created) {
            DockerClientFactory.instance()
                    .client()
                    .startContainerCmd(container.getContainerId())
                    .exec();
            Wait.forListeningPort().waitUntilReady(container);
        } else {
            container.start();
            created = true;
        }
    }

    @Override
    public void close() {
        DockerClientFactory.instance()
                .client()
                .stopContainerCmd(container.getContainerId())
                .exec();
    }
}
