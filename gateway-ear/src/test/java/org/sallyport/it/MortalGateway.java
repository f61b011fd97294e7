package org.sallyport.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.demo.LibertyServer;
import org.sallyport.demo.Ports;

/** A gateway over the same databases, with a store of its own, that a test may kill and start again as often as it likes. */
final class MortalGateway implements AutoCloseable {
    /** With its record. */
    static final String DATABASE = "sallyport_mortal";

    private static final String NAME = "mortal";

    private final Gateway gateway;
    private final int port = Ports.free();
    private final LibertyServer server;

    MortalGateway(Gateway gateway) {
        this.gateway = gateway;
        server = gateway.another(NAME, port, policy(gateway)).start();
    }

    private static Path policy(Gateway gateway) {
        try {
            return Files.writeString(gateway.folder("mortal-policy").resolve("policy.yaml"), gateway.policyText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By SIGKILL. */
    void kill() {
        server.kill();
    }

    void start() {
        server.start();
    }

    int port() {
        return port;
    }

    /** Logs somebody in. @throws IOException where nobody is there, or it dies meanwhile */
    RawClient client(Agent agent) throws IOException {
        RawClient client = new RawClient(port);
        for (Message message : client.login(agent.name(), "shop", agent.token())) {
            if (message.type() == 'Z') {
                return client;
            }
        }
        client.close();
        throw new IOException("not let in");
    }

    /** Of its Java. */
    long processId() {
        return ProcessHandle.of(server.processId())
                .orElseThrow()
                .descendants()
                .findFirst()
                .map(ProcessHandle::pid)
                .orElse(server.processId());
    }

    /** Its store, as somebody who may read everything. */
    Connection store() throws SQLException {
        return gateway.store().connect(DATABASE, gateway.store().superuser());
    }

    @Override
    public void close() {
        server.close();
    }
}
