package org.sallyport.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bundle of several files. */
class PolicyFolderTest {
    private static final String CONNECTIONS = """
            sallyport: 1
            connections:
              shop:
                server: {host: h, database: d}
                credential: c
            """;

    private static final String ROLES = """
            sallyport: 1
            roles:
              reporting:
                groups: [a]
                connections: [shop]
            """;

    @TempDir
    Path folder;

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private PolicyBundle load() {
        return PolicyBundle.load(folder);
    }

    private static String guardrail(String name) {
        return "sallyport: 1\nguardrails:\n  - name: " + name + "\n    on: [DO]\n    do: deny\n";
    }

    @Test
    void putsListsAndMappingsTogetherInTheOrderOfNames() throws IOException {
        write("roles.yaml", ROLES);
        write("zz.yaml", guardrail("third"));
        write("guardrails/b.yaml", guardrail("second"));
        write("guardrails/a.yaml", guardrail("first"));
        write("teams/more.yaml", ROLES.replace("reporting", "writing"));
        write("connections.yaml", CONNECTIONS);

        PolicyBundle bundle = load();

        assertThat(bundle.connections()).containsOnlyKeys("shop");
        assertThat(bundle.roles()).extracting(Role::name).containsExactly("reporting", "writing");
        assertThat(bundle.guardrails()).extracting(Guardrail::name).containsExactly("first", "second", "third");
    }

    @Test
    void theVersionIsThatOfAllOfThem() throws IOException {
        write("a.yaml", CONNECTIONS);
        write("b.yaml", ROLES);
        String version = load().version();
        assertThat(version).matches("[0-9a-f]{16}").isEqualTo(load().version());

        Files.move(folder.resolve("b.yaml"), folder.resolve("c.yaml"));
        assertThat(load().version()).isNotEqualTo(version);
        Files.move(folder.resolve("c.yaml"), folder.resolve("b.yaml"));
        write("b.yaml", ROLES + "# what was that?\n");
        assertThat(load().version()).isNotEqualTo(version);
    }

    @Test
    void aFileIsStillItsOwnBundle() throws IOException {
        write("a.yaml", CONNECTIONS);
        write("b.yaml", "not read");

        assertThat(PolicyBundle.load(folder.resolve("a.yaml")).connections()).containsOnlyKeys("shop");
    }

    @Test
    void leavesOutTestsAndHiddenNames() throws IOException {
        write("a.yaml", CONNECTIONS);
        String version = load().version();
        write("policy-tests/a.yaml", "identity: x");
        write("teams/policy-tests/deep/b.yaml", "identity: x");
        write(".a.yaml.swp.yaml", "draft");
        write("..2026_11_26/a.yaml", CONNECTIONS);
        write("README.md", "what this is");

        assertThat(load().version()).isEqualTo(version);
    }

    /** As Kubernetes mounts a ConfigMap. */
    @Test
    void followsLinks() throws IOException {
        write("..2026_11_26/a.yaml", CONNECTIONS);
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_11_26"));
        Files.createSymbolicLink(folder.resolve("a.yaml"), Path.of("..data/a.yaml"));

        assertThat(load().connections()).containsOnlyKeys("shop");
    }

    @Test
    void namesTheFileAndLineOfEachProblem() throws IOException {
        write("a.yaml", CONNECTIONS);
        write("b/roles.yaml", ROLES.replace("[shop]", "[shoop]"));
        write("c.yaml", "connections: {}\n");
        write("d.yaml", "sallyport: 1\nroels: {}\n");
        write("e.yaml", "sallyport: [");

        assertThatThrownBy(this::load)
                .isInstanceOf(InvalidBundle.class)
                .hasMessageContaining(folder.resolve("b/roles.yaml") + ":5: ")
                .hasMessageContaining(folder.resolve("c.yaml") + ":1: the bundle needs `sallyport`")
                .hasMessageContaining(folder.resolve("d.yaml") + ":2: unknown key `roels`")
                .hasMessageContaining(folder.resolve("e.yaml") + ":1: not valid YAML");
    }

