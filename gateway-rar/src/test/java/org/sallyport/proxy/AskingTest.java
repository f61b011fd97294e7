package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/** The session's own server is asked for a setting; the client cannot tell. */
class AskingTest {
    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static RealServer server;

    @SuppressWarnings("NullAway.Init")
    private static ScriptedApplication application;

    @SuppressWarnings("NullAway.Init")
    private static Listener listener;

    @BeforeAll
    static void start() throws Exception {
        server = RealServer.start(folder);
        application = new ScriptedApplication(server::target);
        listener = Listener.bind(
                new ListenerSettings("127.0.0.1", 0, true, RealServer.keyStore(folder), RealServer.LIMITS),
                application);
    }

    @AfterAll
    static void stop() throws Exception {
        listener.close();
        server.close();
    }

    @BeforeEach
    void forget() {
        application.shown.clear();
    }

    private static RawClient client() throws IOException {
        RawClient client = new RawClient(listener.address().getPort());
        client.login("agent", "shop", ScriptedApplication.TOKEN);
        return client;
    }

    @Test
    void itTellsWhatTheSessionHasSet() throws IOException {
        try (RawClient client = client()) {
            client.query("SET search_path = \"Mine\", public").answers();
            assertThat(client.query("SELECT 1 /*show*/").answers()).containsExactly("T", "D:[1]", "C:SELECT 1", "Z:I");
            client.query("BEGIN").answers();
            client.query("SET LOCAL search_path = theirs").answers();
            assertThat(client.query("SELECT 1 /*show*/").answers()).endsWith("Z:T");
            client.query("COMMIT").answers();
            assertThat(client.query("SELECT 1 /*show*/").answers()).endsWith("Z:I");
        }
        assertThat(application.shown).containsExactly("\"Mine\", public", "theirs", "\"Mine\", public");
    }

    /** A Query would have taken them away. */
    @Test
    void theUnnamedStatementAndPortalStay() throws IOException {
        try (RawClient client = client()) {
            client.query("BEGIN").answers();
            client.parse("", "SELECT generate_series(1, 3)")
                    .bind("", "")
                    .execute("", 1)
                    .sync();
            assertThat(client.answers()).containsExactly("1", "2", "D:[1]", "s", "Z:T");
            client.parse("other", "SELECT 2 /*show*/").sync();
            assertThat(client.answers()).containsExactly("1", "Z:T");
            assertThat(client.execute("", 1).sync().answers()).containsExactly("D:[2]", "s", "Z:T");
            assertThat(client.bind("", "").execute("", 0).sync().answers())
                    .containsExactly("2", "D:[1]", "D:[2]", "D:[3]", "C:SELECT 3", "Z:T");
        }
        assertThat(application.shown).hasSize(1).doesNotContain("not told");
    }

    /** PostgreSQL takes these before a transaction's first snapshot only. */
    @Test
    void noSnapshotIsTaken() throws IOException {
        try (RawClient client = client()) {
            client.query("BEGIN").answers();
            assertThat(client.query("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE /*show*/")
                            .answers())
                    .containsExactly("C:SET", "Z:T");
        }
        assertThat(application.shown).hasSize(1).doesNotContain("not told");
    }

    @Test
    void itWaitsForWhatWasSentBefore() throws IOException {
        try (RawClient client = client()) {
            client.query("SET search_path = mine");
            client.query("SELECT pg_sleep(0.2)");
            client.query("SELECT 1 /*show*/");
            client.flush();
            client.receiveUntil('Z');
            client.receiveUntil('Z');
            assertThat(client.receiveUntil('Z')).extracting(Message::summary).endsWith("C:SELECT 1", "Z:I");
        }
        assertThat(application.shown).containsExactly("mine");
    }

    private static List<String> functions(RawClient client) throws IOException {
        return client.query("SELECT count(*) FROM pg_proc WHERE proname = 'asked'")
                .answers();
    }

    @Test
    void whatIsAskedLeavesNothing() throws IOException {
        application.questions = List.of(
                "SET LOCAL search_path = pg_catalog",
                "CREATE FUNCTION pg_temp.asked() RETURNS int BEGIN ATOMIC SELECT 1; END",
                "SELECT 1, proname, NULL FROM pg_proc WHERE proname = 'asked'");
        try (RawClient client = client()) {
            assertThat(client.query("SHOW search_path /*ask*/").answers())
                    .containsExactly("T", "D:[\"$user\", public]", "C:SHOW", "Z:I");
            assertThat(functions(client)).contains("D:[0]");
            client.query("BEGIN").answers();
            assertThat(client.query("SHOW search_path /*ask*/").answers())
                    .containsExactly("T", "D:[\"$user\", public]", "C:SHOW", "Z:T");
            assertThat(functions(client)).contains("D:[0]", "Z:T");
            assertThat(client.query("COMMIT").answers()).containsExactly("C:COMMIT", "Z:I");
        }
        assertThat(application.shown).hasSize(2).allMatch("[[1, asked, null]]"::equals);
    }

