package org.sallyport.noninterference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.noninterference.Twins.Content;
import org.sallyport.noninterference.Twins.Pair;

/** A portal runs on the path on which it was bound; threats 31 and 63. */
@Timeout(120)
class PortalPathTest {
    private static final String SCHEMA = """
            CREATE SCHEMA calm;
            CREATE TABLE calm.people (code text);
            INSERT INTO calm.people VALUES ('calm');
            CREATE TABLE public.people (code text);""";

    private static final String VALUES = "INSERT INTO public.people VALUES ('secret $side')";

    private static final String POLICY = """
            sallyport: 1
            issuers: [{issuer: "https://login.example.com", audience: sallyport}]
            connections:
            $connections
            labels: {code: ["*/public.people.code"]}
            masks: {code: {redact: true}}
            roles:
              agent: {groups: [agent], connections: $names, may: [{read: [public.*, calm.*]}]}
            """;

    @Test
    void aPortalIsNotJudgedByAPathThatWasSetBehindItsBind(@TempDir Path folder) throws Exception {
        Scene scene = new Scene(
                List.of(
                        Scene.query("SET search_path TO public"),
                        Scene.query("BEGIN"),
                        client -> client.parse("", "SELECT code || '' AS v FROM people")
                                .bind("p", "")
                                .sync(),
                        Scene.query("SET search_path TO calm"),
                        client -> client.execute("p", 0).sync(),
                        Scene.query("ROLLBACK")),
                true);
        try (Twins twins = Twins.of(folder, Map.of("paths", new Content(SCHEMA, VALUES)), POLICY);
                Pair agents = twins.enter("paths", "agent")) {
            Comparison comparison = agents.play(scene);
            assertThat(comparison.isLeak())
                    .as(comparison.difference() + "\n" + comparison.zero())
                    .isFalse();
        }
    }
}
