package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.proxy.Shape.run;
import static org.sallyport.proxy.Shape.shape;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;

/** Message sequences that ordinary clients seldom send, compared with a direct connection where that can be done. */
@ExtendWith(Leaks.class)
class SessionShapesTest {
    @TempDir
    private static Path folder;

    private static RealServer server;
    private static Listener listener;

    @BeforeAll
    static void start() throws Exception {
        server = RealServer.start(folder);
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
    void makeTables() throws Exception {
        server.execute("DROP TABLE IF EXISTS t; CREATE TABLE t (id int PRIMARY KEY, v text);"
                + " CREATE OR REPLACE VIEW unwritable AS SELECT 1 AS id, 2 AS v");
    }

    private static RawClient gateway() throws Exception {
        RawClient client = new RawClient(listener.address().getPort());
        assertThat(client.login("agent", "shop", ScriptedApplication.TOKEN))
                .last()
                .extracting(Message::type)
                .isEqualTo('Z');
        return client;
    }

    /** The superuser needs no password. */
    private static RawClient direct() throws Exception {
        RawClient client = new RawClient(server.port());
        client.startup(3 << 16, Map.of("user", "postgres", "database", "postgres"))
                .flush();
        client.receiveUntil('Z');
        return client;
    }

    /** {@code length(text)} and {@code int4in(cstring)}. */
    private static final int LENGTH = 1317;

    private static final int INT4IN = 42;

    /** {@code query_to_xml}, which the scripted application refuses. */
    private static final int DENIED_FUNCTION = 2924;

    /** An aggregate, what makes rows, and a trigger's function: by a FunctionCall none can be called. */
    private static final int COUNT = 2803;

    private static final int GENERATE_SERIES = 1067;

    private static final int TRIGGER = 1644;

    /** A FunctionCall with this behind the function's OID. */
    private static RawClient length(RawClient client, int... halves) {
        return client.message('F', data -> {
            data.writeInt(LENGTH);
            for (int half : halves) {
                data.writeShort(half);
            }
        });
    }

    static Stream<Shape> shapes() {
        return Stream.of(
                shape(
                        "a simple query in the middle of a pipeline",
                        c -> run(c, "INSERT INTO t VALUES (1, 'x')").query("SELECT count(*) FROM t"),
                        c -> c.sync(),
                        c -> c.query("SELECT count(*) FROM t")),
                shape(
                        "portals suspended, interleaved and closed",
                        c -> c.query("BEGIN"),
                        c -> c.parse("s", "SELECT * FROM generate_series(1, 5)")
                                .bind("a", "s")
                                .bind("b", "s")
                                .execute("a", 2)
                                .execute("b", 3)
                                .execute("a", 2)
                                .close('P', "b")
                                .execute("a", 0)
                                .sync(),
                        c -> c.execute("b", 0).sync(),
                        c -> c.query("ROLLBACK")),
                shape(
                        "copy in by simple protocol, then an error in it",
                        c -> c.query("COPY t FROM STDIN")
                                .copyData("1\tx\n2\t")
                                .copyData("y\n")
                                .copyDone(),
                        c -> c.query("COPY t FROM STDIN")
                                .copyData("not a number\tx\n")
                                .copyDone(),
                        c -> c.query("SELECT count(*) FROM t")),
                shape(
                        "copy in by extended protocol, sent ahead",
                        c -> c.parse("", "COPY t FROM STDIN")
                                .bind("", "")
                                .execute("", 0)
                                .sync()
                                .copyData("1\tx\n")
                                .copyDone()
                                .sync(),
                        c -> c.query("SELECT count(*) FROM t")),
                shape(
                        "copy in by extended protocol, failing behind a Sync that was sent ahead",
                        c -> c.parse("", "COPY t FROM STDIN")
                                .bind("", "")
                                .execute("", 0)
                                .sync()
                                .copyData("no number\tx\n")
                                .copyDone()
                                .sync(),
                        c -> c.query("SELECT count(*) FROM t")),
                shape(
                        "copy in that fails before it takes any data, behind a Sync sent ahead",
                        c -> c.parse("", "COPY unwritable FROM STDIN")
                                .bind("", "")
                                .execute("", 0)
                                .sync(),
                        c -> c.query("SELECT count(*) FROM t")),
                shape(
                        "copy in with Sync and Flush in the midst of it",
                        c -> c.query("COPY t FROM STDIN")
                                .copyData("1\tx\n")
                                .sync()
                                .message('H', data -> {})
                                .copyData("2\ty\n")
                                .sync()
                                .copyDone(),
                        c -> c.query("SELECT count(*) FROM t")),
                shape(
                        "copy in that the client gives up, in both protocols",
                        c -> c.query("COPY t FROM STDIN").copyData("1\tx\n").copyFail("given up"),
                        c -> c.parse("", "COPY t FROM STDIN")
                                .bind("", "")
                                .execute("", 0)
                                .copyData("1\tx\n")
                                .copyFail("given up")
                                .sync(),
                        c -> c.query("SELECT count(*) FROM t")),
                shape(
                        "two copies in one query, sent ahead",
                        c -> c.query("COPY t FROM STDIN; SELECT 1; COPY t FROM STDIN")
                                .copyData("1\tx\n")
                                .copyDone()
                                .copyData("2\tx\n")
                                .copyDone(),
                        c -> c.query("SELECT count(*) FROM t")),
                shape(
                        "COPY messages where nothing is copied (threat 112)",
                        c -> c.copyData("stray\n").copyDone().copyFail("stray").query("SELECT 1"),
                        c -> run(
                                        c.parse("s", "SELECT * FROM missing")
                                                .copyData("stray\n")
                                                .copyDone()
                                                .sync(),
                                        "SELECT 1")
                                .sync(),
                        c -> {}),
                shape(
                        "functions called without SQL (threat 106)",
                        c -> c.call(LENGTH, "four"),
                        c -> c.call(LENGTH, (String) null),
                        c -> c.call(INT4IN, "no number"),
                        c -> c.call(LENGTH),
                        c -> c.call(Integer.MAX_VALUE, "x"),
                        c -> c.query("BEGIN"),
                        c -> c.call(LENGTH, "four"),
                        c -> c.query("SELECT 1/0"),
                        c -> c.call(LENGTH, "four"),
                        c -> c.query("ROLLBACK"),
                        c -> run(c, "INSERT INTO t VALUES (1, 'x')").call(LENGTH, "four"),
                        c -> c.sync(),
                        c -> c.query("SELECT count(*) FROM t")),
                shape(
                        "functions called in forms that no client sends (threat 106)",
                        c -> length(c, 0, 1, 0xffff, 0xfffe, 0),
                        c -> length(c, 0, 1, 0x7fff, 0xffff, 0),
                        c -> length(c, 2, 0, 0, 1, 0xffff, 0xffff, 0),
                        c -> length(c, 1, 7, 1, 0, 2, 0x7878, 0),
                        c -> length(c, 0, 1, 0, 2, 0x7878, 7),
                        c -> length(c, 0, 0xffff, 0),
                        c -> length(c, 0, 1, 0xffff, 0xffff, 1, 0),
                        c -> c.call(COUNT),
                        c -> c.call(GENERATE_SERIES, "1", "2"),
                        c -> c.call(TRIGGER),
                        c -> c.call(0),
                        c -> c.query("BEGIN"),
                        c -> c.query("SELECT 1/0"),
                        c -> length(c),
                        c -> c.query("ROLLBACK"),
                        c -> run(c, "SELECT 1/0").call(LENGTH, "skipped").sync(),
                        c -> c.parse("", "nonsense").call(LENGTH, "skipped").sync(),
                        c -> c.call(LENGTH, "a").call(INT4IN, "b").query("SELECT count(*) FROM t"),
                        c -> {},
                        c -> {}),
                shape(
                        "Terminate behind work that is not answered yet (threat 113)",
                        c -> run(c, "INSERT INTO t VALUES (1, 'kept')")
                                .sync()
                                .query("SELECT count(*) FROM t")
                                .parse("", "INSERT INTO t VALUES (2, 'lost')")
                                .bind("", "")
                                .execute("", 0)
                                .terminate(),
                        c -> {},
                        c -> {}),
                shape(
                        "messages that end too early",
                        c -> c.message('B', data -> data.writeByte(0)).sync(),
                        c -> run(c.message('F', data -> data.writeInt(LENGTH)), "SELECT 1")
                                .sync(),
                        c -> c.query("SELECT 1")),
                shape(
                        "copy out in both protocols",
                        c -> c.query("INSERT INTO t SELECT i, 'x' FROM generate_series(1, 3) i; COPY t TO STDOUT"),
                        c -> run(c, "COPY t TO STDOUT").sync()),
                shape(
                        "several statements in one query, the last failing",
                        c -> c.query("INSERT INTO t VALUES (1, 'x'); SELECT 1; SELECT 1/0; SELECT 2"),
                        c -> c.query("SELECT count(*) FROM t")),
                shape(
                        "empty queries",
                        c -> c.query(""),
                        c -> c.query(";;"),
                        c -> run(c, "").sync()),
                shape(
                        "unknown names",
                        c -> c.bind("", "nowhere").sync(),
                        c -> c.execute("nowhere", 0).sync()),
                shape(
                        "cursors of SQL run as portals",
                        c -> c.query("BEGIN; DECLARE k CURSOR FOR SELECT * FROM generate_series(1, 3)"),
                        c -> c.execute("k", 2).sync(),
                        c -> c.query("FETCH ALL FROM k"),
                        c -> c.query("COMMIT")),
                shape(
                        "statements of SQL run by protocol",
                        c -> c.query("PREPARE q(int) AS SELECT $1 + 1"),
                        c -> c.bind("", "q", "41").execute("", 0).sync(),
                        c -> c.parse("z", "SELECT 'from protocol'").sync(),
                        c -> c.query("EXECUTE z; DEALLOCATE ALL"),
                        c -> c.bind("", "z").sync()));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void answersAsPostgresDoes(Shape shape) throws Exception {
        compare(gateway(), shape);
    }

    private static void compare(RawClient gateway, Shape shape) throws Exception {
        String direct = shape.transcript(direct());
        server.execute("TRUNCATE t");
        assertThat(shape.transcript(gateway)).isEqualTo(direct);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void answersTheSameByteByByte(Shape shape) throws Exception {
        compare(gateway().inPiecesOf(1), shape);
    }

    @Test
    void passesOnWhyTheServerEndsTheSession() throws Exception {
        for (String end : List.of("SELECT pg_terminate_backend(pg_backend_pid())", "SET idle_session_timeout = 1")) {
            assertThat(toTheEnd(gateway(), end)).as(end).isEqualTo(toTheEnd(direct(), end));
        }
    }

    private static List<Message> toTheEnd(RawClient client, String sql) throws Exception {
        try (client) {
            return client.query(sql).flush().receiveUntil('-');
        }
    }

    @Test
    void answersWhatWasSentBeforeTerminate() throws Exception {
        try (RawClient client = gateway()) {
            run(client.query("INSERT INTO t VALUES (1, 'x')"), "SELECT v FROM t")
                    .sync()
                    .message('X', data -> {})
                    .query("INSERT INTO t VALUES (2, 'x')")
                    .flush();
            assertThat(client.receiveUntil('-'))
                    .extracting(Message::summary)
                    .containsExactly("C:INSERT 0 1", "Z:I", "1", "2", "T", "D:[x]", "C:SELECT 1", "Z:I", "-");
        }
        assertThat(server.value("SELECT count(*) FROM t")).isEqualTo("1");
    }

    @Test
    void refusesBytesStuffedBehindTheTlsRequest() throws Exception {
        try (RawClient client = new RawClient(listener.address().getPort())) {
            client.raw(8, 80877103).raw(8, 80877103).flush();
            Message answer = client.receive();
            assertThat(answer.type()).isEqualTo('E');
            assertThat(answer.field('M')).hasValue("received unencrypted data after SSL request");
            assertThat(client.receive().type()).isEqualTo('-');
        }
    }

    @Test
    void answersGssEncryptionWithNoAndThenStarts() throws Exception {
        try (RawClient client = new RawClient(listener.address().getPort())) {
            client.raw(8, 80877104).flush();
            assertThat(client.receiveByte()).isEqualTo('N');
            assertThat(client.login("agent", "shop", ScriptedApplication.TOKEN))
                    .last()
                    .extracting(Message::summary)
                    .isEqualTo("Z:I");
        }
    }

    @Test
    void closesOnImpossibleLengthsAndUnknownMessages() throws Exception {
        try (RawClient client = gateway()) {
            client.message('~', data -> {}).flush();
            assertThat(client.receive().field('C')).hasValue("08P01");
            assertThat(client.receive().type()).isEqualTo('-');
        }
        try (RawClient client = new RawClient(listener.address().getPort())) {
            client.raw(Integer.MAX_VALUE, 3 << 16).flush();
            assertThat(client.receive().type()).isEqualTo('-');
        }
    }

    @Test
    void endsASessionThatChangesHowItsStatementsAreRead() throws Exception {
        for (String sql : List.of(
                "SELECT set_config('standard_conforming_strings', 'off', false)", "SET client_encoding TO 'LATIN1'")) {
            try (RawClient client = gateway()) {
                client.query(sql).flush();
                assertThat(client.receiveUntil('-'))
                        .anySatisfy(message -> assertThat(message.field('D'))
                                .hasValueSatisfying(detail -> assertThat(detail).contains("pinned settings")));
            }
        }
    }

    @Test
    void judgesAFunctionThatIsCalledWithoutSql() throws Exception {
        try (RawClient client = gateway()) {
            assertThat(client.call(DENIED_FUNCTION, "x").answers()).containsExactly("E:42501", "Z:I");
            client.query("BEGIN").answers();
            assertThat(client.call(DENIED_FUNCTION, "x").answers()).containsExactly("E:42501", "Z:E");
            client.query("ROLLBACK").answers();
            assertThat(client.query("SELECT 1").answers()).contains("D:[1]");
        }
    }

    @Test
    void refusesTextInAnotherEncodingAndGoesOn() throws Exception {
        try (RawClient client = gateway()) {
            client.message('Q', data -> data.write(new byte[] {'S', (byte) 0xBF, 0x5C, 0}));
            assertThat(client.answers()).containsExactly("E:22021", "Z:I");
            client.message('P', data -> data.write(new byte[] {0, (byte) 0xBF, 0x5C, 0, 0, 0}))
                    .sync();
            assertThat(client.answers()).containsExactly("E:22021", "Z:I");
        }
    }

    @Test
    void endsASessionWhereTheServerAsksForDataUnforeseen() throws Exception {
        try (RawClient client = gateway()) {
            client.query("COPY t FROM /**/ STDIN").flush();
            assertThat(client.receiveUntil('Z'))
                    .last()
                    .extracting(Message::type)
                    .isEqualTo('-');
        }
    }

    private static final String ODD = "SELECT v AS odd FROM t /*mask*/";

    @Test
    void aResultThatMayNotBeShownRefusesItsStatementAndNoMore() throws Exception {
        server.execute("INSERT INTO t VALUES (1, '123-45-6789')");
        try (RawClient client = gateway()) {
            assertThat(client.query(ODD).answers()).containsExactly("E:42501", "Z:I");
            assertThat(run(client, ODD).sync().answers()).containsExactly("1", "2", "T", "E:42501", "Z:I");
            assertThat(client.query("SELECT 1").answers()).containsExactly("T", "D:[1]", "C:SELECT 1", "Z:I");
        }
    }

    @Test
    void aResultThatMayNotBeShownFailsTheTransaction() throws Exception {
        try (RawClient client = gateway()) {
            client.query("BEGIN; INSERT INTO t VALUES (1, '123-45-6789')").answers();
            assertThat(client.query(ODD).answers()).containsExactly("E:42501", "Z:E");
            assertThat(client.query("SELECT 1").answers()).containsExactly("E:25P02", "Z:E");
            assertThat(client.query("ROLLBACK").answers()).containsExactly("C:ROLLBACK", "Z:I");
            client.query("BEGIN; INSERT INTO t VALUES (1, '123-45-6789')").answers();
            assertThat(run(run(client, ODD), "SELECT 1").sync().answers())
                    .containsExactly("1", "2", "T", "E:42501", "Z:E");
            assertThat(client.query("COMMIT").answers()).containsExactly("C:ROLLBACK", "Z:I");
            assertThat(client.query("SELECT count(*) FROM t").answers()).contains("D:[0]");
        }
    }

    @Test
    void aResultThatMayNotBeShownTakesItsPipelineWithIt() throws Exception {
        try (RawClient client = gateway()) {
            RawClient pipeline = run(run(client, "INSERT INTO t VALUES (1, 'x')"), ODD);
            assertThat(run(pipeline, "INSERT INTO t VALUES (2, 'x')").sync().answers())
                    .endsWith("E:42501", "Z:I");
            assertThat(client.query("SELECT count(*) FROM t").answers()).contains("D:[0]");
        }
    }

    @Test
    void aResultThatMayNotBeShownEndsASessionWhereItCannotBeUndone() throws Exception {
        try (RawClient client = gateway()) {
            List<Message> answers = client.query("INSERT INTO t VALUES (1, 'x'); " + ODD)
                    .flush()
                    .receiveUntil('Z');
            assertThat(answers).last().extracting(Message::type).isEqualTo('-');
            assertThat(answers).noneMatch(message -> message.type() == 'D');
        }
    }

    @Test
    void rowsOfAMaskedStatementAreMaskedThoughNobodyDescribedThem() throws Exception {
        server.execute("INSERT INTO t VALUES (1, '123-45-6789')");
        try (RawClient client = gateway()) {
            client.parse("", "SELECT v FROM t /*mask*/")
                    .bind("", "")
                    .execute("", 0)
                    .sync();
            assertThat(client.answers()).contains("D:[*********89]").noneMatch(answer -> answer.startsWith("T"));
        }
    }
}
