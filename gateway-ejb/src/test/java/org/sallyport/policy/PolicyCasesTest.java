package org.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.identity.Identity;

class PolicyCasesTest {
    @TempDir
    private Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void readsEveryKey() throws IOException {
        Path file = write("cases.yaml", """
                tests:
                  - name: all of it
                    identity:
                      name: ci/shop
                      groups: [ci, nightly]
                      claims: {ref: main, attempt: 2, ratio: 0.5, protected: true, quoted: '2', jobs: [1, two], act: {sub: ann}}
                    at: 2026-11-26T10:00:00Z
                    connection: shop
                    sql: DELETE FROM orders
                    expect: hold
                    rule: no-where
                  - {name: the least, identity: {}, connection: shop, sql: SELECT 1, expect: permit}
                """);

        assertThat(PolicyCases.load(file))
                .containsExactly(
                        new PolicyCase(
                                "all of it",
                                file + ":2",
                                new Circumstances(
                                        new Identity(
                                                "ci/shop",
                                                Set.of("ci", "nightly"),
                                                Map.of(
                                                        "ref",
                                                        "main",
                                                        "attempt",
                                                        2L,
                                                        "ratio",
                                                        0.5,
                                                        "protected",
                                                        true,
                                                        "quoted",
                                                        "2",
                                                        "jobs",
                                                        List.of(1L, "two"),
                                                        "act",
                                                        Map.of("sub", "ann")),
                                                Instant.MAX),
                                        "shop",
                                        Instant.parse("2026-11-26T10:00:00Z")),
                                "DELETE FROM orders",
                                "hold",
                                Optional.of("no-where")),
                        new PolicyCase(
                                "the least",
                                file + ":12",
                                new Circumstances(
                                        new Identity("somebody", Set.of(), Map.of(), Instant.MAX),
                                        "shop",
                                        PolicyCase.SOME_DAY),
                                "SELECT 1",
                                "permit",
                                Optional.empty()));
    }

    @Test
    void putsTheFilesOfAFolderTogether() throws IOException {
        for (String name : List.of("b", "a")) {
            write(name + ".yaml", "tests: [{name: " + name + ", identity: {}, connection: c, sql: s, expect: deny}]");
        }

        assertThat(PolicyCases.load(folder)).extracting(PolicyCase::name).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "cases: []|1|unknown key `cases` in a file of tests",
                "{}|1|a file of tests needs `tests`",
                "tests: all|1|`tests` must be a list",
                "tests:\\n  - expect: permit|2|a test needs `name`",
                "tests:\\n  - name: a|2|test `a` needs `expect`",
                "tests:\\n  - name: a|2|test `a` needs `connection`",
                "tests:\\n  - name: a|2|test `a` needs `identity`",
                "tests:\\n  - name: a|2|test `a` needs `sql`",
                "tests:\\n  - name: a\\n    expect: allow|3|`expect` of test `a` must be permit, warn, hold or deny",
                "tests:\\n  - name: a\\n    who: x|3|unknown key `who` in a test",
                "tests:\\n  - name: a\\n    at: noon|3|`at` of test `a` must be a time such as 2026-11-26T10:00:00Z",
                "tests:\\n  - name: a\\n    rule: ''|3|`rule` must be a text that is not empty",
                "tests:\\n  - name: a\\n    identity: ann|3|`identity` of test `a` must be a mapping",
                "tests:\\n  - name: a\\n    identity: {group: x}|3|unknown key `group` in `identity` of test `a`",
                "tests:\\n  - name: a\\n    identity: {name: ''}|3|`name` must be a text that is not empty",
                "tests:\\n  - name: a\\n    identity: {groups: x}|3|`groups` of test `a` must be a list",
                "tests:\\n  - name: a\\n    identity: {claims: x}|3|`claims` of test `a` must be a mapping",
                "tests:\\n  - name: a\\n    identity: {claims: {n: 99999999999999999999}}|3|`99999999999999999999` is no number that a claim can be",
                "tests:\\n  - name: a\\n    identity: {claims: {n: .inf}}|3|`.inf` is no number that a claim can be",
            })
    void refusesWithFileAndLine(String yaml, int line, String problem) throws IOException {
        Path file = write("cases.yaml", yaml.replace("\\n", "\n"));

        assertThatThrownBy(() -> PolicyCases.load(file))
                .isInstanceOf(InvalidBundle.class)
                .message()
                .satisfies(message -> assertThat(message.lines().filter(each -> each.contains(problem)))
                        .as(message)
                        .anyMatch(each -> each.startsWith(file + ":" + line + ": ")));
    }

    @Test
    void nothingIsWrongBesidesWhatIs() throws IOException {
        Path file =
                write("cases.yaml", "tests: [{name: a, identity: {}, connection: c, sql: s, expect: deny, at: noon}]");

        assertThatThrownBy(() -> PolicyCases.load(file)).message().hasLineCount(1);
    }
}
