package org.sallyport.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.sallyport.it.Remembered.Run;

/**
 * Clients that write and read through a gateway while things happen to it, and then bear witness: what they have in their own files,
 * and what the database holds, is compared with what the store has.
 */
final class Witnesses implements AutoCloseable {
    static final Duration RECOVERY = Duration.ofMinutes(2);
    private static final int ENOUGH = 30;

    private final Gateway gateway;
    private final MortalGateway mortal;
    private final String table = "witnessed_" + UUID.randomUUID().toString().substring(0, 8);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Diarist> writers = new ArrayList<>();
    private final List<Diarist> readers = new ArrayList<>();
    private final List<Future<?>> working = new ArrayList<>();

    Witnesses(Gateway gateway, MortalGateway mortal) throws SQLException {
        this.gateway = gateway;
        this.mortal = mortal;
        direct("CREATE TABLE " + table + " (n integer)");
    }

    /** Writers in each of the ways that a statement can be sent, and masked readers. */
    Witnesses start() throws IOException {
        String insert = "INSERT INTO " + table + " VALUES (";
        String read = " AS n, name, ssn FROM customers WHERE id <= 3";
        write("simple", (client, n) -> client.query(insert + n + ")"));
        write("transaction", (client, n) -> client.query("BEGIN; " + insert + n + "); COMMIT"));
        write(
                "extended",
                (client, n) -> client.parse("", insert + "$1)")
                        .bind("", "", Integer.toString(n))
                        .execute("", 0)
                        .sync());
        read("reader", (client, n) -> client.query("SELECT " + n + read));
        read(
                "extended-reader",
                (client, n) -> client.parse("", "SELECT $1::int" + read)
                        .bind("", "", Integer.toString(n))
                        .execute("", 0)
                        .sync());
        return this;
    }

    /** A writer whose statements are long. */
    Witnesses startLongWinded(int characters) throws IOException {
        String words = " /* " + "x".repeat(characters) + " */";
        write("long-winded", (client, n) -> client.query("INSERT INTO " + table + " VALUES (" + n + ")" + words));
        return this;
    }

    private void write(String name, Diarist.Habit habit) throws IOException {
        writers.add(begin("migration-agents", name, habit));
    }

    private void read(String name, Diarist.Habit habit) throws IOException {
        readers.add(begin("reporting-agents", name, habit));
    }

    private Diarist begin(String group, String name, Diarist.Habit habit) throws IOException {
        Supplier<Agent> agent = () -> Agent.in(gateway, group);
        Path diary = gateway.folder("diaries").resolve(table + "-" + name + ".txt");
        Diarist diarist = new Diarist(mortal, agent, habit, diary);
        working.add(threads.submit(diarist));
        return diarist;
    }

    /** Waits until each has been told of some statements more. */
    void awaitWork(String when) {
        List<Diarist> all = all();
        List<Integer> before = all.stream().map(Diarist::told).toList();
        Eventually.holds("all clients work: " + when, RECOVERY, () -> {
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).told() < before.get(i) + ENOUGH) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Waits until one has been refused with this SQLSTATE. */
    void awaitRefusal(String sqlState) {
        Eventually.holds(
                "refused with " + sqlState,
                RECOVERY,
                () -> all().stream().anyMatch(diarist -> diarist.wasTold(sqlState)));
    }

    void stop() throws Exception {
        all().forEach(Diarist::stop);
        for (Future<?> client : working) {
            client.get(RECOVERY.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private List<Diarist> all() {
        List<Diarist> all = new ArrayList<>(writers);
        all.addAll(readers);
        return all;
    }

    /** Once the store has caught up: every effect and every row that somebody got is on record, and nothing twice. */
    void assertAllIsOnRecord() throws SQLException, IOException {
        Eventually.holds("the store has caught up", RECOVERY, this::hasAllThatWasTold);
        try (Connection store = mortal.store()) {
            Remembered remembered = Remembered.by(store, table);
            assertWritesAreOnRecord(remembered);
            assertReadsAreOnRecord(remembered);
        }
    }

    private boolean hasAllThatWasTold() {
        try (Connection store = mortal.store()) {
            Set<Integer> ended = Remembered.by(store, table).numbers(Run::hasOutcome);
            for (Diarist client : all()) {
                if (!ended.containsAll(client.numbers("C"))) {
                    return false;
                }
            }
            return true;
        } catch (SQLException | IOException notYet) {
            return false;
        }
    }

    private void assertWritesAreOnRecord(Remembered remembered) throws SQLException, IOException {
        Set<Integer> there = new HashSet<>(numbers("SELECT n FROM " + table));
        Set<Integer> ended = remembered.numbers(Run::hasOutcome);
        assertHasAll(remembered.numbers(Run::isPermitted), "what the database holds", there);
        for (Diarist writer : writers) {
            assertHasAll(there, "what the client was told of", writer.numbers("C"));
            assertHasAll(ended, "the outcomes that the client was told", writer.numbers("C"));
        }
        assertThat(remembered.numbersTwice()).as("recorded twice").isEmpty();
        assertThat(numbers("SELECT n FROM " + table + " GROUP BY n HAVING count(*) > 1"))
                .as("run twice")
                .isEmpty();
        there.removeAll(ended);
        System.out.println(remembered.size()
                + " statements of witnesses on record, effects whose outcome nobody knows: " + there.size());
    }

    private void assertReadsAreOnRecord(Remembered remembered) throws SQLException, IOException {
        Set<Integer> recorded = remembered.numbers(Run::isPermitted);
        Set<Integer> ended = remembered.numbers(Run::hasOutcome);
        List<String> hidden = texts("SELECT ssn FROM customers WHERE id <= 3");
        for (Diarist reader : readers) {
            assertThat(reader.numbers("D")).isNotEmpty();
            assertHasAll(recorded, "the rows that the client has", reader.numbers("D"));
            assertHasAll(ended, "the results whose end it has", reader.numbers("C"));
            assertThat(String.join("\n", reader.lines())).doesNotContain(hidden);
        }
    }

    /** After minutes under load there are too many to be compared each with each. */
    private static void assertHasAll(Set<Integer> all, String what, Set<Integer> expected) {
        Set<Integer> missing = new HashSet<>(expected);
        missing.removeAll(all);
        assertThat(missing).as(what).isEmpty();
    }

    private List<Integer> numbers(String query) throws SQLException {
        return texts(query).stream().map(Integer::valueOf).toList();
    }

    private List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection direct = gateway.connectDirectly("shop");
                Statement statement = direct.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private void direct(String sql) throws SQLException {
        try (Connection direct = gateway.connectDirectly("shop");
                Statement statement = direct.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        all().forEach(Diarist::stop);
        threads.shutdownNow();
        direct("DROP TABLE IF EXISTS " + table);
    }
}
