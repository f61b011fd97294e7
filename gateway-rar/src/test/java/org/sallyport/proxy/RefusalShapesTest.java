package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.proxy.Shape.run;
import static org.sallyport.proxy.Shape.shape;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.client.RawClient;

/**
 * Statements that policy refuses, compared message for message with a direct connection on which the same statements fail for
 * want of privilege.
 *
 * <p>Without USAGE on a schema PostgreSQL fails a statement in analysis, at Parse, and so does the gateway. Without a
 * privilege on the table it fails it when it begins to run, at Bind: then the gateway's error comes one ParseComplete earlier.
 */
@ExtendWith(Leaks.class)
class RefusalShapesTest {
    private static final String NO_SCHEMA = "SELECT * FROM hidden.t /*deny*/";
    private static final String NO_TABLE = "SELECT * FROM forbidden /*deny*/";

    @TempDir
    private static Path folder;

    private static RealServer server;
    private static Listener listener;

    @BeforeAll
    static void start() throws Exception {
        server = RealServer.start(folder);
        server.execute("""
                CREATE SCHEMA hidden;
                CREATE TABLE hidden.t (id int);
                CREATE TABLE forbidden (id int);
                CREATE TABLE t (id int PRIMARY KEY, v text);
                CREATE ROLE restricted LOGIN;
                GRANT ALL ON t TO restricted
                """);
        listener = Listener.bind(
                new ListenerSettings("127.0.0.1", 0, true, RealServer.keyStore(folder), RealServer.LIMITS),
                new ScriptedApplication(server::target));
    }

    @AfterAll
    static void stop() throws Exception {
        listener.close();
        server.close();
    }

    @BeforeEach
    void empty() throws Exception {
        server.execute("TRUNCATE t");
    }

    /** Shapes in which the refused statement is sent to run. */
    private static Stream<Shape> running(String denied) {
        return Stream.of(
                shape("idle, simple", c -> c.query(denied), c -> c.query("SELECT 1")),
                shape(
                        "idle, extended",
                        c -> run(c, denied).sync(),
                        c -> run(c, "SELECT 1").sync()),
                shape(
                        "transaction, simple",
                        c -> c.query("BEGIN"),
                        c -> c.query("INSERT INTO t VALUES (1, 'x')"),
                        c -> c.query(denied),
                        c -> c.query("SELECT 1"),
                        c -> c.query("COMMIT"),
                        c -> c.query("SELECT count(*) FROM t")),
                shape(
                        "transaction, extended",
                        c -> run(c, "BEGIN").sync(),
                        c -> run(c, "INSERT INTO t VALUES (1, 'x')").sync(),
                        c -> run(c, denied).sync(),
                        c -> run(c, "SELECT 1").sync(),
                        c -> run(c, "ROLLBACK").sync(),
                        c -> run(c, "SELECT count(*) FROM t").sync()),
                shape(
                        "failed transaction",
                        c -> c.query("BEGIN; SELECT 1/0"),
                        c -> c.query(denied),
                        c -> run(c, denied).sync(),
                        c -> c.query("COMMIT"),
                        c -> c.query("SELECT 1")),
                shape(
                        "transaction begun and ended in the pipeline",
                        c -> run(run(run(run(c, "BEGIN"), "INSERT INTO t VALUES (1, 'x')"), denied), "COMMIT")
                                .sync(),
                        c -> c.query("ROLLBACK"),
                        c -> c.query("SELECT count(*) FROM t")),
                shape(
                        "savepoint, simple",
                        c -> c.query("BEGIN; INSERT INTO t VALUES (1, 'kept'); SAVEPOINT s"),
                        c -> c.query(denied),
                        c -> c.query("ROLLBACK TO s"),
                        c -> c.query("COMMIT"),
                        c -> c.query("SELECT v FROM t")),
                shape(
                        "savepoint, extended",
                        c -> run(run(run(c, "BEGIN"), "INSERT INTO t VALUES (1, 'kept')"), "SAVEPOINT s")
                                .sync(),
                        c -> run(run(c, "INSERT INTO t VALUES (2, 'lost')"), denied)
                                .sync(),
                        c -> run(c, "ROLLBACK TO s").sync(),
                        c -> run(run(c, "COMMIT"), "SELECT v FROM t").sync()),
                shape(
                        "pipeline with work before the refused statement",
                        c -> run(run(run(c, "INSERT INTO t VALUES (1, 'x')"), denied), "INSERT INTO t VALUES (2, 'x')")
                                .sync(),
                        c -> c.query("SELECT count(*) FROM t")),
                shape(
                        "pipeline with work behind the refused statement",
                        c -> run(run(c, denied), "INSERT INTO t VALUES (1, 'x')")
                                .sync(),
                        c -> c.query("SELECT count(*) FROM t")),
                shape(
                        "pipeline with work behind the Sync",
                        c -> run(
                                        run(run(c, denied), "INSERT INTO t VALUES (1, 'x')")
                                                .sync(),
                                        "SELECT 2")
                                .sync(),
                        c -> {},
                        c -> c.query("SELECT count(*) FROM t")),
                shape(
                        "a failing statement before the refused one",
                        c -> run(run(c, "SELECT 1/0"), denied).sync(),
                        c -> c.query("SELECT 1")),
                shape(
                        "a simple query between the refused statement and its Sync",
                        c -> run(c, denied)
                                .query("INSERT INTO t VALUES (1, 'x')")
                                .sync(),
                        c -> c.query("SELECT count(*) FROM t")),
                shape(
                        "a suspended portal before the refused statement",
                        c -> c.query("BEGIN"),
                        c -> c.parse("s", "SELECT generate_series(1, 5)")
                                .bind("p", "s")
                                .execute("p", 2)
                                .sync(),
                        c -> run(c, denied).sync(),
                        c -> c.execute("p", 0).sync(),
                        c -> c.query("ROLLBACK")),
                shape(
                        "COPY in progress, simple",
                        c -> c.query("COPY t FROM STDIN")
                                .copyData("1\tx\n")
                                .copyDone()
                                .query(denied),
                        c -> {},
                        c -> c.query("SELECT count(*) FROM t")),
                shape(
                        "COPY in progress, extended",
                        c -> run(
                                        c.parse("", "COPY t FROM STDIN")
                                                .bind("", "")
                                                .execute("", 0)
                                                .copyData("1\tx\n")
                                                .copyDone(),
                                        denied)
                                .sync(),
                        c -> c.query("SELECT count(*) FROM t")),
                shape(
                        "COPY out in progress",
                        c -> run(run(c, "COPY (SELECT generate_series(1, 3)) TO STDOUT"), denied)
                                .sync(),
                        c -> c.query("SELECT 1")));
    }

