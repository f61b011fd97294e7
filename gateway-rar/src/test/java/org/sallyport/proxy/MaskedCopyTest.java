package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.client.ServerVersion;
import org.sallyport.contract.CopyFormat;
import org.sallyport.contract.CopyTo;
import org.sallyport.contract.Mask;
import org.sallyport.contract.SessionEnd;
import org.sallyport.value.CopyDice;
import org.sallyport.value.CopyWriter;

/** Threats 70 to 72 and 75: COPY TO STDOUT of what has to be masked, on real servers. */
@Timeout(120)
@ParameterizedClass
@MethodSource("org.sallyport.client.ServerVersion#available")
class MaskedCopyTest {
    private static final long SEED = new Random().nextLong(1L << 40);
    private static final int CASES = 150;

    /** From then on the text format has a header, too. */
    private static final int TEXT_WITH_HEADER = 15;

    private static final CopyFormat TEXT = new CopyFormat.Text('\t', "\\N", false);

    @TempDir
    private static Path folders;

    // NullAway does not know who sets them.
    @SuppressWarnings("NullAway.Init")
    private static RealServer server;

    @SuppressWarnings("NullAway.Init")
    private static ScriptedApplication application;

    @SuppressWarnings("NullAway.Init")
    private static Listener listener;

    @SuppressWarnings("NullAway.Init")
    private static RawClient direct;

    @Parameter
    @SuppressWarnings("NullAway.Init")
    private ServerVersion version;

    @SuppressWarnings("NullAway.Init")
    private RawClient client;

    @BeforeParameterizedClassInvocation
    static void start(ServerVersion version) throws Exception {
        Path folder = Files.createDirectory(folders.resolve(version.toString()));
        folders.toFile().setExecutable(true, false);
        server = RealServer.start(folder, version.builder());
        application = new ScriptedApplication(server::target);
        listener = Listener.bind(
                new ListenerSettings("127.0.0.1", 0, false, RealServer.keyStore(folder), RealServer.LIMITS),
                application);
        direct = new RawClient(server.port());
        direct.startup(3 << 16, Map.of("user", "postgres", "database", "postgres"))
                .flush()
                .receiveUntil('Z');
        server.execute(
                "CREATE TABLE people (id int, ssn text); INSERT INTO people VALUES (1, '123-45-6789'), (2, NULL)");
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        direct.close();
        listener.close();
        server.close();
    }

    @BeforeEach
    void enter() throws IOException {
        client = new RawClient(listener.address().getPort());
        client.login("agent", "shop", ScriptedApplication.TOKEN);
        application.outcomes.clear();
        application.attempts.clear();
        application.masks = column -> column.typeOid() == 25 ? new Mask.KeepLast(2) : new Mask.Clear();
        copies("SELECT id, ssn FROM people", TEXT);
    }

    @AfterEach
    void leave() throws IOException {
        client.close();
    }

    /** Those of other tests' sessions may come late. */
    private static void awaitEnd(SessionEnd expected) throws InterruptedException {
        while (application.ends.take() != expected) {
            // another one's
        }
    }

    private static void copies(String query, CopyFormat format) {
        application.copies = sql -> sql.contains("COPY") ? Optional.of(new CopyTo(query, format)) : Optional.empty();
    }

    private static String data(List<Message> messages) {
        return messages.stream()
                .filter(message -> message.type() == 'd')
                .map(Message::payload)
                .collect(Collectors.joining());
    }

