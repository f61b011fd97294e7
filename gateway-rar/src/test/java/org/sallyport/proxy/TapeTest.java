package org.sallyport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.client.Message;
import org.sallyport.client.RawClient;
import org.sallyport.contract.CopyFormat;
import org.sallyport.contract.CopyTo;
import org.sallyport.contract.Mask;
import org.sallyport.contract.ResultChunk;
import org.sallyport.contract.StatementAttempt;
import org.sallyport.contract.StatementOutcome;

/** What goes on record of results is what the client got, as far as the limit goes. */
@Timeout(60)
class TapeTest {
    /** What of a result goes on record, as far as it does. */
    private static final String RECORDED = "TDHGdcVC";

    private static final long SEED = new Random().nextLong(1L << 40);

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
        server.execute(
                "CREATE TABLE people (id int, ssn text); INSERT INTO people VALUES (1, '123-45-6789'), (2, NULL)");
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
        application.chunks.clear();
        application.attempts.clear();
        application.outcomes.clear();
        application.recorded = 1024 * 1024;
    }

    private static RawClient client() throws IOException {
        RawClient client = new RawClient(listener.address().getPort());
        client.login("agent", "shop", ScriptedApplication.TOKEN);
        return client;
    }

    @Test
    void aQuerysResultsAreRecordedAsTheyWereSent() throws IOException {
        try (RawClient client = client()) {
            List<Message> seen = all(client.query("SELECT 1 AS a; SELECT 2, 'zwei' /*tape*/"));
            assertThat(recordOf(1)).isEqualTo(bytes(seen));
        }
        assertThat(seen(application.chunks))
                .containsExactly("T", "D:[1]", "C:SELECT 1", "T", "D:[2, zwei]", "C:SELECT 1");
    }

    @Test
    void whatHasNoResultLeavesNothing() throws IOException {
        try (RawClient client = client()) {
            client.query("BEGIN /*tape*/").answers();
            client.parse("", "UPDATE people SET id = id /*tape*/")
                    .bind("", "")
                    .execute("", 0)
                    .sync();
            client.answers();
            client.query("SELECT 1").answers();
            client.query("SELECT 1/0 /*tape*/").answers();
        }
        assertThat(application.chunks).isEmpty();
    }

    /** Pgjdbc describes a statement once, and then only executes it. */
    @Test
    void theColumnsOfWhatIsExecutedAreRecordedThoughNobodyAskedForThem() throws IOException {
        try (RawClient client = client()) {
            client.parse("", "SELECT id FROM people ORDER BY 1 /*tape*/")
                    .bind("", "")
                    .execute("", 0)
                    .sync();
            assertThat(client.answers()).containsExactly("1", "2", "D:[1]", "D:[2]", "C:SELECT 2", "Z:I");
        }
        assertThat(seen(application.chunks)).containsExactly("T", "D:[1]", "D:[2]", "C:SELECT 2");
    }

    @Test
    void aPortalIsRecordedFromSuspensionToSuspension() throws IOException {
        try (RawClient client = client()) {
            client.query("BEGIN").answers();
            client.parse("", "SELECT generate_series(1, 3) /*tape*/")
                    .bind("p", "")
                    .execute("p", 2)
                    .sync();
            client.answers();
            assertThat(seen(application.chunks)).containsExactly("T", "D:[1]", "D:[2]");
            client.query("SELECT 'other' /*tape*/").answers();
            client.execute("p", 2).sync();
            client.answers();
        }
        List<ResultChunk> ofThePortal = application.chunks.stream()
                .filter(chunk -> chunk.statement() == statement("generate_series"))
                .toList();
        assertThat(seen(ofThePortal)).containsExactly("T", "D:[1]", "D:[2]", "D:[3]", "C:SELECT 1");
        assertThat(ofThePortal).extracting(ResultChunk::number).containsExactly(1, 2);
        assertThat(ofThePortal).extracting(ResultChunk::rows).containsExactly(2L, 3L);
    }

    @Test
    void aMaskedResultIsRecordedMasked() throws IOException {
        application.masks = column -> column.typeOid() == 25 ? new Mask.KeepLast(2) : new Mask.Clear();
        try (RawClient client = client()) {
            client.query("SELECT id, ssn FROM people ORDER BY 1 /*mask*/ /*tape*/")
                    .answers();
            client.parse("", "SELECT ssn FROM people ORDER BY 1 /*mask*/ /*tape*/")
                    .bind("", "")
                    .execute("", 0)
                    .sync();
            client.answers();
        }
        assertThat(seen(application.chunks))
                .containsExactly(
                        "T",
                        "D:[1, *********89]",
                        "D:[2, NULL]",
                        "C:SELECT 2",
                        "T",
                        "D:[*********89]",
                        "D:[NULL]",
                        "C:SELECT 2");
    }

    @Test
    void aRefusedResultIsNotRecorded() throws IOException {
        try (RawClient client = client()) {
            assertThat(client.query("SELECT ssn AS odd FROM people /*mask*/ /*tape*/")
                            .answers())
                    .containsExactly("E:42501", "Z:I");
            client.parse("", "SELECT ssn AS odd FROM people /*mask*/ /*tape*/")
                    .bind("", "")
                    .execute("", 0)
                    .sync();
            assertThat(client.answers()).contains("E:42501");
        }
        assertThat(application.chunks).isEmpty();
    }

    @Test
    void whatIsCopiedEitherWayIsRecorded() throws IOException {
        application.copies = sql -> Optional.empty();
        try (RawClient client = client()) {
            client.query("CREATE TEMP TABLE t (a int, b text)").answers();
            client.query("COPY t FROM STDIN /*tape*/").flush();
            client.receiveUntil('G');
            client.copyData("1\tone\n").copyData("2\ttwo\n").copyDone();
            client.answers();
            assertThat(seen(application.chunks)).containsExactly("G", "d", "d", "C:COPY 2");
            assertThat(application.chunks).extracting(ResultChunk::rows).containsExactly(2L);
            application.chunks.clear();
            List<Message> got = all(client.query("COPY t TO STDOUT /*tape*/"));
            assertThat(recordOf(statement("TO STDOUT"))).isEqualTo(bytes(got));
        }
        assertThat(seen(application.chunks)).containsExactly("H", "d", "d", "c", "C:COPY 2");
    }

    @Test
    void whatIsCopiedMaskedIsRecordedMasked() throws IOException {
        application.copies = sql -> sql.contains("COPY")
                ? Optional.of(new CopyTo("SELECT ssn FROM people ORDER BY id", new CopyFormat.Text('\t', "\\N", false)))
                : Optional.empty();
        try (RawClient client = client()) {
            client.query("COPY (SELECT ssn FROM people ORDER BY id) TO STDOUT /*mask*/ /*tape*/")
                    .answers();
        } finally {
            application.copies = sql -> Optional.empty();
        }
        String record = new String(recordOf(1), StandardCharsets.ISO_8859_1);
        assertThat(record).contains("*********89").doesNotContain("123-45");
    }

    @Test
    void behindTheLimitOnlyCountsGoOn() throws IOException {
        application.recorded = 100_000;
        try (RawClient client = client()) {
            List<Message> got = all(client.query("SELECT repeat('x', 100) FROM generate_series(1, 5000) /*tape*/"));
            byte[] whole = bytes(got);
            assertThat(recordOf(1)).isEqualTo(Arrays.copyOf(whole, 100_000));
        }
        assertThat(application.chunks).allMatch(chunk -> chunk.messages().length <= Tape.CHUNK_BYTES);
        StatementOutcome outcome = application.outcomeOf("generate_series").orElseThrow();
        assertThat(outcome.rows()).isEqualTo(5000);
    }

    @Test
    void aRowLargerThanTheLimitIsCut() throws IOException {
        application.recorded = 70_000;
        try (RawClient client = client()) {
            List<Message> got = all(client.query("SELECT repeat('y', 3000000) /*tape*/"));
            assertThat(recordOf(1)).isEqualTo(Arrays.copyOf(bytes(got), 70_000));
        }
    }

    /** Law 4: the counts are on record within a bounded window. */
    @Test
    void whileRowsStreamItIsToldHowManyThereWere() throws IOException {
        try (RawClient client = client()) {
            client.query("SELECT n, pg_sleep(0.05), repeat('z', 9000) FROM generate_series(1, 60) n")
                    .answers();
        }
        assertThat(application.chunks).isNotEmpty().allMatch(chunk -> chunk.messages().length == 0);
        assertThat(application.chunks)
                .extracting(ResultChunk::rows)
                .isSorted()
                .allMatch(rows -> rows > 0 && rows <= 60);
    }

    @Test
    void whatWasSeenBeforeTheClientLeftIsRecorded() throws Exception {
        try (RawClient client = client()) {
            client.query(
                            "SELECT n, CASE WHEN n = 3 THEN pg_sleep(20) END, repeat('a', 5000) FROM generate_series(1, 3) n /*tape*/")
                    .flush();
            client.receiveUntil('T');
            client.receive();
        }
        for (int i = 0; application.chunks.isEmpty() && i < 400; i++) {
            Thread.sleep(50);
        }
        assertThat(seen(application.chunks)).startsWith("T", "D:[1, NULL, " + "a".repeat(5000) + "]");
    }

    /** Any mix of statements: each has on record what of its answer is a result, up to the limit. */
    @Test
    void everyResultIsRecordedWhole() throws IOException {
        Random random = new Random(SEED);
        for (int round = 0; round < 60; round++) {
            forget();
            application.recorded = random.nextInt(4) == 0 ? 1 + random.nextInt(3000) : 1024 * 1024;
            try (RawClient client = client().inPiecesOf(1 + random.nextInt(50))) {
                List<byte[]> expected = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    String sql = "SELECT n, %s FROM generate_series(1, %d) n /*tape*/"
                                    .formatted(
                                            random.nextBoolean() ? "'abc'::text" : "repeat('long', 300)",
                                            random.nextInt(40))
                            + (random.nextBoolean() ? " /*mask*/" : "");
                    List<Message> got;
                    if (random.nextBoolean()) {
                        got = all(client.query(sql));
                    } else {
                        client.parse("", sql)
                                .bind("", "")
                                .describe('P', "")
                                .execute("", 0)
                                .sync();
                        got = all(client);
                    }
                    byte[] bytes = bytes(got);
                    expected.add(Arrays.copyOf(bytes, (int) Math.min(bytes.length, application.recorded)));
                }
                List<Long> ran = application.attempts.stream()
                        .filter(attempt -> attempt.phase() != StatementAttempt.Phase.PARSE)
                        .map(StatementAttempt::id)
                        .toList();
                for (int i = 0; i < 5; i++) {
                    assertThat(recordOf(ran.get(i)))
                            .as("seed %d round %d statement %d", SEED, round, i)
                            .isEqualTo(expected.get(i));
                }
            }
        }
    }

    private static List<Message> all(RawClient client) throws IOException {
        return client.flush().receiveUntil('Z');
    }

    private static long statement(String marker) {
        return application.attempts.stream()
                .filter(attempt -> attempt.sql().contains(marker) && attempt.phase() != StatementAttempt.Phase.PARSE)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static byte[] recordOf(long statement) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        application.chunks.stream()
                .filter(chunk -> chunk.statement() == statement)
                .sorted(Comparator.comparing(ResultChunk::number))
                .forEach(chunk -> all.writeBytes(chunk.messages()));
        return all.toByteArray();
    }

    /** Those of a client's messages that go on record. */
    private static byte[] bytes(List<Message> messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Message message : messages) {
            if (RECORDED.indexOf(message.type()) >= 0) {
                int length = message.payload().length() + 4;
                all.write(message.type());
                all.writeBytes(
                        new byte[] {(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length});
                all.writeBytes(message.payload().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return all.toByteArray();
    }

    /** A message that was not recorded to its end is left out. */
    private static List<String> seen(List<ResultChunk> chunks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        chunks.forEach(chunk -> all.writeBytes(chunk.messages()));
        ByteBuffer bytes = ByteBuffer.wrap(all.toByteArray());
        List<String> seen = new ArrayList<>();
        while (bytes.remaining() > 5 && bytes.remaining() > bytes.getInt(bytes.position() + 1)) {
            char type = (char) bytes.get();
            byte[] payload = new byte[bytes.getInt() - 4];
            bytes.get(payload);
            seen.add(new Message(type, new String(payload, StandardCharsets.ISO_8859_1)).summary());
        }
        return seen;
    }
}