    /** Shapes in which it is prepared only, which takes no privilege on the table. */
    private static Stream<Shape> preparing(String denied) {
        return Stream.of(
                shape(
                        "a refused statement keeps the names that were there",
                        c -> c.parse("s", "SELECT 'old'").sync(),
                        c -> c.parse("s", denied).sync(),
                        c -> c.bind("", "s").execute("", 0).sync()),
                shape(
                        "a refused named statement keeps the unnamed one",
                        c -> c.parse("", "SELECT 'unnamed'").sync(),
                        c -> c.parse("s", denied).sync(),
                        c -> c.bind("", "").execute("", 0).sync()),
                shape(
                        "a refused unnamed statement takes the one before with it",
                        c -> c.parse("", "SELECT 'unnamed'").sync(),
                        c -> c.parse("", denied).sync(),
                        c -> c.bind("", "").execute("", 0).sync(),
                        c -> c.query("SELECT 1")),
                shape(
                        "a refused unnamed statement takes the one before with it, in a transaction",
                        c -> c.query("BEGIN"),
                        c -> c.parse("", "SELECT 'unnamed'").sync(),
                        c -> c.parse("", denied).sync(),
                        c -> c.query("ROLLBACK"),
                        c -> c.bind("", "").execute("", 0).sync()),
                shape(
                        "a refused simple query takes the unnamed statement with it",
                        c -> c.parse("", "SELECT 'unnamed'").sync(),
                        c -> c.query(denied),
                        c -> c.bind("", "").execute("", 0).sync(),
                        c -> c.query(denied),
                        c -> c.query("SELECT 1")));
    }

    static Stream<Shape> shapes() {
        return Stream.concat(running(NO_SCHEMA), preparing(NO_SCHEMA));
    }

    static Stream<Shape> shapesOnATable() {
        return running(NO_TABLE);
    }

    private static RawClient gateway() throws Exception {
        RawClient client = new RawClient(listener.address().getPort());
        client.login("agent", "shop", ScriptedApplication.TOKEN);
        return client;
    }

    private static RawClient direct() throws Exception {
        RawClient client = new RawClient(server.port());
        client.startup(3 << 16, Map.of("user", "restricted", "database", "postgres"))
                .flush();
        client.receiveUntil('Z');
        return client;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void refusesAsPostgresDoesWithoutTheSchema(Shape shape) throws Exception {
        String direct = shape.transcript(direct());
        assertThat(direct).contains("E:");
        empty();
        assertThat(shape.transcript(gateway())).isEqualTo(direct);
        empty();
        assertThat(shape.transcript(gateway().inPiecesOf(1))).isEqualTo(direct);
    }

    @ParameterizedTest
    @MethodSource("shapesOnATable")
    void refusesOneParseCompleteEarlierThanPostgresDoesWithoutTheTable(Shape shape) throws Exception {
        String direct = shape.transcript(direct());
        assertThat(direct).contains("E:");
        empty();
        assertThat(shape.transcript(gateway())).isEqualTo(direct.replace("1, E:42501", "E:42501"));
    }
}
