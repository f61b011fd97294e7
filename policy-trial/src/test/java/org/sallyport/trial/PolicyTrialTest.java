package org.sallyport.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command that tests a policy, before a real PostgreSQL with the demo's tables. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyTrialTest {
    private static final Path DEMO = Path.of("../liberty/demo");
    private static final Path GUARDRAILS = Path.of("../liberty/src/main/liberty/gateway/guardrails/recommended.yaml");

    private final EmbeddedPostgres postgres = start();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeAll
    void fill() throws IOException, SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(DEMO.resolve("shop.sql")));
        }
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }

    private record Outcome(int status, String said) {}

    private Outcome run(Object... arguments) {
        List<String> all = new ArrayList<>(
                List.of(arguments).stream().map(Object::toString).toList());
        all.add("--database");
        all.add("shop=" + postgres.getJdbcUrl("postgres", "postgres"));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status = Main.run(all, new PrintStream(said, true, StandardCharsets.UTF_8));
        return new Outcome(status, said.toString(StandardCharsets.UTF_8));
    }

    /** As the demo puts its policy together. */
    private Path demo() throws IOException {
        Files.copy(DEMO.resolve("policy.yaml"), folder.resolve("policy.yaml"));
        Files.copy(GUARDRAILS, folder.resolve("recommended.yaml"));
        return folder;
    }

    @Test
    void theDemosPolicyIsAsItsTestsExpect() throws IOException {
        Outcome outcome = run(demo(), DEMO.resolve("policy-tests"));

        assertThat(outcome.said()).contains("ok      a report reads orders").contains("8 tests, 0 failed");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void aTestThatFailsIsExplained() throws IOException {
        Path tests = Files.writeString(folder.resolve("tests.yaml"), """
                tests:
                  - name: all may change
                    identity: {groups: [reporting-agents]}
                    connection: shop
                    sql: UPDATE orders SET status = 'paid' WHERE id = 1
                    expect: permit
                """);

        Outcome outcome = run(DEMO.resolve("policy.yaml"), tests);

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.said())
                .contains("FAILED  all may change (" + tests + ":2): expected permit, was deny by default deny")
                .contains("UPDATE, told by server")
                .contains("public.orders read(id) UPDATE(status)")
                .contains("may not change table public.orders")
                .contains("1 tests, 1 failed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "tests: [{name: a}] | needs `expect`",
                "tests: [{name: a, expect: allow, connection: shop, sql: x, identity: {}}] | must be permit, warn, hold or deny",
                "tests: [{name: a, expect: deny, connection: shop, sql: x}] | needs `identity`",
                "tests: [{name: a, expect: deny, connection: shop, sql: x, identity: {group: [a]}}] | unknown key `group`",
                "tests: [{name: a, expect: deny, connection: shop, sql: x, identity: {}, at: noon}] | must be a time such as",
                "cases: [] | unknown key `cases`",
            })
    void whatIsWrongWithTheTestsIsTold(String tests, String problem) throws IOException {
        Path file = Files.writeString(folder.resolve("tests.yaml"), tests);

        Outcome outcome = run(DEMO.resolve("policy.yaml"), file);

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.said()).contains("tests.yaml:1: ").contains(problem);
    }

    @Test
    void aWrongCommandIsToldHowItIsUsed() {
        Outcome none = run();
        Outcome unknown = run("--verbose");

        assertThat(none.status()).isEqualTo(2);
        assertThat(none.said()).contains("expected POLICY").contains("usage:");
        assertThat(unknown.said()).contains("unknown option --verbose");
        assertThat(run(DEMO.resolve("policy.yaml"), folder.resolve("nowhere.yaml"))
                        .said())
                .contains("the file cannot be read: NoSuchFileException");
    }

    /** A test of a connection whose tables nobody knows could only guess. */
    @Test
    void aTestNeedsItsDatabase() throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();

        int status = Main.run(
                List.of(demo().toString(), DEMO.resolve("policy-tests").toString()),
                new PrintStream(said, true, StandardCharsets.UTF_8));

        assertThat(status).isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("shop.yaml:3: test `a report reads orders` needs --database shop=jdbc:postgresql://…");
    }
}
