package org.sallyport.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.record.TestRecord;
import org.sallyport.record.TestStore;

/** What is on record reaches a sink, at least once and in order, whatever becomes of the sink and of whoever sends; on a real PostgreSQL. */
class CourierTest {
    private static final int KILLS = 6;
    private static final Pattern ID = Pattern.compile("\"uid\":\"([0-9a-f-]{36}/(\\d+))\",\"sequence\"");

    private final List<String> got = new ArrayList<>();
    private final TestRecord record = TestRecord.open();
    private TestStore store;

    /** A sink that can be away. */
    private class Receiver implements Sink {
        private int failures;

        @Override
        public void send(List<Event> events) throws IOException {
            events.forEach(event -> got.add(event.id()));
            if (failures > 0) {
                failures--;
                throw new IOException("away, or its answer lost");
            }
        }

        @Override
        public String name() {
            return "receiver";
        }
    }

    @BeforeEach
    void open() throws IOException {
        store = new TestStore();
    }

    @AfterEach
    void close() throws IOException {
        record.close();
        store.close();
    }

    private boolean send(Sink sink) throws SQLException, IOException {
        try (Connection connection = store.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            boolean sent = new Courier(connection).send(sink);
            connection.commit();
            return sent;
        }
    }

    private long lag(Sink sink) throws SQLException {
        try (Connection connection = store.dataSource().getConnection()) {
            return new Courier(connection).lag(sink);
        }
    }

    private void sendAll(Sink sink) throws SQLException, IOException {
        while (send(sink)) {
            // There may be more.
        }
    }

    private static List<Long> sequences(Iterable<String> ids) {
        List<Long> sequences = new ArrayList<>();
        ids.forEach(id -> sequences.add(Long.valueOf(id.substring(id.indexOf('/') + 1))));
        return sequences;
    }

    private static List<Long> upTo(long last) {
        List<Long> all = new ArrayList<>();
        for (long i = 1; i <= last; i++) {
            all.add(i);
        }
        return all;
    }

    @Test
    void sendsEachRecordOnceInOrder() throws SQLException, IOException {
        int records = Events.record(record.recorder(), 600);
        record.ship(store);
        Receiver receiver = new Receiver();
        assertThat(lag(receiver)).isEqualTo(records);

        sendAll(receiver);
        assertThat(sequences(got)).isEqualTo(upTo(records));
        assertThat(lag(receiver)).isZero();
        assertThat(send(receiver)).isFalse();

        int more = Events.record(record.recorder(), 3);
        record.ship(store);
        sendAll(receiver);
        assertThat(sequences(got)).isEqualTo(upTo(records + more));
    }

    @Test
    void losesNothingWhileTheSinkIsAway() throws SQLException, IOException {
        int records = Events.record(record.recorder(), 3);
        record.ship(store);
        Receiver receiver = new Receiver();
        receiver.failures = 3;
        Exporting.Round round = new Exporting.Round() {
            @Override
            public boolean send(Sink sink) throws SQLException, IOException {
                return CourierTest.this.send(sink);
            }

            @Override
            public long lag(Sink sink) throws SQLException {
                return CourierTest.this.lag(sink);
            }
        };
        Exporting exporting = new Exporting(receiver, round, happening -> {});

        Duration first = exporting.next(Duration.ZERO);
        Duration second = exporting.next(first);
        assertThat(first).hasSeconds(1);
        assertThat(second).hasSeconds(2);
        assertThat(exporting.next(Duration.ofSeconds(50))).hasSeconds(60);
        assertThat(exporting.lag()).isEqualTo(records);
        assertThat(exporting.next(second)).isZero();
        assertThat(exporting.lag()).isZero();
        assertThat(new LinkedHashSet<>(sequences(got))).containsExactlyElementsOf(upTo(records));
        assertThat(got).hasSize(4 * records);
    }

