package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.proxy.Traffic.Step;

/**
 * Random traffic sent to PostgreSQL directly and through the gateway, its answers compared byte for byte (threats 65, 66, 67,
 * 69, 112, 113).
 *
 * <p>Not compared are the process id in NotificationResponse and, where a statement is refused, the words. A failing seed is
 * printed with the shortest traffic found that still fails; {@code -Dsallyport.differential.seed=N} runs it again, {@code
 * -Dsallyport.differential.sessions=N} runs more; with {@code -Dsallyport.differential.patience=N} seconds.
 */
@Timeout(600)
class DifferentialTest {
    private static final int SESSIONS = Integer.getInteger("sallyport.differential.sessions", 25);
    private static final int SEQUENCES = 25;
    private static final Duration PATIENCE =
            Duration.ofSeconds(Integer.getInteger("sallyport.differential.patience", 10));
    private static final String END = "end of sequence";

    @TempDir
    private static Path folder;

    private static RealServer server;
    private static Listener listener;

    @BeforeAll
    static void start() throws Exception {
        server = RealServer.start(folder);
        server.execute("""
                CREATE ROLE restricted LOGIN;
                GRANT ALL ON SCHEMA public TO restricted;
                CREATE SCHEMA hidden;
                CREATE TABLE hidden.t (id int, v text);
                SET ROLE restricted;
                CREATE TABLE t (id int PRIMARY KEY, v text);
                CREATE TABLE child (parent int REFERENCES t ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED);
                CREATE VIEW lines AS SELECT v FROM t GROUP BY v;
                CREATE SEQUENCE numbers START 1000;
                CREATE PROCEDURE committing() LANGUAGE plpgsql
                    AS $$BEGIN UPDATE t SET v = 'called' WHERE id = 5; COMMIT; END$$
                """);
        // Copies of one database have equal OIDs.
        server.execute("CREATE DATABASE direct TEMPLATE postgres");
        server.execute("CREATE DATABASE through TEMPLATE postgres");
        listener = Listener.bind(
                new ListenerSettings("127.0.0.1", 0, true, RealServer.keyStore(folder), RealServer.LIMITS),
                new ScriptedApplication(() -> server.target("through")));
    }

    @AfterAll
    static void stop() throws Exception {
        listener.close();
        server.close();
    }

    private static RawClient gateway() throws IOException {
        RawClient client = new RawClient(listener.address().getPort());
        client.startup(3 << 16, Map.of("user", "agent", "database", "through")).flush();
        client.receive();
        client.password(ScriptedApplication.TOKEN).flush();
        client.receiveUntil('Z');
        return client;
    }

    private static RawClient direct(String user, String database) throws IOException {
        RawClient client = new RawClient(server.port());
        client.startup(3 << 16, Map.of("user", user, "database", database, "client_encoding", "UTF8"))
                .flush();
        client.receiveUntil('Z');
        return client;
    }

    @Test
    void answersAsPostgresDoes() throws Exception {
        compare(false);
    }

    @Test
    void refusesAsPostgresDoes() throws Exception {
        compare(true);
    }

    private static void compare(boolean denying) throws Exception {
        Long one = Long.getLong("sallyport.differential.seed");
        long first = one == null ? System.nanoTime() : one;
        System.out.println("differential test: seed " + first);
        for (long seed = first; seed < first + (one == null ? SESSIONS : 1); seed++) {
            compare(seed, denying);
        }
    }