    /** A transaction stays as it was, and so does what it has done, whatever the question comes to. */
    @Test
    void aQuestionMayFail() throws IOException {
        try (RawClient client = client()) {
            for (List<String> failing : List.of(
                    List.of("SELECT 1 / 0"),
                    List.of("SELECT 1; DROP TABLE mine"),
                    List.of("SELECT 1", "SELECT FROM nowhere", "SELECT 3"),
                    List.of("nonsense"),
                    List.of("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '25P02'; END $$"))) {
                application.questions = failing;
                client.query("BEGIN").answers();
                client.query("CREATE TABLE mine (a int)").answers();
                assertThat(client.query("SELECT 7 /*ask*/").answers())
                        .containsExactly("T", "D:[7]", "C:SELECT 1", "Z:T");
                assertThat(client.query("SELECT count(*) FROM mine").answers())
                        .containsExactly("T", "D:[0]", "C:SELECT 1", "Z:T");
                client.query("ROLLBACK").answers();
                assertThat(client.query("SELECT 8 /*ask*/").answers())
                        .containsExactly("T", "D:[8]", "C:SELECT 1", "Z:I");
            }
        }
        assertThat(application.shown)
                .containsExactly(
                        "22012", "22012", "42601", "42601", "42P01", "42P01", "42601", "42601", "25P02", "25P02");
    }

    @Test
    void portalsStatementsAndSavepointsOfTheClientsStay() throws IOException {
        application.questions = List.of("SELECT 1 / 0");
        try (RawClient client = client()) {
            client.query("BEGIN").answers();
            client.query("SAVEPOINT a").answers();
            client.query("DECLARE c CURSOR FOR SELECT generate_series(1, 3)").answers();
            client.query("FETCH 1 FROM c").answers();
            client.parse("", "SELECT generate_series(1, 3)")
                    .bind("", "")
                    .execute("", 1)
                    .sync();
            assertThat(client.answers()).containsExactly("1", "2", "D:[1]", "s", "Z:T");
            client.parse("other", "SELECT 2 /*ask*/").sync();
            assertThat(client.answers()).containsExactly("1", "Z:T");
            assertThat(client.execute("", 1).sync().answers()).containsExactly("D:[2]", "s", "Z:T");
            assertThat(client.query("FETCH 1 FROM c").answers()).contains("D:[2]");
            assertThat(client.query("ROLLBACK TO a").answers()).containsExactly("C:ROLLBACK", "Z:T");
        }
        assertThat(application.shown).containsExactly("22012");
    }

    /** The locks that it needs are not the client's. */
    @Test
    void locksAreGivenBack() throws IOException {
        application.questions = List.of("LOCK TABLE pg_catalog.pg_description IN SHARE MODE");
        String locked =
                "SELECT count(*) FROM pg_locks WHERE relation = 'pg_description'::regclass AND mode = 'ShareLock'";
        try (RawClient client = client()) {
            client.query("BEGIN").answers();
            assertThat(client.query(locked + " /*ask*/").answers()).contains("D:[0]", "Z:T");
        }
        assertThat(application.shown).hasSize(1).allMatch(told -> told.equals("[]") || told.equals("42501"));
    }

    /** A session that only reads by default may be asked what makes something, and still only reads. */
    @Test
    void howItsTransactionsBeginDoesNotMatterWhereNoneIsOpen() throws IOException {
        application.questions =
                List.of("CREATE FUNCTION pg_temp.asked() RETURNS int BEGIN ATOMIC SELECT 1; END", "SELECT 5");
        try (RawClient client = client()) {
            client.query("SET default_transaction_read_only = on").answers();
            client.query("SET default_transaction_isolation = 'serializable'").answers();
            assertThat(client.query("SHOW transaction_read_only /*ask*/").answers())
                    .contains("D:[on]");
            client.query("BEGIN").answers();
            assertThat(client.query("SHOW transaction_read_only /*ask*/").answers())
                    .contains("D:[on]", "Z:T");
        }
        assertThat(application.shown).containsExactly("[[5]]", "25006");
    }

    @Test
    void nobodyIsAskedInTheMiddleOfAPipeline() throws IOException {
        try (RawClient client = client()) {
            client.parse("", "SELECT 1").bind("", "").execute("", 0);
            client.parse("", "SELECT 2 /*show*/").bind("", "").execute("", 0).sync();
            assertThat(client.answers())
                    .containsExactly("1", "2", "D:[1]", "C:SELECT 1", "1", "2", "D:[2]", "C:SELECT 1", "Z:I");
        }
        assertThat(application.shown).containsOnly("not told");
    }

    @Test
    void nobodyIsAskedInAFailedTransaction() throws IOException {
        try (RawClient client = client()) {
            client.query("BEGIN").answers();
            client.query("SELECT 1 / 0").answers();
            assertThat(client.query("SELECT 1 /*show*/").answers()).containsExactly("E:25P02", "Z:E");
            assertThat(client.query("ROLLBACK").answers()).containsExactly("C:ROLLBACK", "Z:I");
        }
        assertThat(application.shown).containsExactly("not told");
    }
}
