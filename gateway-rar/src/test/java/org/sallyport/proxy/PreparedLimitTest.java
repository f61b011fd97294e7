package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.client.RawClient;
import org.sallyport.proxy.ListenerSettings.Limits;

/** Who prepares and binds without end is refused, and the session goes on once something is closed. */
@ExtendWith(Leaks.class)
class PreparedLimitTest {
    private static final int LIMIT = 64 * 1024;

    @TempDir
    private static Path folder;

    private RealServer server;
    private Listener listener;
    private RawClient client;

    @BeforeEach
    void enter() throws Exception {
        server = RealServer.start(folder);
        Limits usual = RealServer.LIMITS;
        Limits limits = new Limits(
                usual.sessions(),
                usual.sessionsPerIdentity(),
                usual.unauthenticated(),
                usual.unauthenticatedPerAddress(),
                usual.authenticationTime(),
                LIMIT);
        listener = Listener.bind(
                new ListenerSettings("127.0.0.1", 0, true, RealServer.keyStore(folder), limits),
                new ScriptedApplication(server::target));
        client = new RawClient(listener.address().getPort());
        client.login("agent", "shop", ScriptedApplication.TOKEN);
    }

    @AfterEach
    void leave() throws Exception {
        client.close();
        listener.close();
        server.close();
    }

    private List<String> prepare(String name) throws Exception {
        String sql = "SELECT '" + "x".repeat(LIMIT / 8) + "'";
        return client.parse(name, sql).sync().flush().answers();
    }

    @Test
    void statementsArePreparedUntilTheyAreTooMany() throws Exception {
        int prepared = 0;
        List<String> answers = prepare("s0");
        while (prepared < 100 && !answers.toString().contains("53400")) {
            answers = prepare("s" + ++prepared);
        }

        assertThat(prepared).isBetween(3, 10);
        assertThat(answers.toString()).contains("53400");
        assertThat(client.close('S', "s0").sync().flush().answers().toString()).doesNotContain("53400");
        assertThat(prepare("again").toString()).doesNotContain("53400");
    }

    @Test
    void valuesAreBoundUntilTheyAreTooMany() throws Exception {
        client.query("BEGIN").answers();
        client.parse("s", "SELECT $1::text").sync().flush().answers();
        String value = "x".repeat(LIMIT / 4);
        int bound = 0;
        String answers = client.bind("p0", "s", value).sync().flush().answers().toString();
        while (bound < 100 && !answers.contains("53400")) {
            answers = client.bind("p" + ++bound, "s", value)
                    .sync()
                    .flush()
                    .answers()
                    .toString();
        }
        assertThat(bound).isBetween(3, 10);

        // As after any error, and with the transaction go its portals.
        assertThat(client.query("ROLLBACK").answers().toString()).contains("ROLLBACK");
        assertThat(client.bind("", "s", value)
                        .execute("", 0)
                        .sync()
                        .flush()
                        .answers()
                        .toString())
                .contains("SELECT 1");
    }

    /** Nothing of it has to be kept: what takes the place of another is counted once that is known. */
    @Test
    void whoeverSendsAheadWaitsForTheAnswersAndIsNotRefused() throws Exception {
        String value = "x".repeat(LIMIT / 4);
        client.parse("s", "SELECT length($1::text)");
        for (int i = 0; i < 40; i++) {
            client.bind("", "s", value).execute("", 0);
        }
        List<String> answers = client.sync().flush().answers();

        assertThat(answers.toString()).doesNotContain("53400");
        assertThat(answers.stream().filter(answer -> answer.equals("C:SELECT 1")))
                .hasSize(40);
    }
}
