package org.sallyport.noninterference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.noninterference.Twins.Pair;

/** The list of threats, case by case: none tells the twins apart, and past the gateway nearly each does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class ThreatCasesTest {
    private static final String PEOPLE = "SELECT id, name, ssn, ssn AS memo FROM people";

    @SuppressWarnings("NullAway.Init")
    private Twins twins;

    @SuppressWarnings("NullAway.Init")
    private Pair agents;

    @SuppressWarnings("NullAway.Init")
    private Pair makers;

    @SuppressWarnings("NullAway.Init")
    private Pair direct;

    /**
     * One of the list.
     *
     * @param tells whether it tells the twins apart where nothing is masked
     */
    private record Case(String number, String text, Scene scene, boolean tells) {
        static Case of(String line) {
            boolean tells = !line.startsWith("~");
            String[] parts = line.replaceFirst("^~", "").split("\\|", 2);
            List<String> steps =
                    Arrays.stream(parts[1].split(";;")).map(String::strip).toList();
            return new Case(parts[0].strip(), parts[1].strip(), Scene.rolledBack(steps), tells);
        }

        static Case of(String number, String text, Scene.Step... steps) {
            return new Case(number, text, Scene.rolledBack(steps), true);
        }

        @Override
        public String toString() {
            return number + ": " + text;
        }
    }

    static Stream<Case> cases() {
        Stream<Case> written = Twins.resource("threats.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Case::of);
        return Stream.concat(written, protocol());
    }

    /** 57 to 75 and 106, where the protocol is a way around SQL. */
    private static Stream<Case> protocol() {
        return Stream.of(
                Case.of(
                        "57",
                        "Execute on a cursor of SQL",
                        Scene.query("DECLARE k CURSOR FOR " + PEOPLE),
                        client -> client.execute("k", 0).sync()),
                Case.of(
                        "59",
                        "Bind of a statement that SQL prepared",
                        Scene.query("DEALLOCATE ALL"),
                        Scene.query("PREPARE p AS " + PEOPLE),
                        client -> client.bind("", "p").execute("", 0).sync()),
                Case.of(
                        "59",
                        "Bind of a statement that SQL prepared in the place of one that the protocol prepared",
                        Scene.query("DEALLOCATE ALL"),
                        client -> client.parse("p", "SELECT name AS v FROM products")
                                .sync(),
                        Scene.query("DEALLOCATE p"),
                        Scene.query("PREPARE p AS SELECT ssn || '' AS v FROM customers"),
                        client -> client.bind("", "p").execute("", 0).sync(),
                        Scene.query("DEALLOCATE p")),
                Case.of(
                        "60",
                        "EXECUTE of a statement that the protocol prepared in the place of one that SQL prepared",
                        Scene.query("DEALLOCATE ALL"),
                        Scene.query("PREPARE p AS SELECT name AS v FROM products"),
                        client -> client.close('S', "p")
                                .parse("p", "SELECT ssn || '' AS v FROM customers")
                                .sync(),
                        Scene.query("EXECUTE p"),
                        client -> client.close('S', "p").sync()),
                Case.of(
                        "64",
                        "a portal of what SQL prepared, and another of its name",
                        Scene.query("DEALLOCATE ALL"),
                        Scene.query("PREPARE p AS SELECT ssn || '' AS v FROM customers"),
                        client -> client.bind("a", "p").sync(),
                        Scene.query("DEALLOCATE p"),
                        Scene.query("PREPARE p AS SELECT name AS v FROM products"),
                        client -> client.execute("a", 0).sync(),
                        Scene.query("DEALLOCATE p")),
                Case.of(
                        "60",
                        "EXECUTE of a statement that the protocol prepared",
                        client -> client.parse("zz", PEOPLE).sync(),
                        Scene.query("EXECUTE zz"),
                        client -> client.close('S', "zz").sync()),
                Case.of(
                        "61",
                        "FETCH from a portal",
                        client -> client.parse("", PEOPLE).bind("ppp", "").sync(),
                        Scene.query("FETCH ALL FROM ppp")),
                Case.of(
                        "61",
                        "a portal in a cursor's place",
                        Scene.query("DECLARE k CURSOR FOR SELECT 'a' AS v"),
                        client -> client.close('P', "k")
                                .parse("", "SELECT ssn || '' AS v FROM customers")
                                .bind("k", "")
                                .query("FETCH ALL FROM k")),
                Case.of(
                        "61",
                        "a portal in the place of a cursor that was taken back",
                        Scene.query("SAVEPOINT a"),
                        Scene.query("DECLARE k CURSOR FOR SELECT 'a' AS v"),
                        Scene.query("ROLLBACK TO a"),
                        client -> client.parse("", "SELECT ssn || '' AS v FROM customers")
                                .bind("k", "")
                                .query("FETCH ALL FROM k")),
                Case.of(
                        "57",
                        "a cursor of SQL in a portal's place",
                        client -> client.parse("", "SELECT 'a' AS v FROM products")
                                .bind("k", "")
                                .execute("k", 1)
                                .sync(),
                        Scene.query("CLOSE k"),
                        Scene.query("DECLARE k CURSOR FOR SELECT ssn || '' AS v FROM customers"),
                        client -> client.execute("k", 0).sync()),
                Case.of(
                        "57",
                        "a cursor of SQL in the place of a portal with a longer name",
                        client -> client.parse("", "SELECT 'a' AS v FROM products")
                                .bind("k".repeat(70), "")
                                .execute("k".repeat(70), 1)
                                .parse("", "CLOSE ALL")
                                .bind("", "")
                                .execute("", 0)
                                .parse(
                                        "",
                                        "DECLARE " + "k".repeat(63)
                                                + " CURSOR FOR SELECT ssn || '' AS v FROM customers")
                                .bind("", "")
                                .execute("", 0)
                                .execute("k".repeat(70), 0)
                                .sync()),
                Case.of(
                        "57",
                        "a cursor of SQL in the place of a portal that was taken back",
                        Scene.query("SAVEPOINT a"),
                        client -> client.parse("", "SELECT 'a' AS v FROM products")
                                .bind("k", "")
                                .execute("k", 1)
                                .sync(),
                        Scene.query("ROLLBACK TO a"),
                        Scene.query("DECLARE k CURSOR FOR SELECT ssn || '' AS v FROM customers"),
                        client -> client.execute("k", 0).sync()),
                Case.of(
                        "58",
                        "a FETCH that was bound to another cursor of the name",
                        Scene.query("DECLARE k CURSOR FOR SELECT 'a' AS v"),
                        client -> client.parse("", "FETCH ALL FROM k")
                                .bind("f", "")
                                .parse("", "CLOSE k")
                                .bind("", "")
                                .execute("", 0)
                                .parse("", "DECLARE k CURSOR FOR SELECT ssn || '' AS v FROM customers")
                                .bind("", "")
                                .execute("", 0)
                                .execute("f", 0)
                                .sync()),
                Case.of(
                        "58",
                        "a FETCH that was prepared before there was a cursor",
                        client -> client.parse("f", "FETCH ALL FROM k").sync(),
                        Scene.query("DECLARE k CURSOR FOR SELECT ssn, email FROM customers"),
                        client -> client.bind("", "f")
                                .execute("", 0)
                                .close('S', "f")
                                .sync()),
                Case.of(
                        "57",
                        "Execute on a cursor of SQL, a few rows at a time",
                        Scene.query("DECLARE k CURSOR FOR SELECT ssn || '', ssn FROM customers"),
                        client -> client.describe('P', "k")
                                .execute("k", 2)
                                .execute("k", 1)
                                .query("FETCH 1 FROM k")),
                Case.of(
                        "72",
                        "COPY in a pipeline",
                        client -> client.parse("c", "COPY (SELECT ssn, c FROM customers c) TO STDOUT (FORMAT binary)")
                                .parse("", PEOPLE)
                                .bind("a", "c")
                                .bind("b", "")
                                .execute("b", 1)
                                .execute("a", 0)
                                .execute("b", 0)
                                .close('S', "c")
                                .sync()),
                Case.of(
                        "63",
                        "Close, and the same name again",
                        client -> client.parse("s", "SELECT id, name, id::text, name FROM products")
                                .bind("p", "s")
                                .describe('P', "p")
                                .close('P', "p")
                                .close('S', "s")
                                .parse("s", PEOPLE)
                                .bind("p", "s")
                                .execute("p", 0)
                                .close('S', "s")
                                .sync()),
                Case.of(
                        "64",
                        "the unnamed statement overwritten",
                        client -> client.parse("", "SELECT id FROM products")
                                .parse("", PEOPLE)
                                .bind("", "")
                                .execute("", 0)
                                .sync()),
                Case.of(
                        "65",
                        "Describe one, Execute another",
                        client -> client.parse("a", "SELECT id, name, name, name FROM products")
                                .parse("b", PEOPLE)
                                .bind("pa", "a")
                                .bind("pb", "b")
                                .describe('P', "pa")
                                .execute("pb", 0)
                                .close('S', "a")
                                .close('S', "b")
                                .sync()),
                Case.of(
                        "66",
                        "two portals by turns",
                        client -> client.parse("a", "SELECT id, name, name, name FROM products")
                                .parse("b", PEOPLE)
                                .bind("pa", "a")
                                .bind("pb", "b")
                                .execute("pa", 1)
                                .execute("pb", 1)
                                .execute("pa", 1)
                                .execute("pb", 2)
                                .close('S', "a")
                                .close('S', "b")
                                .sync()),
                Case.of(
                        "67",
                        "no Describe at all",
                        client -> client.parse("", PEOPLE)
                                .bind("", "")
                                .execute("", 0)
                                .sync()),
                Case.of(
                        "68",
                        "binary results",
                        Delivery.BINARY
                                .scene("SELECT salary, born, ssn FROM customers", false)
                                .steps()
                                .get(0)),
                Case.of(
                        "68",
                        "a binary row",
                        Delivery.BINARY
                                .scene("SELECT c FROM customers c", false)
                                .steps()
                                .get(0)),
                Case.of(
                        "69",
                        "statements that an error skips",
                        client -> client.parse("", "SELECT 1 / 0")
                                .bind("", "")
                                .execute("", 0)
                                .parse("", "SELECT id FROM products")
                                .bind("", "")
                                .execute("", 0)
                                .sync(),
                        client -> client.parse("", PEOPLE)
                                .bind("", "")
                                .execute("", 0)
                                .sync()),
                Case.of(
                        "69",
                        "a Query in a pipeline",
                        client -> client.parse("", "SELECT id FROM products")
                                .bind("", "")
                                .query(PEOPLE)),
                Case.of(
                        "72",
                        "COPY by the extended protocol",
                        client -> client.parse("", "COPY customers TO STDOUT")
                                .bind("", "")
                                .execute("", 0)
                                .sync()),
                Case.of(
                        "73",
                        "COPY FROM STDIN meets a constraint",
                        client -> client.query("COPY accounts (id, iban) FROM STDIN")
                                .copyData("50\tDE00000101\n")
                                .copyDone()),
                Case.of(
                        "75",
                        "rows of COPY in pieces",
                        client -> client.query("COPY customers (ssn, email) TO STDOUT CSV")),
                Case.of(
                        "106",
                        "a call without SQL",
                        client -> client.call(2924, "SELECT ssn FROM customers", "t", "f", "")));
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        twins = Twins.ofSample(folder, UnaryOperator.identity());
        agents = twins.enter("agent");
        makers = twins.enter("maker");
        direct = twins.passBy();
    }

    @AfterAll
    void stop() throws IOException {
        agents.close();
        makers.close();
        direct.close();
        twins.close();
    }

    @Test
    void everyNumberOfTheListIsThere() {
        Set<String> numbers = cases().map(Case::number).collect(Collectors.toSet());
        Stream<Integer> wanted = Stream.of(IntStream.rangeClosed(0, 23), IntStream.rangeClosed(36, 96))
                .flatMap(IntStream::boxed);
        assertThat(numbers).containsAll(wanted.map(String::valueOf).toList()).contains("1b", "106");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tellsAnAgentNothing(Case threat) {
        assertEqual(threat, agents.play(threat.scene()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tellsSomebodyWhoMayDefineNothing(Case threat) {
        assertEqual(threat, makers.play(threat.scene()));
    }

    private static void assertEqual(Case threat, Comparison comparison) {
        assertThat(comparison.isLeak())
                .as(threat + "\n    " + comparison.difference())
                .isFalse();
    }

    /** Or it would prove nothing above. */
    @ParameterizedTest
    @MethodSource("cases")
    void tellsTheTwinsApartWhereNobodyMasks(Case threat) {
        Comparison comparison = direct.play(threat.scene());
        assertThat(comparison.isLeak()).as(threat + ": " + comparison.zero()).isEqualTo(threat.tells());
    }
}
