package org.sallyport.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.sallyport.demo.Folders;
import org.sallyport.demo.GatewayServer;
import org.sallyport.demo.LibertyServer;
import org.sallyport.demo.Ports;
import org.sallyport.demo.Postgres;
import org.sallyport.demo.ServerHome;
import org.sallyport.demo.TlsFiles;

/**
 * Makes the server that Arquillian starts, and its store, before Arquillian looks for them.
 *
 * <p>Inside that server the same class is asked again; there is nothing to do there.
 */
final class ContainerExtension implements BeforeAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(ContainerExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        if (System.getProperty("sallyport.runtime") != null) {
            context.getRoot().getStore(NAMESPACE).computeIfAbsent(Postgres.class, key -> prepare(), Postgres.class);
        }
    }

    private static Postgres prepare() {
        Path folder = Path.of(System.getProperty("sallyport.work")).resolveSibling("container");
        Folders.delete(folder);
        TlsFiles tls = TlsFiles.create(folder);
        Postgres store = new Postgres(folder.resolve("store"), Ports.free(), tls).start();
        int httpPort = Ports.free();
        ServerHome home = ServerHome.of(
                Path.of(System.getProperty("sallyport.runtime")), "gateway", folder.resolve("server"), tls);
        LibertyServer server = new GatewayServer(home, Ports.free(), Ports.free())
                .withStore(store, "sallyport", store.createOwner("sallyport_store", "sallyport"))
                .with("http.port", Integer.toString(httpPort))
                .with("people.issuer", "https://127.0.0.1:1/people")
                .with("console.secret", "unused")
                .with(
                        "sallyport.policy.file",
                        Path.of("src/test/resources/container-policy.yaml")
                                .toAbsolutePath()
                                .toString())
                .define();
        try {
            // Arquillian takes any running server of the name for its own: it has to be one that nobody else uses.
            Path definition = server.definition().resolveSibling("container-" + httpPort);
            Files.move(server.definition(), definition);
            adapt(definition, folder.resolve("server/variables/variables.properties"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        System.setProperty(
                "sallyport.container.usr",
                folder.resolve("server/usr").toAbsolutePath().toString());
        System.setProperty("sallyport.container.server", "container-" + httpPort);
        System.setProperty("sallyport.container.http", Integer.toString(httpPort));
        return store;
    }

    /** Arquillian deploys the application itself, and starts the server without its start script. */
    private static void adapt(Path definition, Path variables) throws IOException {
        Files.delete(definition.resolve("application.xml"));
        Files.delete(definition.resolve("apps/sallyport.ear"));
        Files.copy(variables, definition.resolve("bootstrap.properties"));
        Path defaults = Files.createDirectories(definition.resolve("configDropins/defaults"));
        Files.writeString(
                defaults.resolve("arquillian.xml"),
                "<server><featureManager><feature>localConnector-1.0</feature></featureManager></server>\n");
    }
}