    private static String query(List<String> names, List<List<byte @Nullable []>> rows) {
        String columns = names.stream()
                .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(", ", "(", ")"));
        String values = rows.stream()
                .map(row -> row.stream()
                        .map(value -> value == null ? "NULL" : literal(value))
                        .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", "));
        return "SELECT * FROM (VALUES " + values + ") AS t" + columns;
    }

    private static String literal(byte[] value) {
        return "'" + new String(value, StandardCharsets.UTF_8).replace("'", "''") + "'::text";
    }

    /** The writer that masked data is compared with writes what PostgreSQL does; and so does the gateway, by either protocol. */
    @Test
    void masksWhatIsCopiedAsIfTheMaskedRowsWereCopied() throws IOException {
        System.out.println("seeds from " + SEED);
        application.masks =
                column -> column.name().startsWith("c") ? new Mask.KeepFirst(1) : new Mask.Constant("\\N,\t");
        for (long seed = SEED; seed < SEED + CASES; seed++) {
            CopyDice dice = new CopyDice(new Random(seed));
            List<String> names = distinct(dice.names(1 + (int) (seed % 4)));
            List<List<byte @Nullable []>> rows = dice.rows(names.size());
            CopyFormat format = known(dice.format(names));
            if (!rows.isEmpty()) {
                compare("seed " + seed, query(names, rows), format, new CopyWriter(format, names), rows);
            }
        }
    }

    private CopyFormat known(CopyFormat format) {
        return format instanceof CopyFormat.Text text && version.major() < TEXT_WITH_HEADER
                ? new CopyFormat.Text(text.delimiter(), text.nullText(), false)
                : format;
    }

    private static List<String> distinct(List<String> names) {
        return IntStream.range(0, names.size()).mapToObj(i -> names.get(i) + i).toList();
    }

    private void compare(
            String seed, String query, CopyFormat format, CopyWriter writer, List<List<byte @Nullable []>> rows)
            throws IOException {
        String copy = "COPY (" + query + ") TO STDOUT " + CopyDice.sql(format);
        String copied = data(direct.query(copy).flush().receiveUntil('Z'));
        assertThat(copied)
                .as("%s: %s", seed, copy)
                .isEqualTo(new String(writer.write(rows), StandardCharsets.ISO_8859_1));
        String masked = new String(writer.write(selected(query)), StandardCharsets.ISO_8859_1);
        copies(query, format);
        assertThat(data(client.query("/*mask*/" + copy).flush().receiveUntil('Z')))
                .as("%s: %s", seed, copy)
                .isEqualTo(masked);
        client.parse("", "/*mask*/" + copy).bind("", "").execute("", 0).sync();
        assertThat(data(client.flush().receiveUntil('Z')))
                .as("%s: %s", seed, copy)
                .isEqualTo(masked);
    }

    private List<List<byte @Nullable []>> selected(String query) throws IOException {
        application.copies = sql -> Optional.empty();
        return client.query("/*mask*/" + query).flush().receiveUntil('Z').stream()
                .filter(message -> message.type() == 'D')
                .map(MaskedCopyTest::fields)
                .toList();
    }

    private static List<byte @Nullable []> fields(Message row) {
        ByteBuffer data = ByteBuffer.wrap(row.payload().getBytes(StandardCharsets.ISO_8859_1));
        List<byte @Nullable []> fields = new ArrayList<>();
        for (int rest = data.getShort(); rest > 0; rest--) {
            int length = data.getInt();
            byte[] value = new byte[Math.max(length, 0)];
            data.get(value);
            fields.add(length < 0 ? null : value);
        }
        return fields;
    }

    @Test
    void answersAsTheServerDoes() throws IOException {
        assertThat(client.query("/*mask*//*counted*/ COPY people TO STDOUT").answers())
                .containsExactly("H", "d", "d", "c", "C:COPY 2", "Z:I");
        assertThat(client.parse("", "/*mask*/ COPY people TO STDOUT")
                        .bind("", "")
                        .describe('P', "")
                        .execute("", 0)
                        .sync()
                        .answers())
                .containsExactly("1", "2", "n", "H", "d", "d", "c", "C:COPY 2", "Z:I");
        assertThat(application.outcomeOf("/*counted*/").orElseThrow().rows()).isEqualTo(2);
    }

    /** What is sent before it must not hide the statement's own failure, nor change its transaction. */
    @ParameterizedTest
    @ValueSource(strings = {"SELECT nothing FROM people", "SELECT id, ssn FROM nowhere"})
    void failsWhereTheServerCannotDescribeWhatIsCopied(String query) throws IOException {
        copies(query, TEXT);
        String copy = "/*mask*/ COPY (" + query + ") TO STDOUT";

        assertThat(client.query(copy).answers()).hasSize(2).last().isEqualTo("Z:I");
        assertThat(client.query("BEGIN").answers()).last().isEqualTo("Z:T");
        assertThat(client.query(copy).answers()).hasSize(2).last().isEqualTo("Z:E");
        assertThat(client.query(copy).answers()).containsExactly("E:25P02", "Z:E");
        assertThat(client.query("ROLLBACK").answers()).last().isEqualTo("Z:I");
        assertThat(client.parse("", copy).bind("", "").execute("", 0).sync().answers())
                .hasSize(4)
                .last()
                .isEqualTo("Z:I");
        assertThat(client.query("SELECT 1").answers()).containsExactly("T", "D:[1]", "C:SELECT 1", "Z:I");
    }

    /** An error before it in the pipeline is not its own: a Query is ignored then, as PostgreSQL does, up to the Sync. */
    @Test
    void isSkippedBehindAnError() throws IOException {
        List<String> answers = client.parse("", "SELECT 1 / 0")
                .bind("", "")
                .execute("", 0)
                .query("/*mask*/ COPY people TO STDOUT")
                .sync()
                .answers();

        assertThat(answers).containsExactly("1", "E:22012", "Z:I");
        assertThat(client.query("SELECT 1").answers()).containsExactly("T", "D:[1]", "C:SELECT 1", "Z:I");
    }

    @Test
    void tellsNothingInErrors() throws IOException {
        String query = "SELECT ssn::int, 'x'::text FROM people";
        copies(query, TEXT);

        List<Message> messages =
                client.query("/*mask*/ COPY (" + query + ") TO STDOUT").flush().receiveUntil('Z');

        assertThat(messages).extracting(Message::payload).noneMatch(payload -> payload.contains("123"));
        assertThat(messages).extracting(Message::type).contains('E');
    }

    @Test
    void refusesAColumnOfUnknownOriginBeforeAnythingIsCopied() throws IOException {
        copies("SELECT 1 AS odd", TEXT);
        String copy = "/*mask*/ COPY (SELECT 1 AS odd) TO STDOUT";

        assertThat(client.query(copy).answers()).containsExactly("E:42501", "Z:I");
        assertThat(client.parse("", copy).bind("", "").execute("", 0).sync().answers())
                .containsExactly("1", "2", "E:42501", "Z:I");
        assertThat(client.query("BEGIN").answers()).last().isEqualTo("Z:T");
        assertThat(client.query(copy).answers()).containsExactly("E:42501", "Z:E");
        assertThat(client.query("ROLLBACK").answers()).last().isEqualTo("Z:I");
    }

    /** More or fewer columns than were described, or another format. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY people (ssn) TO STDOUT",
                "COPY (SELECT 1, 2, ssn FROM people) TO STDOUT",
                "COPY people TO STDOUT BINARY"
            })
    void refusesOtherDataThanWasDescribed(String copy) throws Exception {
        List<Message> simple = client.query("/*mask*/" + copy).flush().receiveUntil('Z');
        assertThat(simple).extracting(Message::summary).containsExactly("E:42501", "Z:I");
        assertThat(client.query("SELECT 1").answers()).containsExactly("T", "D:[1]", "C:SELECT 1", "Z:I");

        List<Message> extended = client.parse("", "/*mask*/" + copy)
                .bind("", "")
                .execute("", 0)
                .sync()
                .flush()
                .receiveUntil('Z');
        assertThat(extended).extracting(Message::summary).containsExactly("1", "2", "E:42501", "-");
        awaitEnd(SessionEnd.ENDED);
    }

    /** Data that is not in the form that was planned: here a NULL that is written otherwise, and a row that passes for a header. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY people TO STDOUT (FORMAT csv, DELIMITER ';')",
                "COPY people TO STDOUT (DELIMITER '|')",
                "COPY people TO STDOUT (HEADER)",
            })
    void endsTheSessionWhereDataIsInAnotherForm(String copy) throws Exception {
        copies("SELECT id, ssn FROM people", copy.contains("HEADER") ? new CopyFormat.Text('\t', "\\N", true) : TEXT);
        List<Message> messages =
                client.query("/*mask*/" + copy.replace(" (HEADER)", "")).flush().receiveUntil('Z');

        assertThat(data(messages)).isEmpty();
        assertThat(messages).extracting(Message::summary).containsExactly("H", "E:08P01", "-");
        awaitEnd(SessionEnd.PROTOCOL_VIOLATION);
    }

    @Test
    void nothingIsCopiedThatWasNotForeseen() throws Exception {
        application.copies = sql -> Optional.empty();

        List<Message> messages =
                client.query("/*mask*/ COPY people TO STDOUT").flush().receiveUntil('Z');

        assertThat(messages).extracting(Message::summary).containsExactly("E:42501", "-");
        awaitEnd(SessionEnd.ENDED);
    }

    private static void awaitLock(String table) {
        try {
            while (!server.value("SELECT count(*) FROM pg_locks WHERE NOT granted")
                    .equals("1")) {
                Thread.sleep(20);
            }
        } catch (Exception e) {
            throw new IllegalStateException(table, e);
        }
    }

    @Test
    void isCancelledWhileTheServerWaitsToDescribeIt() throws Exception {
        RawClient agent = new RawClient(listener.address().getPort());
        List<Message> login = agent.login("agent", "shop", ScriptedApplication.TOKEN);
        Message key = login.stream()
                .filter(message -> message.type() == 'K')
                .findFirst()
                .orElseThrow();
        try (Connection other = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres?user=postgres");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE people");
            agent.query("/*mask*/ COPY people TO STDOUT").flush();
            awaitLock("people");
            new RawClient(listener.address().getPort()).cancel(key).flush().receive();

            assertThat(agent.receiveUntil('Z')).extracting(Message::summary).containsExactly("E:57014", "Z:I");
        }
        assertThat(agent.query("SELECT 1").answers()).containsExactly("T", "D:[1]", "C:SELECT 1", "Z:I");
        agent.close();
    }
}
