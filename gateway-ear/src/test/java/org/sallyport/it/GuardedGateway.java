package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.demo.LibertyServer;
import org.sallyport.demo.Ports;

/**
 * A second server over the same databases, under the guardrails that come with it in place of the tests' own, and some about the
 * shelves: its policy is a folder, as the demo's.
 */
final class GuardedGateway implements AutoCloseable {
    private static final String SHELVES = """
            sallyport: 1
            guardrails:
              - name: shelves-and-visitors
                on: [DELETE, UPDATE]
                when: changed.exists(r, r.startsWith("public.shelf_")) && "visitors" in groups && !("dba" in groups)
                do: deny
                reason: shelves are changed by the administrators.
                hint: Ask one of them.
              - name: shelves-by-claim
                on: [INSERT]
                when: claims.team != "shelves" && "visitors" in groups && changed.exists(r, r.startsWith("public.shelf_"))
                do: deny
            """;

    private final int port = Ports.free();
    private final LibertyServer server;

    GuardedGateway(Gateway gateway) throws IOException {
        Path policy = gateway.folder("guarded-policy");
        String own = gateway.policyText();
        Files.writeString(policy.resolve("policy.yaml"), own.substring(0, own.indexOf("\nguardrails:")));
        Files.createDirectories(policy.resolve("guardrails"));
        Files.copy(
                gateway.definition().resolve("guardrails/recommended.yaml"),
                policy.resolve("guardrails/recommended.yaml"));
        Files.writeString(policy.resolve("guardrails/shelves.yaml"), SHELVES);
        server = gateway.another("guarded", port, policy).start();
    }

    RawClient client(Agent agent) throws IOException {
        RawClient client = new RawClient(port);
        List<String> answers = client.login(agent.name(), "shop", agent.token()).stream()
                .map(Message::summary)
                .toList();
        assertThat(answers).contains("Z:I");
        return client;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        server.close();
    }
}