    private static void compare(long seed, boolean denying) throws Exception {
        var traffic = new Traffic(seed, denying);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < SEQUENCES; i++) {
            steps.addAll(traffic.sequence());
            steps.addAll(ending());
        }
        if (!differs(steps, seed, denying)) {
            return;
        }
        List<Step> shortest = shortest(steps, seed, denying);
        String shown = "seed %d:%n%s"
                .formatted(
                        seed,
                        String.join("\n", shortest.stream().map(Step::text).toList()));
        assertThat(through(shortest, seed)).as(shown).isEqualTo(directly(shortest, seed, denying));
        throw new AssertionError("differed, but not again: " + shown);
    }

    /** Whatever came before: ends a COPY, what is skipped, and tells where the next sequence begins. */
    private static List<Step> ending() {
        return List.of(
                Traffic.copyFail(),
                new Step("Sync", RawClient::sync),
                new Step("Query \"ROLLBACK\"", client -> client.query("ROLLBACK")),
                new Step("Query end", client -> client.query("SELECT '" + END + "'")));
    }

    private static boolean differs(List<Step> steps, long seed, boolean denying) throws Exception {
        return !through(steps, seed).equals(directly(steps, seed, denying));
    }

    /** Leaves out steps while the rest still fails: first many at once, then one by one. */
    private static List<Step> shortest(List<Step> failing, long seed, boolean denying) throws Exception {
        List<Step> steps = failing;
        for (int out = steps.size() / 2; out > 0; out = out == 1 ? 0 : (out + 1) / 2) {
            for (int at = 0; at < steps.size(); ) {
                List<Step> fewer = new ArrayList<>(steps.subList(0, at));
                fewer.addAll(steps.subList(Math.min(at + out, steps.size()), steps.size()));
                if (differs(fewer, seed, denying)) {
                    steps = fewer;
                } else {
                    at += out;
                }
            }
        }
        return steps;
    }

    private static List<String> through(List<Step> steps, long seed) throws Exception {
        try (RawClient client = gateway()) {
            return answers(client, steps, new Random(seed));
        } finally {
            cleanUp(steps, "through");
        }
    }

    private static List<String> directly(List<Step> steps, long seed, boolean denying) throws Exception {
        try (RawClient client = direct(denying ? "restricted" : "postgres", "direct")) {
            return answers(client, steps, new Random(seed));
        } finally {
            cleanUp(steps, "direct");
        }
    }

    /** A prepared transaction outlives its session. */
    private static void cleanUp(List<Step> steps, String database) throws IOException {
        if (steps.stream().anyMatch(step -> step.text().contains("PREPARE TRANSACTION"))) {
            try (RawClient client = direct("postgres", database)) {
                client.query("ROLLBACK PREPARED 'two phases'").answers();
            }
        }
    }

    private static List<String> answers(RawClient client, List<Step> steps, Random pieces) throws IOException {
        // A prepared transaction may hold what a later statement waits for.
        client.query("SET lock_timeout = '200ms'; TRUNCATE t, child; ALTER SEQUENCE numbers RESTART;"
                        + " INSERT INTO t SELECT i, 'v' || i FROM generate_series(1, 8) i")
                .answers();
        client.withPatience(PATIENCE);
        int most = 1 << pieces.nextInt(14);
        if (pieces.nextBoolean()) {
            client.inPiecesOf(most);
        }
        List<String> answers = new ArrayList<>();
        for (Step step : steps) {
            step.send().accept(client);
            if (step.text().equals("Query end") && !toTheEnd(client, answers)) {
                return answers;
            }
        }
        client.message('X', data -> {}).flush();
        toTheClose(client, answers);
        return answers;
    }

    /** Adds what comes until the connection ends. */
    private static void toTheClose(RawClient client, List<String> answers) throws IOException {
        try {
            Message message;
            do {
                message = client.receive();
                answers.add(normal(message));
            } while (message.type() != '-');
        } catch (SocketTimeoutException nothing) {
            answers.add("the connection does not end");
        }
    }

    /** Adds what comes until the end of the sequence; false where the connection ends before. */
    private static boolean toTheEnd(RawClient client, List<String> answers) throws IOException {
        boolean end = false;
        try {
            client.flush();
        } catch (SocketException closed) {
            end = true;
        }
        while (true) {
            Message message;
            try {
                message = client.receive();
            } catch (SocketTimeoutException nothing) {
                answers.add("nothing more comes");
                return false;
            }
            answers.add(normal(message));
            end |= message.payload().contains(END) || message.payload().contains("25P02");
            if (message.type() == '-') {
                return false;
            }
            if (end && message.type() == 'Z') {
                return true;
            }
        }
    }

    private static String normal(Message message) {
        if (message.type() == 'A') {
            return "A" + message.payload().substring(4);
        }
        boolean refused = message.type() == 'E'
                && message.field('C').orElse("").equals("42501")
                && message.field('M').orElse("").startsWith("permission denied");
        return refused ? "E:42501" : message.type() + message.payload();
    }
}
