package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.contract.ConnectionAttempt;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementOutcome;

/** A client that tries to make the gateway take one statement, or its rows, for another's (threats 63, 64, 66, 69, 112). */
@Timeout(60)
@ExtendWith(Leaks.class)
class DesynchronisationTest {
    private static final String SECRET = "123-45-6789";
    private static final String MASKED = "SELECT '" + SECRET + "'::text AS ssn /*mask*/";

    /** Lets everything behind it reach the server before it answers. */
    private static final String SLOW = "SELECT pg_sleep(0.5)";

    @TempDir
    private static Path folder;

    private static RealServer server;
    private static ScriptedApplication application;
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
    void makeTables() throws Exception {
        server.execute("DROP TABLE IF EXISTS t CASCADE; CREATE TABLE t (id int PRIMARY KEY, v text);"
                + " CREATE VIEW unwritable AS SELECT count(*) FROM t");
    }

    private static RawClient login() throws Exception {
        RawClient client = new RawClient(listener.address().getPort());
        client.login("agent", "shop", ScriptedApplication.TOKEN);
        return client;
    }

    /** All that comes until {@code rounds} ReadyForQuery have come, or the end of the session. */
    private static String everything(RawClient client, int rounds) throws IOException {
        List<Message> all = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            List<Message> round = client.receiveUntil('Z');
            all.addAll(round);
            if (round.get(round.size() - 1).type() == '-') {
                break;
            }
        }
        return String.join(" ", all.stream().map(Message::toString).toList());
    }

    /** 63: that the name is taken is not known yet when it is used. */
    @Test
    void takesNoStatementForOneThatTheServerHasNotPrepared() throws Exception {
        try (RawClient client = login()) {
            client.parse("s", MASKED).sync().answers();
            client.query(SLOW);
            client.parse("s", "SELECT 'x'::text AS ssn /*standing*/").sync();
            client.bind("", "s").execute("", 0).sync().flush();

            assertThat(everything(client, 3)).doesNotContain(SECRET).contains("*********89");
        }
    }

    /** 57: the same of a portal, whose name a cursor of SQL has. */
    @Test
    void takesNoCursorForAPortalThatTheServerHasNotMade() throws Exception {
        try (RawClient client = login()) {
            client.query("DECLARE k CURSOR WITH HOLD FOR SELECT 'held'").answers();
            client.query(SLOW);
            client.parse("", "SELECT 'x'::text AS ssn /*standing*/")
                    .bind("k", "")
                    .sync();
            client.execute("k", 0).sync().flush();

            assertThat(everything(client, 3)).contains("held");
            assertThat(application.attempts).extracting(StatementAttempt::sql).contains("FETCH ALL FROM \"k\"");
        }
    }

    @Test
    void judgesWhatIsPreparedWhereAnEarlierBatchHasFailedMeanwhile() throws Exception {
        try (RawClient client = login()) {
            client.parse("", "SELECT 'harmless'::text").sync().flush();
            client.receiveUntil('Z');
            client.parse("slow", SLOW)
                    .bind("", "slow")
                    .execute("", 0)
                    .bind("", "missing")
                    .parse("", "SELECT 'skipped'")
                    .sync()
                    .parse("", MASKED)
                    .sync()
                    .flush();
            everything(client, 2);

            client.bind("", "").execute("", 0).sync().flush();

            assertThat(everything(client, 1)).contains("89").doesNotContain(SECRET);
        }
    }

    @Test
    void keepsRowsApartWhereASyncMayHaveEndedAFailedCopy() throws Exception {
        for (String copy : List.of("COPY t FROM STDIN", "COPY unwritable FROM STDIN")) {
            try (RawClient client = login()) {
                client.parse("", copy)
                        .bind("", "")
                        .execute("", 0)
                        .copyData("no number\tx\n")
                        .sync()
                        .copyDone()
                        .sync()
                        .query(MASKED)
                        .query("SELECT 'harmless'::text")
                        .terminate()
                        .flush();

                assertThat(everything(client, 5)).as(copy).contains("harmless").doesNotContain(SECRET);
            }
        }
    }

    @Test
    void keepsRowsApartBehindAMessageThatEndsACopy() throws Exception {
        try (RawClient client = login()) {
            client.parse("", SLOW)
                    .bind("", "")
                    .execute("", 0)
                    .parse("", "COPY t FROM STDIN")
                    .bind("", "")
                    .execute("", 0)
                    .sync()
                    .parse("", "SELECT 'skipped'")
                    .sync()
                    .sync()
                    .query(MASKED)
                    .query("SELECT 'harmless'::text")
                    .flush();

            assertThat(everything(client, 5)).doesNotContain(SECRET);
        }
    }

    @Test
    void keepsRowsApartBehindTwoCopiesOfOneQuery() throws Exception {
        try (RawClient client = login()) {
            client.query("COPY t FROM STDIN; COPY t FROM STDIN").flush();
            client.receiveUntil('G');
            client.copyData("1\tx\n").copyDone().flush();
            client.receiveUntil('G');
            client.sync()
                    .copyData("2\tx\n")
                    .copyDone()
                    .query("SELECT 1/0")
                    .query(MASKED)
                    .flush();

            assertThat(everything(client, 3)).doesNotContain(SECRET);
        }
    }

    @Test
    void judgesAPortalAgainThatTheServerDidNotRun() throws Exception {
        try (RawClient client = login()) {
            client.query("BEGIN; INSERT INTO t VALUES (1, 'x')").flush();
            client.receiveUntil('Z');
            client.parse("s", "UPDATE t SET v = 'changed' /*skipped portal*/")
                    .bind("p", "s")
                    .sync()
                    .query("SAVEPOINT a")
                    .parse("slow", SLOW)
                    .bind("", "slow")
                    .execute("", 0)
                    .bind("", "missing")
                    .execute("p", 0)
                    .sync()
                    .query("ROLLBACK TO a")
                    .execute("p", 0)
                    .sync()
                    .query("COMMIT")
                    .flush();

            assertThat(everything(client, 6)).contains("UPDATE 1");
        }
        List<Long> asked = application.attempts.stream()
                .filter(attempt -> attempt.sql().contains("/*skipped portal*/"))
                .filter(attempt -> attempt.phase() == StatementAttempt.Phase.EXECUTE)
                .map(StatementAttempt::id)
                .toList();
        assertThat(asked).hasSize(2);
        assertThat(application.outcomes)
                .filteredOn(outcome -> asked.contains(outcome.statement())
                        && !outcome.commandTag().isEmpty())
                .extracting(StatementOutcome::commandTag)
                .contains("UPDATE 1");
    }

    @Test
    void withdrawsWhatIsHeldWhereTheServerHasFailedWhatWasBeforeIt() throws Exception {
        String held = "SELECT 'behind a failure' /*hold*/";
        try (RawClient client = login()) {
            client.parse("", "SELECT 1 / length(pg_sleep(0.5)::text)")
                    .bind("", "")
                    .execute("", 0)
                    .parse("held", held)
                    .bind("", "held")
                    .execute("", 0)
                    .sync();

            assertThat(client.answers()).endsWith("E:22012", "Z:I");
        }
        assertThat(application.held.get(held)).isCancelled();
    }

    @Test
    void takesACopyWhoseSyncWasSentAheadAsPostgreSqlDoes() throws Exception {
        try (RawClient client = login()) {
            client.parse("", "COPY t FROM STDIN")
                    .bind("", "")
                    .execute("", 0)
                    .sync()
                    .flush();
            client.receiveUntil('G');
            client.copyData("1\tx\n").copyDone().sync().query("SELECT v FROM t").flush();

            assertThat(everything(client, 2)).contains("COPY 1", "SELECT 1");
        }
    }

    /** The server looks at 63 bytes of a name, in its own encoding: whoever closes a longer one closes what it begins with. */
    @Test
    void takesNoStatementForAnotherWhoseNameBeginsAlike() throws Exception {
        String name = "s".repeat(63);
        try (RawClient client = login()) {
            client.parse(name, "SELECT 'x'::text AS ssn").sync().answers();
            client.close('S', name + "s").sync();
            assertThat(client.answers()).containsExactly("E:42602", "Z:I");
            client.parse(name + "s", MASKED).sync();
            assertThat(client.answers()).containsExactly("E:42602", "Z:I");

            client.bind("", name).execute("", 0).sync().flush();

            assertThat(everything(client, 1)).contains("x").doesNotContain(SECRET);
        }
    }

    @Test
    void takesNoPortalForAnotherWhoseNameBeginsAlike() throws Exception {
        String name = "p".repeat(63);
        try (RawClient client = login()) {
            client.query("BEGIN").answers();
            client.parse("harmless", "SELECT 'x'::text AS ssn")
                    .parse("masked", MASKED)
                    .bind(name, "harmless")
                    .sync()
                    .answers();
            client.close('P', name + "p").bind(name + "p", "masked").sync();
            assertThat(client.answers()).containsExactly("E:42602", "Z:E");

            client.execute(name, 0).sync().flush();

            assertThat(everything(client, 1)).doesNotContain(SECRET);
        }
    }

    @Test
    void refusesNamesThatTheServerMayStoreAsOthers() throws Exception {
        try (RawClient client = login()) {
            for (String name : List.of("n".repeat(64), "größe")) {
                for (RawClient sent : List.of(
                        client.parse(name, "SELECT 1").sync(),
                        client.bind(name, "").sync(),
                        client.bind("", name).sync(),
                        client.describe('S', name).sync(),
                        client.close('P', name).sync(),
                        client.execute(name, 0).sync())) {
                    assertThat(sent.answers()).containsExactly("E:42602", "Z:I");
                }
            }
        }
    }

    /** What the gateway says by itself in the middle of it the server would take for its data, and the data's end for a message. */
    @Test
    void saysNothingToTheServerInTheMiddleOfAMessageOfTheClients() throws Exception {
        try (RawClient client = login()) {
            client.query("BEGIN").answers();
            int own = 1 + 4 + "SELECT NULL::pg_catalog.\"refused by the gateway\"".length() + 1;
            String smuggled = "INSERT INTO t VALUES (1, 'smuggled'); COMMIT";
            client.query("SELECT 'x' AS odd /*mask*/").header('d', 100 + own).flush();
            TimeUnit.MILLISECONDS.sleep(500);
            client.bytes(new byte[100])
                    .query(smuggled + " ".repeat(own - 6 - smuggled.length()))
                    .flush();
            TimeUnit.MILLISECONDS.sleep(500);
        }
        assertThat(server.value("SELECT count(*) FROM t")).isEqualTo("0");
    }

    /** A Flush is the one message without an answer that the server may fail: then it takes nothing before a Sync. */
    @Test
    void takesNoRowsForThoseOfWhatTheServerSkippedBehindAFlush() throws Exception {
        try (RawClient client = login()) {
            client.message('H', data -> data.writeByte(1)).flush();
            Thread.sleep(200);
            client.query("SELECT 'x'::text AS ssn /*standing*/")
                    .query("SELECT 'y'::text AS ssn /*standing*/")
                    .sync()
                    .query(MASKED)
                    .flush();

            assertThat(everything(client, 2)).contains("08P01", "*********89").doesNotContain(SECRET);
        }
    }

    @Test
    void takesNoRowsForThoseOfWhatTheServerSkippedBehindASync() throws Exception {
        try (RawClient client = login()) {
            client.message('S', data -> data.writeByte(1));
            client.query("SELECT 'x'::text AS ssn /*standing*/")
                    .query("SELECT 'y'::text AS ssn /*standing*/")
                    .sync()
                    .query(MASKED)
                    .terminate()
                    .flush();

            assertThat(everything(client, 6)).contains("08P01", "*********89").doesNotContain(SECRET);
        }
    }

    /** Nor what it asks by itself, once the server has answered what was sent before. */
    @Test
    void asksTheServerNothingInTheMiddleOfAMessageOfTheClients() throws Exception {
        try (RawClient client = login()) {
            client.query("SELECT pg_sleep(2)").flush();
            while (server.value("SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(2)'")
                    .equals("0")) {
                Thread.sleep(20);
            }
            ConnectionAttempt caller = application.callers.get(application.callers.size() - 1);
            CompletableFuture<?> asked =
                    caller.handle().ask(List.of("SELECT 1")).toCompletableFuture();
            // What has come from the client is read before what others ask for.
            Thread.sleep(500);
            assertThat(asked).isNotDone();
            client.header('d', 1000).bytes(new byte[100]).flush();

            assertThat(everything(client, 2)).contains("pg_sleep", "08P01");
            assertThat(asked).failsWithin(Duration.ofSeconds(10));
        }
    }
}