    @Test
    void refusesANameThatStandsInTwoFiles() throws IOException {
        write("a.yaml", CONNECTIONS + guardrail("g").substring("sallyport: 1\n".length()));
        write("b.yaml", "sallyport: 1\n\nconnections:\n  shop:\n    credential: c\n");
        write("c.yaml", "sallyport: 1\n" + "# one\n" + guardrail("g").substring("sallyport: 1\n".length()));

        assertThatThrownBy(this::load)
                .hasMessageContaining(folder.resolve("b.yaml") + ":4: `shop` stands twice in `connections`; first at "
                        + folder.resolve("a.yaml") + ":3")
                .hasMessageContaining(folder.resolve("c.yaml") + ":4: guardrail `g` stands twice; first at "
                        + folder.resolve("a.yaml") + ":7");
    }

    @Test
    void refusesAFileThatWouldBeOverlooked() throws IOException {
        write("a.yaml", CONNECTIONS);
        write("guardrails.yml", guardrail("g"));

        assertThatThrownBy(this::load).hasMessageContaining(folder.resolve("guardrails.yml") + ":1: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"guardrails.YAML", "guardrails.Yml"})
    void refusesAFileThatDiffersInCase(String name) throws IOException {
        write("a.yaml", CONNECTIONS);
        write(name, guardrail("g"));

        assertThatThrownBy(this::load).isInstanceOf(InvalidBundle.class).hasMessageContaining(name + ":1: ");
    }

    /** Such as to a volume that is not mounted: without its guardrails more would be permitted. */
    @ParameterizedTest
    @ValueSource(strings = {"guardrails.yaml", "guardrails"})
    void refusesALinkThatLeadsNowhere(String name) throws IOException {
        write("a.yaml", CONNECTIONS);
        Files.createSymbolicLink(folder.resolve(name), Path.of("/nowhere/guardrails"));

        assertThatThrownBy(this::load).isInstanceOf(InvalidBundle.class).hasMessageContaining(name + ":1: ");
    }

    /** Docker makes one where the file that it shall mount is not there. */
    @Test
    void refusesAFolderInThePlaceOfAFile() throws IOException {
        write("a.yaml", CONNECTIONS);
        Files.createDirectory(folder.resolve("guardrails.yaml"));

        assertThatThrownBy(this::load)
                .isInstanceOf(InvalidBundle.class)
                .hasMessageContaining("guardrails.yaml:1: a folder");
    }

    /** A name in another encoding would be no name of anything: what is denied of it would not be. */
    @Test
    void refusesWhatIsNotInUtf8() throws IOException {
        write("a.yaml", CONNECTIONS);
        Files.writeString(
                folder.resolve("b.yaml"), guardrail("g") + "    reason: Änderung\n", StandardCharsets.ISO_8859_1);

        assertThatThrownBy(this::load)
                .isInstanceOf(InvalidBundle.class)
                .hasMessageContaining("b.yaml:1: the file is not in UTF-8");
    }

    @Test
    void refusesAFileThatIsFarTooLargeWithoutReadingIt() throws IOException {
        write("a.yaml", CONNECTIONS);
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("dump.yaml").toFile(), "rw")) {
            large.setLength(3L << 30);
        }

        assertThatThrownBy(this::load)
                .isInstanceOf(InvalidBundle.class)
                .hasMessageContaining("dump.yaml:1: the file is larger");
    }

    @Test
    void refusesAnEmptyFolder() {
        assertThatThrownBy(this::load).isInstanceOf(InvalidBundle.class).hasMessageContaining(folder + ":1: ");
    }

    /** Where one file ends and the next begins is part of it, and so are the names. */
    @Test
    void theVersionTellsFilesApart() throws IOException {
        write("a.yaml", "sallyport: 1\n# one");
        write("b.yaml", "sallyport: 1\n");
        String version = load().version();
        write("a.yaml", "sallyport: 1\n# two");

        assertThat(load().version()).isNotEqualTo(version);
        write("a.yaml", "sallyport: 1\n");
        write("b.yaml", "sallyport: 1\n# one");
        assertThat(load().version()).isNotEqualTo(version);
    }
}