    /** Events have little of a long text: no more of it is fetched. */
    @Test
    void keepsNoLongTextsInTheHeap() throws SQLException, IOException {
        try (Connection connection = store.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO journal VALUES (gen_random_uuid(), 64, '')");
            statement.execute(
                    "INSERT INTO statement (journal, sequence, salt, commitment, session_id, number, phase, text, parameters,"
                            + " asked, kinds, verdict, rule, policy_version, decided)"
                            + " SELECT id, n, '', '', id, n, 'QUERY', repeat(md5(n::text), 8192), '{}', now(), '{}', 'PERMIT', 'r', '0', now()"
                            + " FROM journal, generate_series(1, 64) n");
        }
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        assertThat(send(new Receiver())).isTrue();

        assertThat(got).hasSize(64);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("of 16 MiB of texts")
                .isLessThan(8L * 1024 * 1024);
    }

    /** Half of a character is none: who reads strictly would take nothing of the line. */
    @Test
    void cutsNoTextInsideACharacter() {
        String longest = "x".repeat(Event.Statement.LONGEST_TEXT - 1);
        for (String text : List.of(longest + "\uD83D\uDE00 and more", longest + "y", longest + "yz")) {
            Event.Statement cut = new Event.Statement(
                    1,
                    text,
                    List.of(),
                    List.of(),
                    List.of(),
                    "",
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            assertThat(cut.text()).startsWith(longest);
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(cut.text()))
                    .isTrue();
        }
    }

    /** Two gateways with the same sink: one is at a journal at a time, and the other waits for nothing. */
    @Test
    void takesNoJournalThatAnotherIsAt() throws SQLException, IOException {
        Events.record(record.recorder(), 3);
        record.ship(store);
        Sink outer = new Sink() {
            @Override
            public void send(List<Event> events) throws IOException {
                try {
                    assertThat(CourierTest.this.send(new Receiver())).isFalse();
                } catch (SQLException e) {
                    throw new IOException(e);
                }
            }

            @Override
            public String name() {
                return "receiver";
            }
        };
        send(new Receiver() {
            @Override
            public void send(List<Event> events) {
                got.clear();
            }
        });
        Events.record(record.recorder(), 3);
        record.ship(store);

        assertThat(send(outer)).isTrue();
        assertThat(got).isEmpty();
    }

    /** The one that sends to a file is killed wherever it is; in the end the file has every record, and lines that are whole say so. */
    @Test
    void goesOnWhereAKilledOneStopped(@TempDir Path folder) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path file = folder.resolve("events");
        int records = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            records += Events.record(record.recorder(), 700);
            record.ship(store);
            Process sender = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Sender.class.getName(),
                            store.url(),
                            file.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(sender.inputReader(StandardCharsets.US_ASCII).readLine()).isEqualTo("begins");
            TimeUnit.MILLISECONDS.sleep(random.nextInt(120));
            sender.toHandle().destroyForcibly();
            sender.waitFor();
        }
        // What the last one had begun the server may still be taking back.
        FileSink sink = new FileSink(file);
        while (lag(sink) > 0) {
            boolean unused = send(sink);
        }

        List<Long> sequences = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
            Matcher id = ID.matcher(line);
            if (line.endsWith("}}") && id.find()) {
                sequences.add(Long.valueOf(id.group(2)));
            }
        }
        assertThat(Set.copyOf(sequences)).as("seed %d", seed).isEqualTo(Set.copyOf(upTo(records)));
        long before = 0;
        for (long sequence : new LinkedHashSet<>(sequences)) {
            assertThat(sequence).as("seed %d", seed).isEqualTo(before + 1);
            before = sequence;
        }
    }

    /** A process of its own, that sends until it is killed. */
    static final class Sender {
        private Sender() {}

        public static void main(String[] arguments) throws Exception {
            FileSink sink = new FileSink(Path.of(arguments[1]));
            try (Connection connection = DriverManager.getConnection(arguments[0])) {
                connection.setAutoCommit(false);
                System.out.println("begins");
                while (true) {
                    boolean unused = new Courier(connection).send(sink);
                    connection.commit();
                }
            }
        }
    }
}
